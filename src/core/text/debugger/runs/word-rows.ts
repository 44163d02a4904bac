/**
 * Rows of `x/…` that hold hexadecimal numbers only, of units of every size, straight from bytes to columns:
 * `0xc000040000 <main.x+8>:\t0x000000c000040040\t0x47c001 <main.f+1>`. What the rows of `examine.ts` give as objects. One function goes
 * over all of it, so that little is compiled before it is fast.
 */
import { addressOfHalves } from '../../../model/address.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';
import { LineClass } from '../../../model/line-class.ts';
import { ListedWords, WordRunFact, type WordColumns } from '../../../model/word-columns.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { expectedRows } from '../../frames/writer.ts';
import type { RecordSink } from '../../reader.ts';
import type { Examination } from '../examine-command.ts';
import { beginsWithValue } from '../examine-row.ts';
import { longestLine } from '../lines.ts';
import { teachSymbol } from '../session.ts';
import { sharedOf } from './shared.ts';
import { joinUnits } from './joined-words.ts';
import { readHex, smallHex, wide } from './number.ts';

const longestSymbol = 400;
const mostDigits = 16;
const wordBytes = 8;
const half = 2 ** 32;
const tab = 9;
const lineFeed = 10;
const space = 32;
const zero = 48;
const colon = 58;
const less = 60;
const greater = 62;
const letterX = 120;
const unreadable = ascii('Cannot access memory at address ');

/** What is printed without leading zeros stands so in `x/a`. */
const wordsAsked: Examination = { format: 'a', size: wordBytes };

/** What a line is found to be. */
const Line = { none: 0, row: 1, unreadable: 2 } as const;

/** Offset of the `>` that ends the symbol whose text begins at `start`, -1 = it is not plain. */
function symbolEndOf(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater; byte = bytes[++at] ?? 0)
    if (byte < space || byte === less || byte > 126 || at - start >= longestSymbol) return -1;
  return at > start ? at : -1;
}

/** Is the error at `at` all of the line up to `end`? Its address is in `wide` then. */
function isUnreadable(bytes: Uint8Array, at: number, end: number): boolean {
  return startsWith(bytes, at, end, unreadable) && readHex(bytes, at + unreadable.length) === end;
}

/** The symbols beside the values in rows [from, to). */
function teachValues(cursor: LineCursor, sink: RecordSink, columns: WordColumns, index: number, from: number, to: number): void {
  const { symbols } = sharedOf(cursor, sink);
  const { symbol: names, valueHalves } = columns.data;
  for (let row = from; row < to; row++) {
    const symbol = names[row] ?? 0;
    if (symbol === 0) continue;
    const high = valueHalves[2 * row + highHalf] ?? 0;
    const low = valueHalves[2 * row + lowHalf] ?? 0;
    if (symbols.knowsBeside(symbol, high, low)) continue;
    teachSymbol(sink, index, addressOfHalves(high, low), columns.strings.at(symbol), columns.sourceAt(row));
  }
}

/**
 * Reads rows from line `index` on as one fact; returns the lines consumed. 0: rows whose units are not certain, wrapped ones and those
 * with other things than hexadecimal numbers, which need a closer look. `isRow` tells whether a line that was not read is one of them.
 */
