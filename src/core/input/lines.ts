/** Lines of bytes: where they start, and their heads as strings for layers that must look at each of them. */
import { LineTable } from '../model/line-table.ts';

const escape = 27;
/** The number of lines is estimated from so many bytes at the front; later lines may be shorter. */
const sampledBytes = 1 << 14;

/** Where the first escape of a text stands, as far as its lines were looked for; -1 = nowhere. */
const escapes = new WeakMap<Uint8Array, number>();

/** Offset of the first escape (27), or -1. Known at no cost once the lines of `bytes` were looked for. */
export function firstEscape(bytes: Uint8Array): number {
  return escapes.get(bytes) ?? bytes.indexOf(escape);
}

/**
 * Start of each line and one entry past the end. Lines end with a line feed; a last line without one counts, an empty
 * text has no line.
 */
export function lineStartsOf(bytes: Uint8Array): Uint32Array {
  const table = new LineTable(bytes.length, bytes.subarray(0, sampledBytes));
  table.add(bytes);
  escapes.set(bytes, table.escape);
  return table.finish();
}

/** The UTF-8 byte order mark as a byte string. */
export const byteOrderMark = '\u00ef\u00bb\u00bf';

// One character per byte, so that columns of the string are byte offsets.
const decoder = new TextDecoder('latin1');

/** Bytes [start, end) as a string with one character per byte; ASCII stays what it is. */
export function byteString(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Bytes decoded at once by `forEachLine`. */
const blockBytes = 1 << 20;

/**
 * Calls `visit` for each line: its first `columns` bytes as a byte string (without the line feed), its start, and its
 * end before the line feed.
 */
export function forEachLine(bytes: Uint8Array, columns: number, visit: (line: string, start: number, end: number) => void): void {
  let block = '';
  let blockStart = 0;
  let blockEnd = 0;
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(10, at);
    const end = feed < 0 ? bytes.length : feed;
    const headEnd = Math.min(end, at + columns);
    if (headEnd > blockEnd) {
      blockStart = at;
      blockEnd = Math.max(headEnd, Math.min(bytes.length, at + blockBytes));
      block = byteString(bytes, blockStart, blockEnd);
    }
    visit(block.slice(at - blockStart, headEnd - blockStart), at, end);
    at = end + 1;
  }
}

/** Offset of `byte` in [from, to), or -1: a search that has no end of its own would run to the end of the text. */
export function indexWithin(bytes: Uint8Array, byte: number, from: number, to: number): number {
  if (to - from > 64) {
    const found = bytes.subarray(from, to).indexOf(byte);
    return found < 0 ? -1 : from + found;
  }
  for (let at = from; at < to; at++) if (bytes[at] === byte) return at;
  return -1;
}
