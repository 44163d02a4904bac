/** Zombie tables of runtime/mgcsweep.go reportZombies (Go 1.15–1.27), with the hexdumps of the zombies. */
import { LineClass } from '../../model/line-class.ts';
import { ComplaintFact, VersionHintFact } from '../facts.ts';
import { ascii, isSpace, skipSpace, startsWith } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { dumpColumnsOf } from './dump-columns.ts';
import { number, readPrefixed } from './fixed-hex.ts';
import { readHexdump } from './hexdump.ts';
import { ZombieFlag, type ZombieColumns } from './zombie-columns.ts';

const headerMark = ascii('runtime: marked free object in span 0x');
const header = /^\s*runtime: marked free object in span 0x[0-9a-f]+, elemsize=(\d{1,12}) freeindex=(\d{1,12})(?: \((.*)\))?\s*$/;
const alloc = ascii(' alloc');
const free = ascii(' free');
const marked = ascii('marked');
const unmarked = ascii('unmarked');
const zombie = ascii('zombie');

/** The row scanned last. */
const scanned = { high: 0, low: 0, flags: 0 };

/** Reads `0xc000089290 free  marked   zombie` into `scanned`; false when line `index` is something else. */
function scanRow(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  const { bytes } = cursor;
  let at = readPrefixed(bytes, skipSpace(bytes, cursor.start(index), end), end);
  if (at < 0) return false;
  let flags = 0;
  if (startsWith(bytes, at, end, free)) {
    flags = ZombieFlag.free;
    at += free.length;
  } else if (startsWith(bytes, at, end, alloc)) at += alloc.length;
  else return false;
  if (!isSpace(bytes[at])) return false;
  at = skipSpace(bytes, at, end);
  if (startsWith(bytes, at, end, marked)) {
    flags |= ZombieFlag.marked;
    at += marked.length;
  } else if (startsWith(bytes, at, end, unmarked)) at += unmarked.length;
  else return false;
  const said = skipSpace(bytes, at, end);
  if (said < end) {
    if (said === at || !startsWith(bytes, said, end, zombie) || skipSpace(bytes, said + zombie.length, end) < end) return false;
    flags |= ZombieFlag.zombie;
  }
  scanned.high = number.high;
  scanned.low = number.low;
  scanned.flags = flags;
  return true;
}

/** Rows and hexdumps from line `index` on; returns the line past them. */
function readRows(cursor: LineCursor, index: number, sink: RecordSink, rows: ZombieColumns): number {
  let next = index;
  while (next < cursor.count) {
    if (scanRow(cursor, next)) {
      const { base } = cursor;
      rows.add(scanned.high, scanned.low, cursor.start(next) + base, cursor.end(next) + base, scanned.flags);
      sink.lineClass[next] = LineClass.recognised;
      next++;
    } else {
      const lines = readHexdump(cursor, next, sink);
      if (lines === 0) break;
      next += lines;
    }
  }
  return next;
}

export const zombieReader: TextReader = {
  name: 'zombie table',
  begins: 'r',

  recognise(cursor, index) {
    const end = cursor.end(index);
    return startsWith(cursor.bytes, skipSpace(cursor.bytes, cursor.start(index), end), end, headerMark);
  },

  parse(cursor, index, sink) {
    const match = header.exec(cursor.line(index));
    if (match === null) return 0;
    markRecognised(sink, index, 1);
    const { zombies } = dumpColumnsOf(cursor, sink);
    const firstRow = zombies.length;
    const next = readRows(cursor, index + 1, sink, zombies);
    const source = cursor.lineRange(index);
    const raceHint = match[3]?.includes('-race');
    const from = raceHint === true ? 24 : 15;
    const to = raceHint === false ? 23 : null;
    sink.facts.push(new VersionHintFact(from, to, 'zombie report', index, source));
    const complaint = zombies.table(firstRow, Number(match[1]), Number(match[2]), source);
    sink.facts.push(new ComplaintFact(complaint, index));
    return next - index;
  },
};

/** A span has 1 MB of small objects at most: rows further apart are of two tables. */
const widestGap = 1 << 20;
/** Facts after a table among which it is looked for: hexdumps that another line parted from it. */
const factsBehind = 8;

/** Whether the rows from `firstRow` on go on with the table before them, behind a line of another writer. */
function goesOn(sink: RecordSink, zombies: ZombieColumns, firstRow: number): boolean {
  const { last } = zombies;
  if (last === undefined || firstRow === 0) return false;
  const stands = sink.facts.slice(-factsBehind).some((fact) => fact.kind === 'complaint' && fact.complaint === last.complaint);
  if (!stands || last.from === firstRow) return false;
  const gap = zombies.distance(firstRow - 1, firstRow);
  const size = last.complaint.elementSize;
  return gap > 0 && gap < widestGap && size > 0 && gap % size === 0;
}

/**
 * Rows that another writer's line parted from their table go on with it. Where the first line was cut away, the element size is the
 * distance of the first two rows; the free index is lost (0).
 */
export const zombieRowsReader: TextReader = {
  name: 'rows of a zombie table',
  begins: '0',

  recognise: scanRow,

  parse(cursor, index, sink) {
    const { zombies } = dumpColumnsOf(cursor, sink);
    const firstRow = zombies.length;
    const next = readRows(cursor, index, sink, zombies);
    if (goesOn(sink, zombies, firstRow)) {
      zombies.extend();
      return next - index;
    }
    const elementSize = zombies.length - firstRow > 1 ? zombies.distance(firstRow, firstRow + 1) : 0;
    const complaint = zombies.table(firstRow, elementSize, 0, cursor.lineRange(index, next - 1));
    sink.facts.push(new ComplaintFact(complaint, index));
    return next - index;
  },
};
