/**
 * GNU `objdump -d`: `0000000000468080 <strconv.Atoi>:`, then `  468080:⇥49 3b 66 10   ⇥cmp rsp,…`. Long encodings go on in a line of
 * bytes; `--no-show-raw-insn` has no bytes; `-S` puts source between. Offsets in `<…+0x27>` are hexadecimal.
 */
import { parseAddress, toAddress } from '../../model/address.ts';
import { InstructionFlag, type InstructionColumns } from '../../model/instruction-columns.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { ArchitectureName } from '../../model/process.ts';
import type { LineCursor } from '../cursor.ts';
import { ascii, leadingHex, skipSpace, startsWith } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import type { InstructionLine } from '../debugger/instruction-line.ts';
import { afterNumber, lineText, offsetOf, seek } from '../debugger/lines.ts';
import { instructionRow } from '../debugger/runs/instruction-row.ts';
import { smallHex } from '../debugger/runs/number.ts';
import {
  addInstruction,
  addBareInstruction,
  instructionsOf,
  placeRun,
  pushRun,
  syntaxOfRun,
} from '../debugger/runs/listing-run.ts';
import { teachArchitecture } from '../debugger/session.ts';
import { inTurn } from './in-turn.ts';
import { Scanned, scanObjdumpRow } from './objdump-row.ts';

const head = /^[ \t]{0,16}([0-9a-f]{8,16}) <(\S.{0,400})>:$/;
const row =
  /^[ \t]{0,16}([0-9a-f]{1,16}):[ \t]{1,16}(?:((?:[0-9a-f]{2} ){1,15}|(?:[0-9a-f]{4} ){1,4}|[0-9a-f]{8} )[ \t]{1,60})?(\S[^]*)$/;
const moreBytes = /^[ \t]{0,16}[0-9a-f]{1,16}:[ \t]{1,16}(?:[0-9a-f]{2}[ \t]{1,40}){1,15}$/;
const mnemonic = /^(?:[a-z][a-z0-9._]{0,23}(?=[ \t,]|$)|\(bad\)|\.(?:byte|inst|word|long|short)(?=[ \t]))/;
const format = /^[^\s:].{0,1000}:[ \t]+file format (elf\d\d-[\w-]{1,40}|pei?-[\w-]{1,40}|mach-o[\w -]{0,40})$/;
const section = /^Disassembly of section \S{1,100}:$/;
/** Source lines between two instructions of `-S`. */
const mostSourceLines = 60;

const machines: readonly [RegExp, ArchitectureName][] = [
  [/x86-64/, 'amd64'],
  [/i386/, '386'],
  [/aarch64|arm64/, 'arm64'],
  [/littlearm/, 'arm'],
  [/littleriscv/, 'riscv64'],
  [/s390/, 's390x'],
  [/powerpcle/, 'ppc64le'],
];

/** Reads a row by expressions. */
function readRow(cursor: LineCursor, index: number): InstructionLine | undefined {
  const whole = lineText(cursor, index);
  const line = whole.trimEnd();
  // `ff` looks like a mnemonic.
  const match = moreBytes.test(whole) ? null : row.exec(line);
  const printed = match?.[3] ?? '';
  const text = printed.replace(/[ \t]+/g, ' ');
  const address = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
  if (match === null || address === undefined || !mnemonic.test(text)) return undefined;
  const from = line.indexOf(match[1] ?? '');
  const [textFrom, to] = [line.length - printed.length, line.length];
  const read: InstructionLine = { address, text, current: false, from, to, textFrom, bytesFrom: 0, bytesTo: 0 };
  if (match[2] !== undefined) {
    read.bytesFrom = line.lastIndexOf(match[2], textFrom - 1);
    read.bytesTo = read.bytesFrom + match[2].trimEnd().length;
  }
  return read;
}

function isRow(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  if (sink.closely !== true && scanObjdumpRow(cursor, index) === Scanned.instruction) return true;
  return readRow(cursor, index) !== undefined;
}

/** Writes the row on line `index`, or the bytes that belong to the one before from `from` on; false when there are none. */
function addRow(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, from: number, index: number): boolean {
  const found = sink.closely === true ? Scanned.other : scanObjdumpRow(cursor, index);
  if (found === Scanned.instruction) {
    addBareInstruction(cursor, columns);
    return true;
  }
  if (found === Scanned.moreBytes) {
    addBytes(columns, from, instructionRow.bytesEnd + cursor.base);
    return true;
  }
  const read = readRow(cursor, index);
  const line = lineText(cursor, index);
  if (read !== undefined) {
    addInstruction(cursor, sink, columns, index, line, read, 0);
    return true;
  }
  if (!moreBytes.test(line)) return false;
  addBytes(columns, from, offsetOf(cursor, index, line, line.trimEnd().length) + cursor.base);
  return true;
}

/** Bytes of the last row of those from `from` on, which go on up to `end`. */
function addBytes({ data, length }: InstructionColumns, from: number, end: number): void {
  const row = length - 1;
  if (row < from || data.bytesEnd[row] === data.bytesStart[row]) return;
  data.bytesEnd[row] = end;
  data.flags[row] = (data.flags[row] ?? 0) | InstructionFlag.moreBytes;
}

