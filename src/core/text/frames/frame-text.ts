/** The two lines of a frame as bytes: how they are compared, and where their parts end. */
import { ascii, hexTable, isDigit, startsWith } from '../bytes.ts';

export const createdMark = ascii('created by ');
export const inGoroutineMark = ascii(' in goroutine ');
export const offsetMark = ascii(' +0x');
const placeMark = ascii(' fp=0x');
const firstOfCreated = 99;
export const lineFeed = 10;
export const space = 32;
export const zero = 48;
export const colon = 58;
export const openParenthesis = 40;
const closeParenthesis = 41;
const plus = 43;
/** Source lines have at most nine digits here, offsets eight. */
export const mostLineDigits = 9;
export const mostOffsetDigits = 8;

/** Whether `length` bytes at `at` are those kept at `from`. No kept byte is zero, so that doubles are equal where their bytes are. */
export function sameText(view: DataView, at: number, kept: DataView, from: number, length: number): boolean {
  let i = 0;
  for (; i + 8 <= length; i += 8) if (view.getFloat64(at + i, true) !== kept.getFloat64(from + i, true)) return false;
  if (i === length) return true;
  if (length >= 8) return view.getFloat64(at + length - 8, true) === kept.getFloat64(from + length - 8, true);
  for (; i < length; i++) if (view.getUint8(at + i) !== kept.getUint8(from + i)) return false;
  return true;
}

/** Where the next line starts, when `)` and a line feed are the first parenthesis and the first control byte from `from` on; else 0. */
export function argumentsEnd(view: DataView, from: number, limit: number): number {
  for (let at = from; at < limit; at += 4) {
    const four = view.getInt32(at, true);
    // A byte of either parenthesis becomes zero; the usual tests for a zero byte and for one below 32 follow.
    const zeroed = (four ^ 0x28282828) & ~0x01010101;
    const found = (((zeroed - 0x01010101) & ~zeroed) | ((four - 0x20202020) & ~four)) & 0x80808080;
    if (found !== 0) {
      const place = at + ((31 - Math.clz32(found & -found)) >> 3);
      return view.getUint8(place) === closeParenthesis && view.getUint8(place + 1) === lineFeed ? place + 2 : 0;
    }
  }
  return 0;
}

/** Where the part of the line at [start, feed) ends that a site prints the same each time; 0 when it has no such part. */
export function headEnd(bytes: Uint8Array, start: number, feed: number): number {
  let at = feed;
  if (bytes[start] === firstOfCreated && startsWith(bytes, start, feed, createdMark)) {
    while (isDigit(bytes[at - 1])) at--;
    if (at < feed && startsWith(bytes, at - inGoroutineMark.length, at, inGoroutineMark)) return at;
    return feed;
  }
  if (bytes[--at] !== closeParenthesis) return 0;
  do at--;
  while (at > start && bytes[at] !== openParenthesis && bytes[at] !== closeParenthesis);
  return at > start && bytes[at] === openParenthesis ? at + 1 : 0;
}

/** Where `:12[ +0x3]` ends at `from`, with the end of the line or a place behind it; else 0. */
export function tailEnd(bytes: Uint8Array, from: number, feed: number): number {
  let at = from;
  if (bytes[at++] !== colon) return 0;
  const digits = at;
  while (isDigit(bytes[at])) at++;
  if (at === digits || at - digits > mostLineDigits) return 0;
  if (startsWith(bytes, at, feed, offsetMark)) {
    const hex = (at += offsetMark.length);
    while ((hexTable[bytes[at] ?? 0] ?? -1) >= 0) at++;
    if (at === hex || at - hex > mostOffsetDigits) return 0;
  }
  return at === feed || startsWith(bytes, at, feed, placeMark) ? at : 0;
}

/** No control bytes, of which no kept text may have one. */
export function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) < space) return false;
  return true;
}

/** Of six words spread over a head, and its length. */
export function hashOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  let hashed = length;
  if (length < 24) for (let at = start; at < end; at++) hashed = Math.imul(hashed ^ view.getUint8(at), 0x01000193);
  else {
    const step = Math.floor((length - 4) / 5);
    for (let word = 0, at = end - 4; word < 6; word++, at -= step) {
      hashed = Math.imul(hashed ^ view.getInt32(at, true), 0x5bd1e995);
      hashed ^= hashed >>> 15;
    }
  }
  return hashed ^ (hashed >>> 13);
}

/** The first control byte from `from` on; 0 when there is none before `limit`. */
export function controlAt(view: DataView, from: number, limit: number): number {
  for (let at = from; at < limit; at += 4) {
    const four = view.getInt32(at, true);
    const found = (four - 0x20202020) & ~four & 0x80808080;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
  }
  return 0;
}

/** Whether the second line of a frame can end at `at`: a longer number, or an offset behind it, is another place. */
export function endsTail(view: DataView, at: number): boolean {
  const next = view.getUint8(at);
  return next === lineFeed || (next === space && view.getUint8(at + 1) !== plus);
}
