/**
 * Rows of LLDB's `memory read` straight to columns: `0x7fffffffe4b0: 0x0000… 0x0000…` in units of one to eight bytes, one word with its
 * symbol (`-f A`), or sixteen bytes with their characters. Any other is left to `lldbMemoryReader`, which gives the same for these.
 */
import { wordSizeOf } from '../../../model/word-form.ts';
import { WordRunFact, type WordColumns } from '../../../model/word-columns.ts';
import { trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { wordColumnsOf } from '../examine-run.ts';
import { longestLine } from '../lines.ts';
import { sessionOf } from '../session.ts';
import { lldbSymbolsOf } from './lldb-symbols.ts';
import { readHex, smallHex, wide } from './number.ts';

const mostUnits = 32;
const deepestIndent = 16;
const wordBytes = 8;
const longestCharacters = 32;
const space = 32;
const colon = 58;

/** The row scanned last: its address, and its units with their places in the window. */
const row = {
  high: 0,
  low: 0,
  /** Bytes of a unit. */
  size: 0,
  count: 0,
  /** The symbol behind a word; equal = none. */
  symbolStart: 0,
  symbolEnd: 0,
};
const unitHigh = new Uint32Array(mostUnits);
const unitLow = new Uint32Array(mostUnits);
const unitStart = new Uint32Array(mostUnits);
const unitEnd = new Uint32Array(mostUnits);

/** Units of which the word is made that is not whole yet. */
const partial = { begun: false, addressHigh: 0, addressLow: 0, high: 0, low: 0, start: 0 };

/** Reads line `index` into `row`; false when it is no row, or one that needs a closer look. */
function scanRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (end - from > longestLine || bytes[end] !== 10) return false;
  let at = from;
  while (bytes[at] === space) at++;
  if (at - from > deepestIndent) return false;
  const behind = readHex(bytes, at);
  if (behind < at + 6 || bytes[behind] !== colon || bytes[behind + 1] !== space) return false;
  row.high = wide.high;
  row.low = wide.low;
  row.symbolStart = row.symbolEnd = 0;
  at = behind + 2;
  return bytes[at + 1] === 120 ? scanValues(bytes, at, trimEnd(bytes, at, end)) : scanBytes(bytes, at, end);
}

function scanValues(bytes: Uint8Array, from: number, end: number): boolean {
  let count = 0;
  let at = from;
  let digits = 0;
  for (;;) {
    const behind = readHex(bytes, at);
    if (behind < 0 || count === mostUnits) return false;
    if (count === 0) digits = behind - at - 2;
    else if (behind - at - 2 !== digits) return false;
    unitHigh[count] = wide.high;
    unitLow[count] = wide.low;
    unitStart[count] = at;
    unitEnd[count++] = behind;
    at = behind;
    if (at === end) break;
    if (bytes[at] !== space) return false;
    at++;
    if (bytes[at] !== 48) {
      if (count > 1 || digits !== 16 || !scanSymbol(bytes, at, end)) return false;
      break;
    }
  }
  row.count = count;
  row.size = digits >> 1;
  return digits === 16 || digits === 8 || digits === 4 || digits === 2;
}

/** `inventory`runtime.f + 26` up to the end of the line. */
function scanSymbol(bytes: Uint8Array, at: number, end: number): boolean {
  let tick = 0;
  for (let next = at; next < end; next++) {
    const byte = bytes[next] ?? 0;
    if (byte < space || byte > 126) return false;
    if (byte !== 96) continue;
    if (tick > 0) return false;
    tick = next;
  }
  row.symbolStart = at;
  row.symbolEnd = end;
  return tick > at && bytes[at] !== space && bytes[end - 1] !== space;
}

