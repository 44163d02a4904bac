/**
 * A row of Delve's `examinemem` in every format and size, from bytes: `0xc000040000:   0x000000c000040040   0x000000000047c001   `. The
 * width of a value tells its format and size (service/api/prettyprint.go PrettyExamineMemory).
 */
import type { LineCursor } from '../../cursor.ts';
import { beginDelveRow, delveRow } from './delve-row.ts';
import { readHex, smallHex, wide } from './number.ts';

/** Values of a row. */
export const valuesOfRow = 8;

/** The row scanned last: `count` values of `size` bytes each, with their offsets in the window. */
export const delveMemoryRow = {
  high: 0,
  low: 0,
  size: 0,
  count: 0,
  valueHigh: new Uint32Array(valuesOfRow),
  valueLow: new Uint32Array(valuesOfRow),
  start: new Uint32Array(valuesOfRow),
  end: new Uint32Array(valuesOfRow),
};

const hexadecimal = 0;
const decimal = 1;
const octal = 2;
const binary = 3;

/** By digits of a value: its format and its size; a size of 0 = no value is so wide. */
const formatOf = new Uint8Array(65);
const sizeOf = new Uint8Array(65);
for (const size of [1, 2, 4, 8]) {
  const widths = [
    [size * 3, decimal],
    [size * 3 + 1, octal],
    [size * 8, binary],
  ] as const;
  for (const [width, format] of widths) {
    formatOf[width] = format;
    sizeOf[width] = size;
  }
}

/** Widest number of the deepest indentation, and blanks behind the last value. */
const mostBehind = 3;
const widest = 64;
const half = 0x1_0000_0000;
const space = 32;
const zero = 48;
const colon = 58;
const letterX = 120;

/** The number read last. */
const read = { high: 0, low: 0 };

/** Reads the hexadecimal digits at `at`; the offset behind them, -1 = there are more than sixteen. */
function readDigits(bytes: Uint8Array, at: number): number {
  let high = 0;
  let low = 0;
  let next = at;
  for (let digit = smallHex[bytes[next] ?? 0] ?? -1; digit >= 0; digit = smallHex[bytes[++next] ?? 0] ?? -1) {
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  read.high = high >>> 0;
  read.low = low >>> 0;
  return next - at <= 16 ? next : -1;
}

/** Reads the octal or binary digits in [start, end), `bits` each; false when one is none, or the number has more than 64 bits. */
function readBits(bytes: Uint8Array, start: number, end: number, bits: number): boolean {
  let high = 0;
  let low = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit >>> bits !== 0 || high >>> (32 - bits) !== 0) return false;
    high = ((high << bits) | (low >>> (32 - bits))) >>> 0;
    low = ((low << bits) | digit) >>> 0;
  }
  read.high = high;
  read.low = low;
  return true;
}

/** Reads the decimal digits in [start, end); false when the number has more than 64 bits. */
function readDecimal(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === zero) at++;
  if (end - at > 20) return false;
  let high = 0;
  let low = 0;
  for (; at < end; at++) {
    low = low * 10 + (bytes[at] ?? zero) - zero;
    high *= 10;
    if (low >= half) {
      high += Math.floor(low / half);
      low %= half;
    }
  }
  read.high = high;
  read.low = low;
  return high < half;
}

function fits(size: number): boolean {
  return size === 8 || (read.high === 0 && (size === 4 || read.low < 2 ** (8 * size)));
}

/** Reads the value at `at` into `read`; the offset behind it, -1 = it needs a closer look. Its size goes to `delveMemoryRow`. */
function readValue(bytes: Uint8Array, at: number, isFirst: boolean): number {
  let format = hexadecimal;
  let size: number;
  let next: number;
  if (bytes[at] === zero && bytes[at + 1] === letterX) {
    next = readDigits(bytes, at + 2);
    const digits = next - at - 2;
    size = digits >> 1;
    if (next < 0 || (digits !== 16 && digits !== 8 && digits !== 4 && digits !== 2)) return -1;
  } else {
    next = at;
    for (let byte = bytes[next] ?? 0; byte >= 48 && byte <= 57; byte = bytes[++next] ?? 0);
    const digits = next - at;
    if (digits > widest) return -1;
    format = formatOf[digits] ?? 0;
    size = sizeOf[digits] ?? 0;
    if (size === 0) return -1;
    const isNumber = format === decimal ? readDecimal(bytes, at, next) : readBits(bytes, at, next, format === octal ? 3 : 1);
    if (!isNumber || !fits(size)) return -1;
  }
  if (isFirst) delveMemoryRow.size = size;
  return size === delveMemoryRow.size ? next : -1;
}

/** Reads line `index` into `delveMemoryRow`; false when it is no such row, or one that needs a closer look. */
export function scanDelveMemory(cursor: LineCursor, index: number): boolean {
  let at = beginDelveRow(cursor, index);
  if (at < 0) return false;
  const { bytes } = cursor;
  const { end } = delveRow;
  at = readHex(bytes, at);
  if (at < 0 || bytes[at] !== colon) return false;
  const row = delveMemoryRow;
  row.high = wide.high;
  row.low = wide.low;
  at++;
  let count = 0;
  while (bytes[at] === space && bytes[at + 1] === space && bytes[at + 2] === space && (bytes[at + 3] ?? 0) > space) {
    if (count === valuesOfRow) return false;
    const behind = readValue(bytes, at + 3, count === 0);
    if (behind < 0) return false;
    row.valueHigh[count] = read.high;
    row.valueLow[count] = read.low;
    row.start[count] = at + 3;
    row.end[count++] = behind;
    at = behind;
  }
  row.count = count;
  if (count === 0 || end - at > mostBehind) return false;
  while (bytes[at] === space) at++;
  return at === end;
}