export function readWordRows(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  asked: Examination | undefined,
  wordSize: 4 | 8,
  isRow: (cursor: LineCursor, index: number) => boolean,
): number {
  const { words: columns, names, symbols } = sharedOf(cursor, sink);
  const from = columns.length;
  let { addressHalves, valueHalves, start: starts, end: ends, symbol: symbolOf } = columns.data;
  let room = starts.length;
  let row = from;
  // Of a unit, what rows of one stretch tell; the addresses of a stretch follow each other.
  let unit = asked?.format === 'a' ? wordBytes : (asked?.size ?? 0);
  const isAsked = unit > 0;
  let stretch = 0;
  let lastUnit = 0;
  let lastPlace = 0;
  let lastHigh = 0;
  let lastCount = 1;
  let line: number = Line.row;
  let next = index;
  for (; next < cursor.count; next++) {
    const begin = cursor.start(next);
    if (next >= cursor.count) break;
    const { bytes, view, base, lineStarts } = cursor;
    const end = (lineStarts[next + 1] ?? 0) - base - 1;
    const firstOfRow = row;
    let at = begin;
    let high = 0;
    let low = 0;
    let addressHigh = 0;
    let addressLow = 0;
    let symbolStart = 0;
    let symbolEnd = 0;
    let digits = 0;
    let unsized = false;
    let named = false;
    let isAddress = true;
    line = Line.none;
    // The address, then the values.
    while (bytes[at] === zero && bytes[at + 1] === letterX && end - begin <= longestLine) {
      const token = at;
      at += 2;
      high = 0;
      low = 0;
      // Four digits at once.
      while (at + 4 <= end) {
        const four = view.getInt32(at, true);
        const letters = (four >>> 6) & 0x01010101;
        const nibbles = (four & 0x0f0f0f0f) + letters * 9;
        if (
          (four & 0xf0f0f0f0) !== 0x30303030 + letters * 0x30 ||
          (nibbles & 0xf0f0f0f0) !== 0 ||
          (((nibbles + 0x06060606) >>> 4) & 0x01010101) !== letters
        )
          break;
        const pairs = (nibbles << 4) | (nibbles >>> 8);
        high = (high << 16) | (low >>> 16);
        low = (low << 16) | ((pairs & 0xff) << 8) | ((pairs >>> 16) & 0xff);
        at += 4;
      }
      for (let digit = smallHex[bytes[at] ?? 0] ?? -1; digit >= 0; digit = smallHex[bytes[++at] ?? 0] ?? -1) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | digit;
      }
      const length = at - token - 2;
      if (length === 0 || length > mostDigits) break;
      let byte = bytes[at] ?? 0;
      let close = 0;
      if (byte === space && bytes[at + 1] === less) {
        close = symbolEndOf(bytes, at + 2);
        if (close < 0) break;
        if (isAddress) {
          symbolStart = at + 2;
          symbolEnd = close;
        }
      }
      if (isAddress) {
        if (close > 0) at = close + 1;
        // Rows of the runtime's hexdump have all sixteen digits.
        if ((bytes[token + 2] === zero && length > 1) || bytes[at] !== colon) break;
        byte = bytes[++at] ?? 0;
        if (byte !== tab && byte !== space) break;
        isAddress = false;
        addressHigh = high >>> 0;
        addressLow = low >>> 0;
      } else {
        if (row === room) {
          columns.length = row;
          columns.reserve(1, expectedRows(row, cursor, next));
          ({ addressHalves, valueHalves, start: starts, end: ends, symbol: symbolOf } = columns.data);
          room = starts.length;
        }
        if (row === firstOfRow) {
          digits = length;
          unsized = close > 0 || (length !== 16 && length !== 8 && length !== 4 && length !== 2);
          if (unit === 0) unit = unsized ? wordBytes : length >> 1;
        } else if (length !== digits) unsized = true;
        symbolOf[row] = 0;
        if (close > 0) {
          symbolOf[row] = names.intern(bytes, at + 2, close);
          at = close + 1;
          byte = bytes[at] ?? 0;
          unsized = named = true;
        }
        const place = addressLow + unit * (row - firstOfRow);
        addressHalves[2 * row + highHalf] = place >= half ? addressHigh + 1 : addressHigh;
        addressHalves[2 * row + lowHalf] = place;
        valueHalves[2 * row + highHalf] = high;
        valueHalves[2 * row + lowHalf] = low;
        starts[row] = token + base;
        ends[row] = at + base;
        row++;
        if (byte !== tab && byte !== space && at !== end) break;
      }
      while (byte === tab || byte === space) byte = bytes[++at] ?? 0;
      if (at >= end) {
        if (row > firstOfRow && at === end && byte === lineFeed) line = Line.row;
        break;
      }
    }
    const count = row - firstOfRow;
    if (line === Line.none) {
      row = firstOfRow;
      if (count === 0 && !isAddress && symbolEnd === 0 && bytes[end] === lineFeed && isUnreadable(bytes, at, end)) {
        line = Line.unreadable;
        // The place of what was not read tells the units before it, too.
        const stride = ((addressHigh - lastHigh) * half + addressLow - lastPlace) / lastCount;
        if (stretch > 0 && lastUnit === 0 && isUnit(stride) && stride !== unit) return giveBack(columns, from);
      } else if (next === index || isRow(cursor, next)) return giveBack(columns, from);
      break;
    }
    const ownUnit = unsized ? 0 : digits >> 1;
    // The first value alone looked like one of another size.
    if (stretch === 0 && ownUnit === 0 && unit !== wordBytes && !isAsked) {
      columns.length = from;
      return readWordRows(cursor, index, sink, wordsAsked, wordSize, isRow);
    }
    if (stretch > 0) {
      const stride = ((addressHigh - lastHigh) * half + addressLow - lastPlace) / lastCount;
      if (isUnit(stride)) {
        if (stride !== unit || (ownUnit !== lastUnit && ownUnit !== 0 && lastUnit !== 0)) return giveBack(columns, from);
      } else {
        // Words of another place; of smaller units each stretch is joined by itself.
        if (unit !== wordBytes || !isCertain(stretch, lastUnit, unit)) return giveBack(columns, from);
        stretch = 0;
      }
    }
    // A row that is shorter than gdb makes it may go on below.
    if (ownUnit > 0 && count < (digits === 2 ? 8 : 32 / digits)) {
      const below = bytes[end + 1];
      const mayBe = next + 1 >= cursor.loaded || below === zero || below === space || below === tab;
      if (mayBe && beginsWithValue(cursor, next + 1)) return giveBack(columns, from);
    }
    stretch++;
    lastUnit = ownUnit;
    lastHigh = addressHigh;
    lastPlace = addressLow;
    lastCount = count;
    if (symbolEnd > 0 || named) {
      columns.length = row;
      if (symbolEnd > 0) symbols.teach(cursor, sink, next, addressHigh, addressLow, symbolStart, symbolEnd);
      if (named) teachValues(cursor, sink, columns, next, firstOfRow, row);
    }
  }
  if (stretch > 0 && !isCertain(stretch, lastUnit, unit)) return giveBack(columns, from);
  let read = next - index;
  if (line === Line.unreadable) {
    const address = addressOfHalves(wide.high, wide.low);
    sink.facts.push({ kind: 'unreadable', textLine: next, address, source: cursor.lineRange(next) });
    read++;
  }
  columns.length = row;
  if (unit < wordSize) joinUnits(columns, from, unit, wordSize);
  if (columns.length > from) {
    const run = new ListedWords(columns, from, columns.length, sink.step);
    sink.facts.push(new WordRunFact(index, wordSize, run));
  }
  const { lineClass } = sink;
  for (let at = index; at < index + read; at++) lineClass[at] = LineClass.recognised;
  return read;
}

/** Are the units of a stretch of `rows` rows known? Two of them tell by their addresses, one by its digits, or else the command does. */
function isCertain(rows: number, ownUnit: number, unit: number): boolean {
  return rows > 1 || ownUnit === 0 || ownUnit === unit;
}

function isUnit(bytes: number): boolean {
  return bytes === 1 || bytes === 2 || bytes === 4 || bytes === wordBytes;
}

function giveBack(columns: WordColumns, from: number): number {
  columns.length = from;
  return 0;
}
