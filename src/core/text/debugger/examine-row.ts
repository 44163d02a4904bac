/** Rows of `x/` that hold hexadecimal numbers only, read from their bytes: most of a long session. */
import { addressOfHalves, type Address } from '../../model/address.ts';
import { hexTable } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { longestLine } from './lines.ts';
import type { Part } from './words.ts';

export interface Row {
  index: number;
  lines: number;
  address: Address;
  symbol?: string;
  parts: Part[];
  /** Printed without leading zeros, or in decimal: the digits do not tell the size. */
  unsized: boolean;
  /** Digits of the first value; 0 = not hexadecimal. */
  digits: number;
  /** The row ends with the word that nothing more could be read. */
  cut?: boolean;
}

/** Blanks before a row, and characters of a symbol. */
const deepestIndent = 16;
const longestSymbol = 400;

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

/** A value of the row scanned last: halves, and where its digits begin, end, and end with its symbol; offsets of the window. */
interface ScannedValue {
  high: number;
  low: number;
  from: number;
  digitsEnd: number;
  end: number;
}

/**
 * The row scanned last. One object for all rows, so that a row costs none: what is to be kept is copied before the next scan.
 * `values` holds more than `count` where an earlier row was longer.
 */
const scanned = {
  high: 0,
  low: 0,
  /** Its symbol without brackets; equal offsets = none. */
  symbolStart: 0,
  symbolEnd: 0,
  count: 0,
  values: [] as ScannedValue[],
  /** As in `Row`. */
  unsized: false,
  digits: 0,
};

/** The number read last. */
let high = 0;
let low = 0;

/** Reads `0x` and one to sixteen digits at `at`; returns the offset behind them, -1 = something else stands there. */
function readNumber(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 48 || bytes[at + 1] !== 120) return -1;
  high = 0;
  low = 0;
  let next = at + 2;
  const last = Math.min(end, at + 19);
  for (; next < last; next++) {
    const byte = bytes[next] ?? 0;
    const digit = hexTable[byte] ?? -1;
    // Debuggers print small letters.
    if (digit < 0 || (byte >= 65 && byte <= 70)) break;
    high = ((high << 4) | (low >>> 28)) >>> 0;
    low = ((low << 4) | digit) >>> 0;
  }
  return next > at + 2 && next <= at + 18 ? next : -1;
}

/** Offset behind ` <symbol>` at `at`, where `bytes[at]` is the blank; `at` when there is none, -1 when it is not plain. */
function behindSymbol(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 32 || bytes[at + 1] !== 60) return at;
  let next = at + 2;
  for (; next < end && next - at < longestSymbol; next++) {
    const byte = bytes[next] ?? 0;
    if (byte === 62) return next > at + 2 ? next + 1 : -1;
    // A symbol with brackets of its own (a generic one) is read slowly, and so are other alphabets.
    if (byte === 60 || byte === 9 || byte > 126) return -1;
  }
  return -1;
}

/** Offset behind the last byte of line `index` that is neither blank nor a carriage return. */
function textEnd(cursor: LineCursor, index: number, start: number): number {
  const { bytes } = cursor;
  let end = cursor.end(index);
  while (end > start && (isBlank(bytes[end - 1]) || bytes[end - 1] === 13)) end--;
  return end;
}

/** Reads address, symbol and colon into `scanned`; returns the offset behind the colon, -1 = no row. */
function scanHead(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at]) && at - start <= deepestIndent) at++;
  const number = at;
  at = readNumber(bytes, at, end);
  // gdb prints an address without leading zeros: rows of the runtime's hexdump have all sixteen digits.
  if (at < 0 || (bytes[number + 2] === 48 && at > number + 3)) return -1;
  scanned.high = high;
  scanned.low = low;
  const named = behindSymbol(bytes, at, end);
  if (named < 0) return -1;
  scanned.symbolStart = named > at ? at + 2 : at;
  scanned.symbolEnd = named > at ? named - 1 : at;
  return bytes[named] === 58 && isBlank(bytes[named + 1]) ? named + 1 : -1;
}

/** Does line `index` begin as a row with a hexadecimal value does? */
export function beginsRow(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const end = textEnd(cursor, index, start);
  if (end - start > longestLine) return false;
  const { bytes } = cursor;
  let at = scanHead(bytes, start, end);
  if (at < 0) return false;
  while (at < end && isBlank(bytes[at])) at++;
  return readNumber(bytes, at, end) > 0;
}

/** Reads line `index` into `scanned`; false when it is no row, or one that needs a closer look. */
function scanRow(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const end = textEnd(cursor, index, start);
  if (end - start > longestLine) return false;
  const { bytes } = cursor;
  let at = scanHead(bytes, start, end);
  if (at < 0) return false;
  scanned.count = 0;
  scanned.unsized = false;
  scanned.digits = 0;
  for (;;) {
    while (at < end && isBlank(bytes[at])) at++;
    if (at >= end) break;
    const from = at;
    at = readNumber(bytes, from, end);
    if (at < 0) return false;
    const digits = at - from - 2;
    const behind = behindSymbol(bytes, at, end);
    if (behind < 0 || (behind < end && !isBlank(bytes[behind]))) return false;
    if (scanned.count === 0) scanned.digits = digits;
    const isSized = digits === 16 || digits === 8 || digits === 4 || digits === 2;
    if (digits !== scanned.digits || behind > at || !isSized) scanned.unsized = true;
    keep(from, at, behind);
    at = behind;
  }
  return scanned.count > 0;
}

function keep(from: number, digitsEnd: number, end: number): void {
  const value = scanned.values[scanned.count++];
  if (value === undefined) {
    scanned.values.push({ high, low, from, digitsEnd, end });
    return;
  }
  value.high = high;
  value.low = low;
  value.from = from;
  value.digitsEnd = digitsEnd;
  value.end = end;
}

/** The row at line `index`; undefined when it is none, or one that needs a closer look. */
export function readPlainRow(cursor: LineCursor, index: number): Row | undefined {
  if (!scanRow(cursor, index)) return undefined;
  const { symbolStart, symbolEnd, count, values, unsized, digits } = scanned;
  const found: Row = { index, lines: 1, address: addressOfHalves(scanned.high, scanned.low), parts: [], unsized, digits };
  if (symbolEnd > symbolStart) found.symbol = cursor.slice(symbolStart, symbolEnd);
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value === undefined) break;
    const { digitsEnd, end } = value;
    const part: Part = { value: addressOfHalves(value.high, value.low), source: cursor.range(value.from, end) };
    if (end > digitsEnd) part.symbol = cursor.slice(digitsEnd + 2, end - 1);
    found.parts.push(part);
  }
  return found;
}

/** Does line `index` begin with a value alone, as the wrapped end of a row does? */
export function beginsWithValue(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const start = cursor.start(index);
  const end = textEnd(cursor, index, start);
  const { bytes } = cursor;
  let at = start;
  while (at < end && isBlank(bytes[at])) at++;
  at = readNumber(bytes, at, end);
  return at > 0 && (at >= end || (isBlank(bytes[at]) && bytes[at + 1] !== 60));
}
