/**
 * Rows of `nm` and `readelf -s`, from bytes to `symbolRow`. Any other is left to the expressions of `symbols.ts` and `elf-symbols.ts`,
 * which give the same for these.
 */
import { addressOfHalves, toAddress } from '../../model/address.ts';
import type { CodeSymbol } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { ascii, startsWith } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import { behindDigits, decimalIn, wide } from '../debugger/runs/number.ts';
import { readDigits } from './bare-hex.ts';

/** The row scanned last; offsets of the window. */
export const symbolRow = {
  high: 0,
  low: 0,
  /** -1 = not printed. */
  size: -1,
  /** Of code, with a name. */
  isFunction: false,
  nameStart: 0,
  nameEnd: 0,
};

const deepestIndent = 16;
const longestName = 1000;
const widestSize = 12;
const lineFeed = 10;
const space = 32;
const colon = 58;

const functions = ascii('FUNC ');
const types = ['NOTYPE ', 'OBJECT ', 'FUNC ', 'SECTION ', 'FILE ', 'COMMON ', 'TLS ', 'IFUNC '].map(ascii);
const bindings = ['LOCAL ', 'GLOBAL ', 'WEAK ', 'UNIQUE '].map(ascii);
const visibilities = ['DEFAULT ', 'HIDDEN ', 'PROTECTED ', 'INTERNAL '].map(ascii);
const places = ['UND', 'ABS', 'COM'].map(ascii);

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === 9;
}

/** Offset past the line's last byte that is no blank, -1 = there is no plain end. */
function plainEnd(cursor: LineCursor, index: number, from: number): number {
  const { bytes } = cursor;
  let end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end <= from || bytes[end] !== lineFeed) return -1;
  while (end > from && (isBlank(bytes[end - 1]) || bytes[end - 1] === 13)) end--;
  const last = bytes[end - 1] ?? 0;
  return last > space && last < 127 ? end : -1;
}

function behindSpaces(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === space) at++;
  return at;
}

/** Offset behind one of `words` at `from`, and the blanks behind it; -1 = none stands there. */
function behindWord(bytes: Uint8Array, from: number, end: number, words: readonly Uint8Array[]): number {
  for (const word of words) if (startsWith(bytes, from, end, word)) return behindSpaces(bytes, from + word.length);
  return -1;
}

/** The name from `start` on, which begins with no blank; false where it is none. */
function takeName(bytes: Uint8Array, start: number, end: number): boolean {
  symbolRow.nameStart = start;
  symbolRow.nameEnd = end;
  const first = bytes[start] ?? 0;
  return start < end && end - start <= longestName && first > space && first < 127;
}

/** `0000000000487dc0 T main.mix`, `0000000000487dc0 0000000000000040 T main.mix`, `  487dc0          64 T main.mix`. */
export function scanNmRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = plainEnd(cursor, index, from);
  let start = from;
  while (isBlank(bytes[start])) start++;
  if (end < 0 || start - from > deepestIndent) return false;
  let at = readDigits(bytes, start);
  if (at - start < 5 || bytes[at] !== space) return false;
  symbolRow.high = wide.high;
  symbolRow.low = wide.low;
  symbolRow.size = -1;
  // A letter alone is the type; otherwise a size stands before it.
  if (bytes[at + 2] !== space || bytes[at + 1] === space || ((bytes[at + 1] ?? 0) >= 48 && (bytes[at + 1] ?? 0) <= 57)) {
    at = behindSize(bytes, at + 1);
    if (at < 0 || bytes[at] !== space || bytes[at + 2] !== space) return false;
  }
  const type = (bytes[at + 1] ?? 0) | 0x20;
  if (type < 97 || type > 122 || type === 117) return false;
  symbolRow.isFunction = type === 116;
  return takeName(bytes, at + 3, end);
}

/** GNU's nm prints the size in sixteen hexadecimal digits, Go's in decimal. */
function behindSize(bytes: Uint8Array, from: number): number {
  const behind = readDigits(bytes, from);
  if (behind - from === 16) {
    symbolRow.size = wide.high * 2 ** 32 + wide.low;
    return symbolRow.size <= Number.MAX_SAFE_INTEGER ? behind : -1;
  }
  const first = behindSpaces(bytes, from);
  const last = behindDigits(bytes, first);
  if (first - from > widestSize || last === first || last - first > widestSize) return -1;
  symbolRow.size = decimalIn(bytes, first, last);
  return last;
}

/** `  1203: 0000000000487dc0    64 FUNC    GLOBAL DEFAULT    1 main.mix.abi0`. */
export function scanElfRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = plainEnd(cursor, index, from);
  let at = behindSpaces(bytes, from);
  const number = behindDigits(bytes, at);
  if (end < 0 || end - from > longestName || number === at || number - at > 9 || bytes[number] !== colon) return false;
  at = number + 2;
  const behind = readDigits(bytes, at);
  if (bytes[number + 1] !== space || behind - at < 8 || bytes[behind] !== space) return false;
  symbolRow.high = wide.high;
  symbolRow.low = wide.low;
  at = behindSpaces(bytes, behind);
  const digits = behindDigits(bytes, at);
  if (digits === at || digits - at > widestSize || bytes[digits] !== space) return false;
  symbolRow.size = decimalIn(bytes, at, digits) || -1;
  symbolRow.isFunction = startsWith(bytes, digits + 1, end, functions);
  at = behindWord(bytes, digits + 1, end, types);
  if (at >= 0) at = behindWord(bytes, at, end, bindings);
  if (at >= 0) at = behindWord(bytes, at, end, visibilities);
  if (at < 0) return false;
  const place = behindDigits(bytes, at);
  if (place - at > 6) return false;
  if (place > at) at = place;
  else if (places.some((word) => startsWith(bytes, at, end, word))) at += 3;
  else return false;
  if (at < end) return bytes[at] === space && takeName(bytes, at + 1, end);
  symbolRow.isFunction = false;
  return at === end;
}

/** Teaches the function in `symbolRow`, which stands on line `index`. */
export function teachSymbolRow(cursor: LineCursor, sink: RecordSink, index: number): void {
  const { high, low, size, nameStart, nameEnd } = symbolRow;
  const start = addressOfHalves(high, low);
  const name = withoutAbi(cursor.slice(nameStart, nameEnd));
  const symbol: CodeSymbol = { name, start, source: cursor.lineRange(index) };
  if (size >= 0) symbol.end = toAddress(start + BigInt(size));
  sink.facts.push({ kind: 'symbol', textLine: index, symbol });
}
