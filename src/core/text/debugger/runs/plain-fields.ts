/**
 * Printed values on one line, of numbers, plain strings and characters, symbols, structs and arrays:
 * `{flags = 7, name = 0xc0 "id", mu = {state = 0}, key = []uint8 = {116 't', 0 <repeats 3 times>}}`. Any other is left to the grammar
 * (`print-value.ts`), which gives the same for these.
 */
import { addressOfHalves, toAddress, type Address } from '../../../model/address.ts';
import type { TypedField } from '../../../model/struct.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { teachSymbol } from '../session.ts';
import { behindDigits, decimalIn, exactDigits, readHex, wide } from './number.ts';
import { elementPath, memberPath, sharedBytes } from './printed-names.ts';

const mostFields = 1000;
/** Elements for which `<repeats N times>` may stand. */
const mostElements = 100_000;
const deepest = 16;
const longestName = 200;
const longestSymbol = 400;
const longestString = 800;
const longestType = 100;
/** Of an array, with its bracket. */
const longestLength = 20;
const mostDigits = 20;
const mostRepeatDigits = 5;
const space = 32;
const quote = 34;
const apostrophe = 39;
const open = 40;
const close = 41;
const comma = 44;
const minus = 45;
const dot = 46;
const less = 60;
const equal = 61;
const greater = 62;
const bracket = 91;
const backslash = 92;
const closingBracket = 93;
const letterF = 102;
const letterT = 116;
const braceOpen = 123;
const braceClose = 125;
const optimizedOut = ascii('<optimized out>');
const repeatsMark = ascii(' <repeats ');
const timesMark = ascii(' times>');
const trueMark = ascii('true');
const falseMark = ascii('false');