/** Addresses fall where another function begins whose head was cut away. */
function falls({ data, length }: InstructionColumns, from: number): boolean {
  const row = length - 1;
  return row > from && (data.addresses[row] ?? 0n) <= (data.addresses[row - 1] ?? 0n);
}

/** Writes the rows from line `index` on; returns the line behind them. `named`: source of `-S` may stand between them. */
function addRows(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, index: number, named: boolean): number {
  const from = columns.length;
  let next = index;
  for (let at = index, gap = 0; at < cursor.count && gap <= mostSourceLines; at++) {
    const before = columns.length;
    if (addRow(cursor, sink, columns, from, at)) {
      if (columns.length > before && falls(columns, from)) {
        columns.length = before;
        break;
      }
      gap = 0;
      next = at + 1;
      continue;
    }
    if (cursor.isBlank(at)) break;
    const line = lineText(cursor, at);
    if (/^[ \t]{0,16}\.\.\.$/.test(line)) {
      next = at + 1;
      continue;
    }
    // Source only stands between instructions of a function with its head.
    if (!named || head.test(line.trimEnd()) || section.test(line.trimEnd())) break;
    gap++;
  }
  return next;
}

/** Reads the function from line `index` on; returns its lines. */
function readFunction(cursor: LineCursor, index: number, sink: RecordSink): number {
  const match = head.exec(lineText(cursor, index).trimEnd());
  const start = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
  const printed = match === null ? undefined : withoutAbi(match[2] ?? '');
  // `--start-address` prints the place inside the function.
  const place = printed === undefined ? null : /\+(0x[0-9a-f]{1,12})$/.exec(printed);
  const name = place === null ? printed : printed?.slice(0, place.index);
  const entry = start === undefined ? undefined : toAddress(start - BigInt(place?.[1] ?? '0x0'));
  const columns = instructionsOf(cursor, sink);
  const from = columns.length;
  const next = Math.max(addRows(cursor, sink, columns, match === null ? index : index + 1, name !== undefined), index + 1);
  const run = { columns, from, to: columns.length };
  if (run.to > from) {
    if (name !== undefined) placeRun(run, sink.columns.strings.intern(name), entry);
    pushRun(cursor, sink, run, name, syntaxOfRun(cursor, sink, run), index, next - 1);
  }
  if (name !== undefined && entry !== undefined)
    sink.facts.push({ kind: 'symbol', textLine: index, symbol: { name, start: entry, source: cursor.lineRange(index) } });
  markRecognised(sink, index, next - index);
  return next - index;
}

function beginsFunction(cursor: LineCursor, index: number): boolean {
  const byte = cursor.bytes[cursor.start(index)] ?? 0;
  return (smallHex[byte] ?? -1) >= 0 && head.test(lineText(cursor, index).trimEnd());
}

export const objdumpReader: TextReader = {
  name: 'objdump listing',
  begins: '0123456789abcdef',
  accepts: ({ digits, behind }) => behind === 58 || (digits >= 8 && behind === 32),
  recognise(cursor, index, sink) {
    // Heads have at least eight digits, rows a colon behind theirs.
    if (afterNumber(cursor, index) >= 0) return false;
    const digits = leadingHex(cursor, index);
    const behind = cursor.bytes[skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits];
    if (digits === 0 || (behind !== 58 && (digits < 8 || behind !== 32))) return false;
    if (behind === 32) return head.test(lineText(cursor, index).trimEnd());
    // Without its head a row must have bytes or a neighbour.
    const scanned = sink.closely !== true && scanObjdumpRow(cursor, index) === Scanned.instruction;
    const read = scanned ? undefined : readRow(cursor, index);
    if (!scanned && read === undefined) return false;
    const [bytesFrom, bytesTo] =
      read === undefined ? [instructionRow.bytesStart, instructionRow.bytesEnd] : [read.bytesFrom, read.bytesTo];
    return bytesTo > bytesFrom || isRow(cursor, index + 1, sink);
  },
  parse: (cursor, index, sink) => inTurn(cursor, index, sink, readFunction, beginsFunction),
};

const fileFormat = ascii('file format ');

/** A colon, blanks and `file format `: looks at bytes only. */
function holdsFormat(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  for (let at = seek(cursor, 58, cursor.start(index), end); at < end; at = seek(cursor, 58, at + 1, end))
    if (startsWith(cursor.bytes, skipSpace(cursor.bytes, at + 1, end), end, fileFormat)) return true;
  return false;
}

export const objdumpHeadingReader: TextReader = {
  name: 'objdump heading',
  begins: 'D',
  holds: ['file format '],
  recognise(cursor, index) {
    const end = cursor.end(index);
    if (end - cursor.start(index) > 1200) return false;
    if (cursor.bytes[cursor.start(index)] !== 68 && !holdsFormat(cursor, index)) return false;
    const line = lineText(cursor, index).trimEnd();
    return line.includes('file format ') ? format.test(line) : section.test(line);
  },
  parse(cursor, index, sink) {
    const printed = format.exec(lineText(cursor, index).trimEnd())?.[1] ?? '';
    const arch = machines.find(([pattern]) => pattern.test(printed))?.[1];
    if (arch !== undefined) teachArchitecture(sink, index, arch, `file format ${printed}`, cursor.lineRange(index));
    markRecognised(sink, index, 1);
    return 1;
  },
};
