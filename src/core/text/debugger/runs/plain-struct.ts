/**
 * A struct or array that `print` put on one line, of numbers, plain strings and symbols: `$1 = {flags = 7, name = 0xc0 "id", mu = {state = 0}}`.
 * Any other is left to `valueReader`, whose grammar (`print-value.ts`) gives the same for these.
 */
import { addressOfHalves, toAddress, type Address } from '../../../model/address.ts';
import type { TypedField } from '../../../model/struct.ts';
import { ascii } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { longestLine } from '../lines.ts';
import { teachSymbol } from '../session.ts';
import { pushFields } from '../struct-fact.ts';
import { behindDigits, decimalIn, exactDigits, readHex, wide } from './number.ts';
import { readPlainValue } from './plain-value.ts';

const mostFields = 1000;
const deepest = 16;
const longestName = 200;
const longestSymbol = 400;
const mostNumberDigits = 9;
const space = 32;
const quote = 34;
const dollar = 36;
const comma = 44;
const minus = 45;
const less = 60;
const equal = 61;
const greater = 62;
const backslash = 92;
const braceOpen = 123;
const braceClose = 125;

/** May `byte` be of a member's name? */
const ofName = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$.0123456789') ofName[letter.charCodeAt(0)] = 1;

/** What is being read. */
interface Reading {
  cursor: LineCursor;
  sink: RecordSink;
  /** Behind the last brace. */
  end: number;
  fields: TypedField[];
}

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95;
}

/** Reads members from `at` on, inside of a brace; returns the offset behind the closing one, -1 = a closer look is needed. */
function readMembers(reading: Reading, from: number, path: string, depth: number): number {
  const { bytes } = reading.cursor;
  let at = from;
  for (let member = 0; ; member++) {
    const start = at;
    let own = `[${member.toString()}]`;
    if (isLetter(bytes[at] ?? 0)) {
      while (ofName[bytes[at] ?? 0] === 1) at++;
      if (at - start > longestName || bytes[at] !== space || bytes[at + 1] !== equal || bytes[at + 2] !== space) return -1;
      own = reading.sink.columns.strings.at(namesOf(reading.sink.columns.strings).intern(bytes, start, at));
      at += 3;
    }
    const name = path === '' || own.charCodeAt(0) === 91 ? path + own : `${path}.${own}`;
    at = bytes[at] === braceOpen ? readNested(reading, at + 1, name, depth) : readScalar(reading, start, at, name);
    if (at < 0 || at > reading.end || reading.fields.length > mostFields) return -1;
    if (bytes[at] === braceClose) return at + 1;
    if (bytes[at] !== comma || bytes[at + 1] !== space) return -1;
    at += 2;
  }
}

function readNested(reading: Reading, at: number, name: string, depth: number): number {
  return depth >= deepest ? -1 : readMembers(reading, at, name, depth + 1);
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

const mostDigits = 20;

const texts = new Map<string, Uint8Array>();
const mostTexts = 1000;

/** The bytes of an ASCII text; the same array for the same text, as a program prints few. */
function bytesOf(text: string): Uint8Array {
  let bytes = texts.get(text);
  if (bytes !== undefined) return bytes;
  bytes = ascii(text);
  if (texts.size < mostTexts) texts.set(text, bytes);
  return bytes;
}

/** Reads the value at `at` of the member that begins at `start`; returns the offset behind it, -1 = it is not plain. */
function readScalar(reading: Reading, start: number, at: number, name: string): number {
  const { cursor, fields } = reading;
  const { bytes } = cursor;
  let value: Address;
  let next = readHex(bytes, at);
  const isDecimal = next < 0;
  if (isDecimal) {
    const first = bytes[at] === minus ? at + 1 : at;
    next = behindDigits(bytes, first);
    if (next === first || next - first > mostDigits) return -1;
    value = decimalAt(reading, at, next);
  } else value = addressOfHalves(wide.high, wide.low);
  let symbol = 0;
  let text: string | undefined;
  let printed: Uint8Array | undefined;
  if (bytes[next] === space && bytes[next + 1] === less) {
    const close = symbolEndOf(bytes, next + 2);
    if (close < 0) return -1;
    symbol = namesOf(reading.sink.columns.strings).intern(bytes, next + 2, close);
    next = close + 1;
  } else if (bytes[next] === space && bytes[next + 1] === quote) {
    const close = stringEndOf(bytes, next + 2, reading.end);
    if (close < 0) return -1;
    text = reading.sink.columns.strings.at(namesOf(reading.sink.columns.strings).intern(bytes, next + 2, close));
    printed = bytesOf(text);
    next = close + 1;
  }
  if (bytes[next] !== comma && bytes[next] !== braceClose) return -1;
  const field: TypedField = { name, source: cursor.range(start, next), value };
  if (text !== undefined) field.text = text;
  if (printed !== undefined) field.bytes = printed;
  if (symbol !== 0) field.symbol = reading.sink.columns.strings.at(symbol);
  if (isDecimal) field.decimal = true;
  fields.push(field);
  return next;
}

/** Offset of the `>` of a plain symbol; `<repeats 3 times>` is none. */
function symbolEndOf(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater; byte = bytes[++at] ?? 0) {
    if (byte <= space || byte > 126 || byte === less || byte === quote || byte === braceOpen || byte === braceClose) return -1;
    if (at - start >= longestSymbol) return -1;
  }
  return at > start ? at : -1;
}

/** Offset of the quote that ends a string without escapes. */
function stringEndOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== quote; byte = bytes[++at] ?? 0)
    if (byte < space || byte > 126 || byte === backslash || at >= end) return -1;
  return at;
}

/** Reads the struct, array or number on line `index`; returns 1, or 0 where a closer look is needed. */
export function readPlainStruct(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (bytes[start] !== dollar || end - start > longestLine) return 0;
  const digits = behindDigits(bytes, start + 1);
  if (digits === start + 1 || digits - start > mostNumberDigits + 1) return 0;
  if (bytes[digits] !== space || bytes[digits + 1] !== equal || bytes[digits + 2] !== space) return 0;
  if (bytes[digits + 3] !== braceOpen) return readPlainValue(cursor, index, sink, start, digits, end);
  if (bytes[end - 1] !== braceClose) return 0;
  const reading: Reading = { cursor, sink, end, fields: [] };
  if (readMembers(reading, digits + 4, '', 0) !== end) return 0;
  for (const { value, symbol, source } of reading.fields)
    if (symbol !== undefined && value !== undefined) teachSymbol(sink, index, value, symbol, source);
  pushFields(sink, index, reading.fields, cursor.lineRange(index), false);
  markRecognised(sink, index, 1);
  return 1;
}