function bytesIn(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const ofName = bytesIn(`${letters}$.0123456789`);
const ofType = bytesIn(`${letters}.*/[]0123456789`);
const firstOfName = bytesIn(letters);

/** What is being read, on a line that ends at `end`. Fields are added to `fields`. */
export interface Reading {
  cursor: LineCursor;
  sink: RecordSink;
  end: number;
  fields: TypedField[];
}

/** Elements that the value read last stands for. */
let repeats = 1;

/** Reads the value at `at` of what begins at `start` and is called `name`; returns the offset behind it, -1 = it is not plain. */
export function readPlainFields(reading: Reading, start: number, at: number, name: string, depth = 0): number {
  const { bytes } = reading.cursor;
  const value = behindType(bytes, at);
  if (value < 0) return -1;
  repeats = 1;
  if (bytes[value] !== braceOpen) return readScalar(reading, start, value, name);
  if (depth >= deepest || bytes[value + 1] === braceClose || bytes[value + 1] === dot) return -1;
  const behind = readMembers(reading, value + 1, name, depth + 1);
  repeats = 1;
  // A whole struct or array may be repeated too.
  return behind >= 0 && behind < reading.end && bytes[behind] === space ? -1 : behind;
}

/** Teaches the symbols of the fields from `first` on. */
export function teachFields({ fields, sink }: Reading, textLine: number, first: number): void {
  for (let at = first; at < fields.length; at++) {
    const field = fields[at];
    if (field?.symbol !== undefined && field.value !== undefined)
      teachSymbol(sink, textLine, field.value, field.symbol, field.source);
  }
}

/** Offset behind `[]uint8 = ` in front of a brace, or behind `(T *) ` in front of a number; `at` itself where neither stands there. */
function behindType(bytes: Uint8Array, at: number): number {
  let next = at;
  if (bytes[at] === bracket) {
    while (bytes[next] !== closingBracket) if (ofType[bytes[next++] ?? 0] === 0) return -1;
    if (next - at > longestLength || ofType[bytes[++next] ?? 0] === 0) return -1;
    while (ofType[bytes[next] ?? 0] === 1) next++;
    const isPlain =
      bytes[next] === space && bytes[next + 1] === equal && bytes[next + 2] === space && bytes[next + 3] === braceOpen;
    return isPlain && next - at <= longestType ? next + 3 : -1;
  }
  if (bytes[at] !== open) return at;
  for (let byte = bytes[++next] ?? 0; byte !== close; byte = bytes[++next] ?? 0)
    if (byte < space || byte > 126 || byte === open || next - at > longestType) return -1;
  return next > at + 1 && bytes[next + 1] === space && bytes[next + 2] === 48 ? next + 2 : -1;
}

/** Reads members from `at` on, inside of a brace; returns the offset behind the closing one. */
function readMembers(reading: Reading, from: number, path: string, depth: number): number {
  const { bytes } = reading.cursor;
  let at = from;
  for (let element = 0; ;) {
    const start = at;
    let name: string;
    if (firstOfName[bytes[at] ?? 0] === 1) {
      while (ofName[bytes[at] ?? 0] === 1) at++;
      if (at - start > longestName || bytes[at] !== space || bytes[at + 1] !== equal || bytes[at + 2] !== space) return -1;
      const { strings } = reading.sink.columns;
      name = memberPath(path, strings.at(namesOf(strings).intern(bytes, start, at)));
      at += 3;
    } else name = elementPath(path, element);
    at = readPlainFields(reading, start, at, name, depth);
    if (at < 0 || at > reading.end || reading.fields.length > mostFields) return -1;
    if (bytes[at] === braceClose) return at + 1;
    if (bytes[at] !== comma || bytes[at + 1] !== space) return -1;
    element += repeats;
    if (element > mostElements) return -1;
    at += 2;
  }
}

/** The number at `at` as a 64-bit value; `behind` is where it ends. */
function decimalAt(reading: Reading, at: number, behind: number): Address {
  const { bytes } = reading.cursor;
  const first = bytes[at] === minus ? at + 1 : at;
  if (behind - first <= exactDigits) {
    const value = decimalIn(bytes, first, behind);
    return toAddress(BigInt(first > at ? -value : value));
  }
  return toAddress(BigInt(reading.cursor.slice(at, behind)));
}

/** Does a value end at `at`? A string that goes on behind a comma does not. */
function isBehind(bytes: Uint8Array, at: number, end: number): boolean {
  if (at === end || bytes[at] === braceClose) return true;
  return bytes[at] === comma && bytes[at + 2] !== quote && bytes[at + 2] !== apostrophe;
}

function readScalar(reading: Reading, start: number, at: number, name: string): number {
  const { cursor, fields, end } = reading;
  const { bytes } = cursor;
  const first = bytes[at] ?? 0;
  if (first === less || first === letterF || first === letterT) return readWord(reading, start, at, name);
  let next = readHex(bytes, at);
  let value: Address;
  const isDecimal = next < 0;
  if (isDecimal) {
    const digits = first === minus ? at + 1 : at;
    next = behindDigits(bytes, digits);
    if (next === digits || next - digits > mostDigits) return -1;
    value = decimalAt(reading, at, next);
  } else value = addressOfHalves(wide.high, wide.low);
  let symbol = 0;
  let printed = 0;
  if (bytes[next] === space) {
    const from = next + 2;
    const sign = bytes[next + 1] ?? 0;
    if (sign === less && startsWith(bytes, next, end, repeatsMark))
      return readRepeated(reading, start, next, name, value, isDecimal);
    const last = sign === less ? symbolEndOf(bytes, from) : quotedEndOf(bytes, sign, from, end);
    if (last < 0) return -1;
    const { strings } = reading.sink.columns;
    const index = namesOf(strings).intern(bytes, from, last);
    if (sign === less) symbol = index;
    else {
      printed = 1;
      const text = strings.at(index);
      const source = cursor.range(start, last + 1);
      const quoted = sharedBytes(text);
      fields.push(
        isDecimal ? { name, source, value, text, bytes: quoted, decimal: true } : { name, source, value, text, bytes: quoted },
      );
    }
    next = last + 1;
  }
  if (!isBehind(bytes, next, end)) return -1;
  if (printed === 0) pushNumber(reading, start, next, name, value, symbol, isDecimal);
  return next;
}

function pushNumber(
  { cursor, fields, sink }: Reading,
  start: number,
  end: number,
  name: string,
  value: Address,
  symbol: number,
  decimal: boolean,
): void {
  const source = cursor.range(start, end);
  if (symbol !== 0) {
    const printed = sink.columns.strings.at(symbol);
    fields.push(decimal ? { name, source, value, symbol: printed, decimal } : { name, source, value, symbol: printed });
  } else fields.push(decimal ? { name, source, value, decimal } : { name, source, value });
}

/** A number with ` <repeats 28 times>` at `at`. */
function readRepeated(reading: Reading, start: number, at: number, name: string, value: Address, decimal: boolean): number {
  const { cursor, fields, end } = reading;
  const { bytes } = cursor;
  const digits = at + repeatsMark.length;
  const behind = behindDigits(bytes, digits);
  if (behind === digits || behind - digits > mostRepeatDigits || !startsWith(bytes, behind, end, timesMark)) return -1;
  const next = behind + timesMark.length;
  if (!isBehind(bytes, next, end)) return -1;
  const times = decimalIn(bytes, digits, behind);
  const source = cursor.range(start, next);
  fields.push(decimal ? { name, source, value, repeats: times, decimal } : { name, source, value, repeats: times });
  repeats = Math.max(1, times);
  return next;
}

/** `true`, `false` or `<optimized out>`. */
function readWord(reading: Reading, start: number, at: number, name: string): number {
  const { cursor, fields, end } = reading;
  const { bytes } = cursor;
  const mark = bytes[at] === less ? optimizedOut : bytes[at] === letterT ? trueMark : falseMark;
  const next = at + mark.length;
  if (!startsWith(bytes, at, end, mark) || !isBehind(bytes, next, end)) return -1;
  const source = cursor.range(start, next);
  if (mark === optimizedOut) fields.push({ name, source, text: '<optimized out>' });
  else fields.push({ name, source, value: toAddress(mark === trueMark ? 1 : 0) });
  return next;
}

/** Offset of the `>` of a plain symbol. */
function symbolEndOf(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater; byte = bytes[++at] ?? 0) {
    if (byte <= space || byte > 126 || byte === less || byte === quote || byte === braceOpen || byte === braceClose) return -1;
    if (at - start >= longestSymbol) return -1;
  }
  return at > start ? at : -1;
}

function isPrinted(byte: number): boolean {
  return byte >= space && byte <= 126;
}

/** Offset of the `sign` that ends the string or character whose first byte is at `start`. */
function quotedEndOf(bytes: Uint8Array, sign: number, start: number, end: number): number {
  if (sign !== quote && sign !== apostrophe) return -1;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== sign; byte = bytes[++at] ?? 0) {
    if (!isPrinted(byte) || at >= end || at - start > longestString) return -1;
    // Braces count where they stand in no string.
    if (sign === apostrophe && (byte === braceOpen || byte === braceClose || byte === quote)) return -1;
    if (byte === backslash && !isPrinted(bytes[++at] ?? 0)) return -1;
  }
  return sign === quote || isCharacter(bytes, start, at) ? at : -1;
}

/** Is bytes [start, end) one character: itself, or behind a backslash up to three octal digits or a letter? */
function isCharacter(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 1) return bytes[start] !== backslash;
  if (bytes[start] !== backslash || end - start > 4) return false;
  if (end - start === 2) return true;
  for (let at = start + 1; at < end; at++) if ((bytes[at] ?? 0) < 48 || (bytes[at] ?? 0) > 55) return false;
  return true;
}
