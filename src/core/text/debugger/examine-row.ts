/** Rows of `x/` that hold hexadecimal numbers only, read from their bytes: most of a long session. */
import { addressOfHalves, type Address } from '../../model/address.ts';
import { hexValue } from '../bytes.ts';
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

const sizes = new Set([2, 4, 8, 16]);

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

/** The number read last: its halves, and the offset behind it. */
let high = 0;
let low = 0;

/** Reads `0x` and one to sixteen digits at `at`; returns the offset behind them, -1 = something else stands there. */
function readNumber(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 48 || bytes[at + 1] !== 120) return -1;
  high = 0;
  low = 0;
  let next = at + 2;
  for (; next < end; next++) {
    const byte = bytes[next] ?? 0;
    const digit = hexValue(byte);
    // Debuggers print small letters.
    if (digit < 0 || (byte >= 65 && byte <= 70)) break;
    if (next - at > 17) return -1;
    high = ((high << 4) | (low >>> 28)) >>> 0;
    low = ((low << 4) | digit) >>> 0;
  }
  return next > at + 2 ? next : -1;
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

/** The row at line `index`; undefined when it is none, or one that needs a closer look. */
export function readPlainRow(cursor: LineCursor, index: number): Row | undefined {
  const start = cursor.start(index);
  let end = cursor.end(index);
  if (end - start > longestLine) return undefined;
  const { bytes } = cursor;
  while (end > start && (isBlank(bytes[end - 1]) || bytes[end - 1] === 13)) end--;
  let at = start;
  while (at < end && isBlank(bytes[at]) && at - start <= deepestIndent) at++;
  const number = at;
  at = readNumber(bytes, at, end);
  // gdb prints an address without leading zeros: rows of the runtime's hexdump have all sixteen digits.
  if (at < 0 || at - number > 18 || (bytes[number + 2] === 48 && at > number + 3)) return undefined;
  const found: Row = { index, lines: 1, address: addressOfHalves(high, low), parts: [], unsized: false, digits: 0 };
  const named = behindSymbol(bytes, at, end);
  if (named < 0) return undefined;
  if (named > at) found.symbol = cursor.slice(at + 2, named - 1);
  at = named;
  if (bytes[at] !== 58 || !isBlank(bytes[at + 1])) return undefined;
  at++;
  for (;;) {
    while (at < end && isBlank(bytes[at])) at++;
    if (at >= end) break;
    const from = at;
    at = readNumber(bytes, from, end);
    if (at < 0) return undefined;
    const digits = at - from - 2;
    const value = addressOfHalves(high, low);
    const behind = behindSymbol(bytes, at, end);
    if (behind < 0 || (behind < end && !isBlank(bytes[behind]))) return undefined;
    if (found.parts.length === 0) found.digits = digits;
    if (digits !== found.digits || behind > at || !sizes.has(digits)) found.unsized = true;
    const part: Part = { value, source: cursor.range(from, behind) };
    if (behind > at) part.symbol = cursor.slice(at + 2, behind - 1);
    found.parts.push(part);
    at = behind;
  }
  return found.parts.length > 0 ? found : undefined;
}