function scanBytes(bytes: Uint8Array, from: number, end: number): boolean {
  let count = 0;
  let at = from;
  for (;;) {
    const [high, low] = [smallHex[bytes[at] ?? 0] ?? -1, smallHex[bytes[at + 1] ?? 0] ?? -1];
    if (high < 0 || low < 0 || bytes[at + 2] !== space || count === mostUnits) break;
    unitHigh[count] = 0;
    unitLow[count] = (high << 4) | low;
    unitStart[count] = at;
    unitEnd[count++] = at + 2;
    at += 3;
  }
  // The characters stand behind two blanks or more; fewer bytes have more blanks.
  if (count === 0 || bytes[at] !== space) return false;
  while (at < end && bytes[at] === space) at++;
  if (end - at > longestCharacters) return false;
  for (let next = at; next < end; next++) if ((bytes[next] ?? 0) < space || (bytes[next] ?? 0) > 126) return false;
  row.count = count;
  row.size = 1;
  return true;
}

/** Adds the words of the row, and those that its units complete. */
function addRow(cursor: LineCursor, sink: RecordSink, columns: WordColumns, index: number): void {
  const { base } = cursor;
  const { high, low, size, count } = row;
  if (size === wordBytes) {
    const symbol = row.symbolEnd > row.symbolStart ? teach(cursor, sink, index) : 0;
    for (let unit = 0; unit < count; unit++) {
      const place = low + wordBytes * unit;
      const carry = place > 0xffffffff ? 1 : 0;
      const [start = 0, end = 0] = [unitStart[unit], unitEnd[unit]];
      columns.add((high + carry) >>> 0, place >>> 0, unitHigh[unit] ?? 0, unitLow[unit] ?? 0, start + base, end + base, symbol);
    }
    return;
  }
  for (let unit = 0; unit < count; unit++) {
    const address = low + size * unit;
    const place = address & 7;
    if (place === 0) {
      partial.begun = true;
      partial.addressHigh = (high + (address > 0xffffffff ? 1 : 0)) >>> 0;
      partial.addressLow = address >>> 0;
      partial.high = partial.low = 0;
      partial.start = (unitStart[unit] ?? 0) + base;
    } else if (!partial.begun) continue;
    const value = unitLow[unit] ?? 0;
    if (place < 4) partial.low |= value << (8 * place);
    else partial.high |= value << (8 * (place - 4));
    if (place + size < wordBytes) continue;
    partial.begun = false;
    const { addressHigh, addressLow, start } = partial;
    columns.add(addressHigh, addressLow, partial.high >>> 0, partial.low >>> 0, start, (unitEnd[unit] ?? 0) + base, 0);
  }
}

function teach(cursor: LineCursor, sink: RecordSink, index: number): number {
  return lldbSymbolsOf(sink).teach(cursor, sink, index, unitHigh[0] ?? 0, unitLow[0] ?? 0, row.symbolStart, row.symbolEnd);
}

/**
 * Reads rows from line `index` on as one fact; returns the lines consumed, 0 = a closer look is needed. `isRow` tells whether a line
 * that is no such row is one of another kind.
 */
export function readLldbWords(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  isRow: (cursor: LineCursor, index: number) => boolean,
): number {
  const wordSize = wordSizeOf(sessionOf(sink).arch);
  if (wordSize !== wordBytes) return 0;
  const columns = wordColumnsOf(cursor, sink);
  const from = columns.length;
  partial.begun = false;
  let [size, high, low] = [0, 0, 0];
  let next = index;
  for (; next < cursor.count; next++) {
    if (!scanRow(cursor, next)) {
      if (!isRow(cursor, next)) break;
      columns.length = from;
      return 0;
    }
    if (next === index) size = row.size;
    else if (row.size !== size || row.low !== low || row.high !== high) break;
    if (size < wordBytes && row.low % size !== 0) break;
    addRow(cursor, sink, columns, next);
    const behind = row.low + size * row.count;
    low = behind >>> 0;
    high = (row.high + (behind > 0xffffffff ? 1 : 0)) >>> 0;
  }
  if (columns.length === from) return 0;
  sink.facts.push(new WordRunFact(index, wordSize, { columns, from, to: columns.length, step: sink.step }));
  markRecognised(sink, index, next - index);
  return next - index;
}
