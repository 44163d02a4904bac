/** Instructions of one listing to columns, and the listing as a fact. */
import { toAddress } from '../../../model/address.ts';
import type { CodeListing } from '../../../model/code.ts';
import { folded, InstructionColumns, InstructionFlag, type InstructionRun } from '../../../model/instruction-columns.ts';
import { ListingOfRun } from '../../../model/listing-of-run.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { dialectOf, syntaxOf, type InstructionLine } from '../instruction-line.ts';
import { offsetOf } from '../lines.ts';
import { parseSymbol, sessionOf, teachStart } from '../session.ts';
import { instructionRow } from './instruction-row.ts';
import { knownSymbolsOf } from './known-symbols.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';

const stores = new WeakMap<RecordSink, InstructionColumns>();

export function instructionsOf(cursor: LineCursor, sink: RecordSink): InstructionColumns {
  let columns = stores.get(sink);
  if (columns === undefined) stores.set(sink, (columns = new InstructionColumns(cursor.source, sink.columns.strings)));
  return columns;
}

/** Writes the row in `instructionRow`; `inside` is the function that `<+69>` means, 0 = not known. */
export function addPlainInstruction(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, inside: number): void {
  const { high, low, nameStart, nameEnd, hasSymbol, offset, start, end, textStart, bytesStart, bytesEnd } = instructionRow;
  const { base } = cursor;
  let name = 0;
  if (nameEnd > nameStart) name = knownSymbolsOf(sink).ownerOf(sink, cursor.bytes, nameStart, nameEnd);
  else if (hasSymbol) name = inside;
  const flags = (instructionRow.current ? InstructionFlag.current : 0) | (hasSymbol ? InstructionFlag.hasOffset : 0);
  const codeStart = bytesEnd > bytesStart ? bytesStart + base : 0;
  const codeEnd = bytesEnd > bytesStart ? bytesEnd + base : 0;
  columns.add(high, low, name, offset, flags, start + base, end + base, textStart + base, codeStart, codeEnd);
}

/** Writes the row in `instructionRow`, whose function stands elsewhere (`placeRun`). */
export function addBareInstruction({ base }: LineCursor, columns: InstructionColumns): void {
  const { high, low, current, start, end, textStart, bytesStart, bytesEnd } = instructionRow;
  const flags = current ? InstructionFlag.current : 0;
  if (bytesEnd > bytesStart)
    columns.add(high, low, 0, 0, flags, start + base, end + base, textStart + base, bytesStart + base, bytesEnd + base);
  else columns.add(high, low, 0, 0, flags, start + base, end + base, textStart + base, 0, 0);
}

/** The function and offset that `symbol` tells: `f+69`, or `+69` inside a dump. */
function placeOf(symbol: string, inside: number, sink: RecordSink): { name: number; offset: number } {
  const relative = symbol.startsWith('+') ? /^\+(0x[0-9a-f]{1,12}|\d{1,12})$/.exec(symbol) : null;
  if (relative !== null) return { name: inside, offset: Number(relative[1]) };
  const { name, offset } = parseSymbol(symbol);
  return { name: sink.columns.strings.intern(name), offset };
}

/** Writes an instruction that expressions read on line `index`. */
export function addInstruction(
  cursor: LineCursor,
  sink: RecordSink,
  columns: InstructionColumns,
  index: number,
  line: string,
  read: InstructionLine,
  inside: number,
): void {
  const at = (column: number) => offsetOf(cursor, index, line, column) + cursor.base;
  const place = read.symbol === undefined ? undefined : placeOf(read.symbol, inside, sink);
  const flags = (read.current ? InstructionFlag.current : 0) | (place === undefined ? 0 : InstructionFlag.hasOffset);
  const { name = 0, offset = 0 } = place ?? {};
  const start = at(read.from);
  const bytesStart = read.bytesTo > read.bytesFrom ? at(read.bytesFrom) : 0;
  const bytesEnd = read.bytesTo > read.bytesFrom ? at(read.bytesTo) : 0;
  const textStart = at(read.textFrom);
  const [high, low] = [Number(read.address >> 32n), Number(read.address & 0xffffffffn)];
  columns.add(high, low, name, offset, flags, start, at(read.to), textStart, bytesStart, bytesEnd);
}

/** Offsets that a half holds. */
const mostOffset = 0xffffffff;

