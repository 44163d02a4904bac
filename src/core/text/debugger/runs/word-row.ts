/**
 * A row of `x/…g` or `x/…a` straight to columns: `0xc000040000 <main.x+8>:\t0x000000c000040040\t0x47c001 <main.f+1>`. What `scanRow` of
 * `examine-row.ts` reads to objects, and a row that ends with a line feed.
 */
import { addressOfHalves } from '../../../model/address.ts';
import type { WordColumns } from '../../../model/word-columns.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';
import { longestLine } from '../lines.ts';
import { teachSymbol } from '../session.ts';
import { knownSymbolsOf } from './known-symbols.ts';
import { readHex, wide } from './number.ts';

/** The row added last. */
export const wordRow = {
  high: 0,
  low: 0,
  /** Its symbol without brackets, offsets of the window; equal = none. */
  symbolStart: 0,
  symbolEnd: 0,
  count: 0,
  /** Printed without leading zeros: the digits do not tell the size. */
  unsized: false,
  /** Digits of the first value. */
  digits: 0,
  /** A value has a symbol. */
  named: false,
};

const wordBytes = 8;
const longestSymbol = 400;
const tab = 9;
const lineFeed = 10;
const space = 32;
const zero = 48;
const colon = 58;
const less = 60;
const greater = 62;

/** Offset of the `>` that ends the symbol whose text begins at `start`, -1 = it is not plain. */
function symbolEndOf(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater; byte = bytes[++at] ?? 0)
    if (byte < space || byte === less || byte > 126 || at - start >= longestSymbol) return -1;
  return at > start ? at : -1;
}

/** Adds the words of line `index` to `columns` and tells of the row in `wordRow`; false where it is no such row: some may have been added. */
export function addWordRow(cursor: LineCursor, columns: WordColumns, index: number): boolean {
  const start = cursor.start(index);
  const { bytes, base } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - base - 1;
  if (end <= start || end - start > longestLine || bytes[end] !== lineFeed) return false;
  let at = readHex(bytes, start);
  if (at < 0 || (bytes[start + 2] === zero && at > start + 3)) return false;
  const { high, low } = wide;
  wordRow.symbolStart = wordRow.symbolEnd = at;
  if (bytes[at] === space && bytes[at + 1] === less) {
    wordRow.symbolStart = at + 2;
    wordRow.symbolEnd = symbolEndOf(bytes, at + 2);
    if (wordRow.symbolEnd < 0) return false;
    at = wordRow.symbolEnd + 1;
  }
  if (bytes[at] !== colon) return false;
  let byte = bytes[++at] ?? 0;
  if (byte !== tab && byte !== space) return false;
  let count = 0;
  let first = 0;
  let unsized = false;
  let named = false;
  for (;;) {
    while (byte === tab || byte === space) byte = bytes[++at] ?? 0;
    if (at >= end) break;
    const from = at;
    at = readHex(bytes, at);
    if (at < 0) return false;
    const digits = at - from - 2;
    byte = bytes[at] ?? 0;
    let symbol = 0;
    if (byte === space && bytes[at + 1] === less) {
      const close = symbolEndOf(bytes, at + 2);
      if (close < 0) return false;
      symbol = namesOf(columns.strings).intern(bytes, at + 2, close);
      at = close + 1;
      byte = bytes[at] ?? 0;
      unsized = named = true;
    }
    if (byte !== tab && byte !== space && at !== end) return false;
    if (count === 0) first = digits;
    if (digits !== first || (digits !== 16 && digits !== 8 && digits !== 4 && digits !== 2)) unsized = true;
    const place = low + wordBytes * count++;
    columns.add((high + (place > 0xffffffff ? 1 : 0)) >>> 0, place >>> 0, wide.high, wide.low, from + base, at + base, symbol);
  }
  wordRow.unsized = unsized;
  wordRow.high = high;
  wordRow.low = low;
  wordRow.count = count;
  wordRow.digits = first;
  wordRow.named = named;
  return count > 0;
}

/** Teaches the symbols of the row in `wordRow`, which stands on line `index` and was added last. */
export function teachWordRow(cursor: LineCursor, sink: RecordSink, columns: WordColumns, index: number): void {
  const { high, low, symbolStart, symbolEnd, count, named } = wordRow;
  const symbols = knownSymbolsOf(sink);
  if (symbolEnd > symbolStart) symbols.teach(cursor, sink, index, high, low, symbolStart, symbolEnd);
  if (!named) return;
  const { data, length } = columns;
  for (let row = length - count; row < length; row++) {
    const symbol = data.symbol[row] ?? 0;
    if (symbol === 0) continue;
    const [valueHigh, valueLow] = [data.valueHalves[2 * row + highHalf] ?? 0, data.valueHalves[2 * row + lowHalf] ?? 0];
    if (symbols.knowsBeside(symbol, valueHigh, valueLow)) continue;
    teachSymbol(sink, index, addressOfHalves(valueHigh, valueLow), columns.strings.at(symbol), columns.sourceAt(row));
  }
}
