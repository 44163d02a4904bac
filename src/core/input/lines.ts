/** Lines of bytes: where they start, and their heads as strings for layers that must look at each of them. */

const lineFeed = 10;
const escape = 27;
/** Rows are estimated from so many bytes at the front; later lines may be shorter. */
const sampledBytes = 1 << 14;
const margin = 1.1;
/** Longer tables are handed over as they are: their unused room was never touched. */
const fewLines = 1 << 16;

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

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Whether one of four bytes is 27: the usual test for a zero byte. */
function hasEscape(four: number): boolean {
  const zeroed = four ^ 0x1b1b1b1b;
  return (((zeroed - 0x01010101) | 0) & ~zeroed & 0x80808080) !== 0;
}

/** Lines of a text that comes in pieces. */
export class LineTable {
  /** Offset of the first escape so far, or -1. */
  escape = -1;
  readonly #length: number;
  #starts: Uint32Array;
  #count = 0;
  /** Bytes added so far. */
  #at = 0;

  /** A text of `length` bytes; `sample` of it tells how long its lines may be. */
  constructor(length: number, sample: Uint8Array) {
    this.#length = length;
    let feeds = 1;
    for (let at = 0; at < sample.length; at++) if (sample[at] === lineFeed) feeds++;
    this.#starts = new Uint32Array(Math.ceil(feeds * (length / Math.max(1, sample.length)) * margin) + 16);
    if (length > 0) this.#count = 1;
  }

  /** The next bytes of the text. */
  add(bytes: Uint8Array): void {
    const { length } = bytes;
    // Eight bytes at a time where the memory is aligned; only words with a byte below 32 are looked into.
    const aligned = (4 - (bytes.byteOffset & 3)) & 3;
    const head = Math.min(length, aligned);
    const words = new Int32Array(
      bytes.buffer,
      aligned > length ? 0 : bytes.byteOffset + aligned,
      Math.floor((length - head) / 4),
    );
    for (let at = 0; at < head; at++) this.#look(bytes, at);
    const shift = this.#at + 1;
    let starts = this.#starts;
    let count = this.#count;
    const pairs = littleEndian ? words.length & ~1 : 0;
    for (let word = 0; word < pairs; word += 2) {
      const first = words[word] ?? 0;
      const second = words[word + 1] ?? 0;
      if (((((first - 0x20202020) | 0) & ~first) | (((second - 0x20202020) | 0) & ~second)) & 0x80808080) {
        // One place is kept free for the entry past the end.
        if (count + 9 >= starts.length) starts = this.#grow();
        let at = shift + head + word * 4;
        for (let half = 0, four = first; half < 2; half++, four = second, at += 4) {
          if ((four & 0xff) === lineFeed) starts[count++] = at;
          if ((four & 0xff00) === lineFeed << 8) starts[count++] = at + 1;
          if ((four & 0xff0000) === lineFeed << 16) starts[count++] = at + 2;
          if (four >>> 24 === lineFeed) starts[count++] = at + 3;
          if (this.escape < 0 && hasEscape(four)) this.escape = at - 1 + bytes.subarray(at - shift).indexOf(escape);
        }
      }
    }
    this.#count = count;
    for (let at = head + pairs * 4; at < length; at++) this.#look(bytes, at);
    this.#at += length;
  }

  /** Call it once all bytes were added. */
  finish(): Uint32Array {
    const length = this.#length;
    // A line feed at the very end begins no further line.
    if (this.#count > 0 && this.#starts[this.#count - 1] === length && length > 0) this.#count--;
    this.#starts[this.#count] = length;
    const cut = this.#starts.subarray(0, this.#count + 1);
    return this.#count < fewLines ? cut.slice() : cut;
  }

  #look(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    if (byte === lineFeed) {
      // One place is kept free for the entry past the end.
      if (this.#count + 1 >= this.#starts.length) this.#grow();
      this.#starts[this.#count++] = this.#at + at + 1;
    } else if (byte === escape && this.escape < 0) this.escape = this.#at + at;
  }

  #grow(): Uint32Array {
    const grown = new Uint32Array(this.#starts.length * 2);
    grown.set(this.#starts);
    this.#starts = grown;
    return grown;
  }
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

/** Offset of `byte` in [from, to), or -1: a search that has no end of its own would run to the end of the text. */
export function indexWithin(bytes: Uint8Array, byte: number, from: number, to: number): number {
  if (to - from > 64) {
    const found = bytes.subarray(from, to).indexOf(byte);
    return found < 0 ? -1 : from + found;
  }
  for (let at = from; at < to; at++) if (bytes[at] === byte) return at;
  return -1;
}
