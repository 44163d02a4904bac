/** Strings of one JSON record, found by offset: lenient, so that a record that was cut off still gives its strings. */
import { indexWithin } from './lines.ts';
import type { TextBuilder } from './builder.ts';

export interface JsonString {
  /** The key whose value this is; undefined for members of arrays. */
  key: string | undefined;
  /** Contents, without the quotes, still escaped. */
  start: number;
  end: number;
  /** Objects and arrays around it; 1 = a field of the record itself. */
  depth: number;
  /** Escaped line feeds inside. */
  lineEnds: number;
}

const quote = 0x22;
const backslash = 0x5c;

/** Values that are strings, in printed order. */
export function scanStrings(bytes: Uint8Array, start: number, end: number): JsonString[] {
  const found: JsonString[] = [];
  let depth = 0;
  let key: string | undefined;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c) key = undefined;
    if (byte !== quote) continue;
    const { close, lineEnds } = stringEnd(bytes, at + 1, end);
    const after = skipBlanks(bytes, close + 1, end);
    if (bytes[after] === 0x3a && after < end) {
      key = shortString(bytes, at + 1, Math.min(close, at + 65));
      at = after;
    } else {
      found.push({ key, start: at + 1, end: close, depth, lineEnds });
      key = undefined;
      at = close;
    }
  }
  return found;
}

/** Keys are short and many: cheaper than a decoder. */
function shortString(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function stringEnd(bytes: Uint8Array, from: number, end: number): { close: number; lineEnds: number } {
  let lineEnds = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) return { close: at, lineEnds };
    if (byte === backslash) {
      at++;
      // Escaped twice: a record in the string of a record.
      if (bytes[at] === 0x6e || (bytes[at] === backslash && bytes[at + 1] === 0x6e)) lineEnds++;
    }
  }
  return { close: end, lineEnds };
}

function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return at;
}

const plain: Record<number, string> = {
  0x6e: '\n',
  0x74: '\t',
  0x72: '\r',
  0x62: '\b',
  0x66: '\f',
  0x61: '\u0007',
  0x76: '\v',
  0x22: '"',
  0x5c: '\\',
  0x2f: '/',
};

/** Copies [start, end) with its escapes decoded; each escape is a made piece. */
export function unescapeInto(out: TextBuilder, bytes: Uint8Array, start: number, end: number): void {
  let from = start;
  while (from < end) {
    const found = indexWithin(bytes, backslash, from, end);
    const at = found < 0 ? end : found;
    out.copy(from, at);
    if (at === end) return;
    const { text, length } = escapeAt(bytes, at, end);
    if (text === '') out.copy(at, at + length);
    else out.make(text, at, at + length);
    from = at + length;
  }
}

/** The escape at `at`; text is '' when it is none. */
function escapeAt(bytes: Uint8Array, at: number, end: number): { text: string; length: number } {
  const simple = plain[bytes[at + 1] ?? 0];
  if (simple !== undefined && at + 1 < end) return { text: simple, length: 2 };
  const unit = unitAt(bytes, at, end);
  if (unit === undefined) return goEscapeAt(bytes, at, end);
  const low = unit >= 0xd800 && unit < 0xdc00 ? unitAt(bytes, at + 6, end) : undefined;
  if (low !== undefined && low >= 0xdc00 && low < 0xe000) return { text: String.fromCharCode(unit, low), length: 12 };
  return { text: String.fromCharCode(unit), length: 6 };
}

/** The UTF-16 unit of a `\uXXXX` at `at`. */
function unitAt(bytes: Uint8Array, at: number, end: number): number | undefined {
  if (at + 6 > end || bytes[at] !== backslash || bytes[at + 1] !== 0x75) return undefined;
  const digits = shortString(bytes, at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? parseInt(digits, 16) : undefined;
}

/** `\\xNN` and `\\UNNNNNNNN`, which only Go's quoting writes: a byte that is no text, and rare characters. */
function goEscapeAt(bytes: Uint8Array, at: number, end: number): { text: string; length: number } {
  const length = bytes[at + 1] === 0x78 ? 4 : bytes[at + 1] === 0x55 ? 10 : 0;
  const digits = length === 0 || at + length > end ? '' : shortString(bytes, at + 2, at + length);
  if (!/^[0-9a-fA-F]+$/.test(digits)) return { text: '', length: 1 };
  const point = parseInt(digits, 16);
  if (length === 4) return { text: point < 0x80 ? String.fromCharCode(point) : '\ufffd', length };
  return { text: point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd', length };
}
