/** Lines of bytes: where they start, and their heads as strings for layers that must look at each of them. */

/**
 * Start of each line and one entry past the end. Lines end with a line feed; a last line without one counts, an empty
 * text has no line.
 */
export function lineStartsOf(bytes: Uint8Array): Uint32Array {
  const length = bytes.length;
  let starts = new Uint32Array(Math.max(16, Math.ceil(length / 48)));
  let count = 0;
  for (let at = 0; at < length;) {
    // One place is kept free for the entry past the end.
    if (count + 1 >= starts.length) {
      const grown = new Uint32Array(starts.length * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[count++] = at;
    const feed = bytes.indexOf(10, at);
    at = feed < 0 ? length : feed + 1;
  }
  starts[count] = length;
  return starts.slice(0, count + 1);
}

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
