/** Zombie tables of runtime/mgcsweep.go reportZombies (Go 1.15–1.27), with the hexdumps of the zombies. */
import type { ZombieRow } from '../../model/memory.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { isHexdump, readHexdump } from './hexdump.ts';
import { address } from './printed-address.ts';

const header = /^\s*runtime: marked free object in span 0x[0-9a-f]+, elemsize=(\d{1,12}) freeindex=(\d{1,12})(?: \((.*)\))?\s*$/;
const row = /^\s*(0x[0-9a-f]{1,16}) (alloc|free)\s+(marked|unmarked)(\s+zombie)?\s*$/;

/** Rows and hexdumps from line `index` on; returns the line past them. */
function readRows(cursor: LineCursor, index: number, sink: RecordSink, rows: ZombieRow[]): number {
  let next = index;
  while (next < cursor.count) {
    const entry = row.exec(cursor.line(next));
    if (entry !== null) {
      rows.push({
        address: address(entry[1]),
        free: entry[2] === 'free',
        marked: entry[3] === 'marked',
        zombie: entry[4] !== undefined,
        source: cursor.lineRange(next),
      });
      markRecognised(sink, next, 1);
      next++;
    } else {
      const lines = isHexdump(cursor, next) ? readHexdump(cursor, next, sink) : 0;
      if (lines === 0) break;
      next += lines;
    }
  }
  return next;
}

export const zombieReader: TextReader = {
  name: 'zombie table',
  begins: 'r',

  recognise: (cursor, index) => header.test(cursor.line(index)),

  parse(cursor, index, sink) {
    const match = header.exec(cursor.line(index));
    if (match === null) return 0;
    markRecognised(sink, index, 1);
    const rows: ZombieRow[] = [];
    const next = readRows(cursor, index + 1, sink, rows);
    const source = cursor.lineRange(index);
    const raceHint = match[3]?.includes('-race');
    const from = raceHint === true ? 24 : 15;
    const to = raceHint === false ? 23 : null;
    sink.facts.push({ kind: 'version-hint', from, to, why: 'zombie report', source, textLine: index });
    sink.facts.push({
      kind: 'complaint',
      complaint: { kind: 'zombies', elementSize: Number(match[1]), freeIndex: Number(match[2]), rows, source },
      textLine: index,
    });
    return next - index;
  },
};

/** A span has 1 MB of small objects at most: rows further apart are of two tables. */
const widestGap = 1n << 20n;
/** Facts after a table among which it is looked for: hexdumps that another line parted from it. */
const factsBehind = 8;

/** The table that `rows` go on with behind a line of another writer. */
function tableBefore(sink: RecordSink, rows: readonly ZombieRow[]): ZombieRow[] | undefined {
  const fact = sink.facts.slice(-factsBehind).findLast((one) => one.kind === 'complaint' && one.complaint.kind === 'zombies');
  if (fact?.kind !== 'complaint' || fact.complaint.kind !== 'zombies') return undefined;
  const [next] = rows;
  const last = fact.complaint.rows.at(-1);
  if (next === undefined || last === undefined) return undefined;
  const gap = next.address - last.address;
  const size = BigInt(fact.complaint.elementSize);
  return gap > 0n && gap < widestGap && size > 0n && gap % size === 0n ? fact.complaint.rows : undefined;
}

/**
 * Rows that another writer's line parted from their table go on with it. Where the first line was cut away, the element size is the
 * distance of the first two rows; the free index is lost (0).
 */
export const zombieRowsReader: TextReader = {
  name: 'rows of a zombie table',
  begins: '0',

  recognise: (cursor, index) => row.test(cursor.line(index)),

  parse(cursor, index, sink) {
    const rows: ZombieRow[] = [];
    const next = readRows(cursor, index, sink, rows);
    const table = tableBefore(sink, rows);
    if (table !== undefined) {
      table.push(...rows);
      return next - index;
    }
    const [first, second] = rows;
    const elementSize = first !== undefined && second !== undefined ? Number(second.address - first.address) : 0;
    sink.facts.push({
      kind: 'complaint',
      complaint: { kind: 'zombies', elementSize, freeIndex: 0, rows, source: cursor.lineRange(index, next - 1) },
      textLine: index,
    });
    return next - index;
  },
};