/** Teaches where the functions of a listing begin. */
function teachStarts(sink: RecordSink, textLine: number, { columns, from, to }: InstructionRun): void {
  const { data, strings } = columns;
  const symbols = knownSymbolsOf(sink);
  for (let row = from; row < to; row++) {
    const name = data.functionName[row] ?? 0;
    if (name === 0 || ((data.flags[row] ?? 0) & InstructionFlag.hasOffset) === 0) continue;
    const offset = data.offset[row] ?? 0;
    const low = data.addressHalves[2 * row + lowHalf] ?? 0;
    const high = (data.addressHalves[2 * row + highHalf] ?? 0) - (low < offset ? 1 : 0);
    if (offset <= mostOffset && symbols.knowsStart(name, high >>> 0, (low - offset) >>> 0)) continue;
    const address = toAddress(data.addresses[row] ?? 0n);
    teachStart(sink, textLine, address, { name: strings.at(name), offset }, columns.sourceAt(row));
  }
}

/** The one function of all instructions; undefined where there are several or some have none. */
export function ownerOfRun({ columns: { data, strings }, from, to }: InstructionRun): string | undefined {
  const name = data.functionName[from] ?? 0;
  for (let row = from + 1; row < to; row++) if (data.functionName[row] !== name) return undefined;
  return name === 0 ? undefined : strings.at(name);
}

/** Offset of a text's bytes in the window, -1 = it stands before it. */
function inWindow(cursor: LineCursor, at: number | undefined): number {
  return Math.max(-1, (at ?? 0) - cursor.base);
}

/** `%r`, `$0x`, `$5`, `$-5`: operands of AT&T's dialect, as `dialectOf` knows them. */
function holdsAttOperand(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at + 1 < end; at++) {
    const byte = bytes[at];
    if (byte !== percent && byte !== dollar) continue;
    const next = bytes[at + 1] ?? 0;
    if (byte === percent) {
      if (next >= 97 && next <= 122) return true;
      continue;
    }
    const digit = next === minus ? (bytes[at + 2] ?? 0) : next;
    if (digit >= 48 && digit <= 57) return true;
  }
  return false;
}

const percent = 37;
const dollar = 36;
const minus = 45;

/** What `syntaxOf` says of the texts of a run, most of them not decoded. */
export function syntaxOfRun(
  cursor: LineCursor,
  sink: RecordSink,
  { columns, from, to }: InstructionRun,
  fallback?: 'att' | 'intel',
): CodeListing['syntax'] {
  const { data } = columns;
  for (let row = from; row < to; row++) {
    const start = inWindow(cursor, data.textStart[row]);
    const end = inWindow(cursor, data.textEnd[row]);
    if (start >= 0 && holdsAttOperand(cursor.bytes, start, end)) return 'att';
    const dialect = dialectOf(start < 0 ? columns.textAt(row) : folded(cursor.slice(start, end)));
    if (dialect !== undefined) return dialect;
  }
  return syntaxOf([], sessionOf(sink).arch, fallback);
}

/** Names the function of all rows of a run, and how far behind its `entry` each lies; rows before it get no offset. */
export function placeRun({ columns, from, to }: InstructionRun, name: number, entry: bigint | undefined): void {
  const { data } = columns;
  data.functionName.fill(name, from, to);
  if (entry === undefined) return;
  const [high, low] = [Number(entry >> 32n), Number(entry & 0xffffffffn)];
  for (let row = from; row < to; row++) {
    const rowHigh = data.addressHalves[2 * row + highHalf] ?? 0;
    const offset = (rowHigh - high) * half + (data.addressHalves[2 * row + lowHalf] ?? 0) - low;
    if (offset < 0) continue;
    data.offset[row] = offset;
    data.flags[row] = (data.flags[row] ?? 0) | InstructionFlag.hasOffset;
  }
}

const half = 0x1_0000_0000;

/** Writes the listing on lines [first, last]. */
export function pushListing(
  cursor: LineCursor,
  sink: RecordSink,
  run: InstructionRun,
  name: string | undefined,
  first: number,
  last: number,
): void {
  const syntax = syntaxOfRun(cursor, sink, run);
  teachStarts(sink, first, run);
  pushRun(cursor, sink, run, name, syntax, first, last);
}

/** The same, teaching nothing, of a listing whose syntax is known. */
export function pushRun(
  cursor: LineCursor,
  sink: RecordSink,
  run: InstructionRun,
  name: string | undefined,
  syntax: CodeListing['syntax'],
  first: number,
  last: number,
): void {
  const listing = new ListingOfRun(name, syntax, run, cursor.lineRange(first, last));
  sink.facts.push({ kind: 'listing', textLine: first, listing });
}
