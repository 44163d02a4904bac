/** Byte tests shared by the readers on the hot path: no strings, no expressions. */

export const tab = 9;
export const space = 32;

export function isSpace(byte: number | undefined): boolean {
  return byte === space || byte === tab || byte === 13;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Does line `index` begin with a blank? Forms that are indented need not be looked for in others. */
export function isIndented(cursor: { bytes: Uint8Array; start(index: number): number }, index: number): boolean {
  const byte = cursor.bytes[cursor.start(index)];
  return byte === space || byte === tab;
}

/** Value of each byte as a hexadecimal digit, lower or upper case; -1 = none. */
export const hexTable = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  hexTable[text.charCodeAt(0)] = digit;
  hexTable[text.toUpperCase().charCodeAt(0)] = digit;
}

/** Value of a hexadecimal digit, or -1. */
export function hexValue(byte: number | undefined): number {
  return byte === undefined ? -1 : (hexTable[byte] ?? -1);
}

/** Length of the run of hexadecimal digits with which line `index` begins behind its blanks; 0 = none. */
export function leadingHex(
  cursor: { bytes: Uint8Array; start(index: number): number; end(index: number): number },
  index: number,
): number {
  const end = cursor.end(index);
  const from = skipSpace(cursor.bytes, cursor.start(index), end);
  let at = from;
  while (at < end && hexValue(cursor.bytes[at]) >= 0) at++;
  return at - from;
}

/** First offset in [from, end) that is no white space; `end` when there is none. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

/** Offset past the last byte in [start, end) that is no white space. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at--;
  return at;
}

/** An ASCII word as bytes, for `startsWith`. */
export function ascii(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0));
}

export function startsWith(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

export function endsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  return end - word.length >= start && startsWith(bytes, end - word.length, end, word);
}

/** Pairs of hexadecimal digits as bytes, white space between them or none; a digit without its second half is left out. */
export function bytesOfHex(text: string): Uint8Array {
  const digits = text.replace(/\s/g, '');
  return Uint8Array.from({ length: digits.length >> 1 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}
