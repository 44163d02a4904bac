/** Where the lines of a text start, found piece by piece: all at once when it is opened, or by who reads it on the way. */
import { littleEndianHost } from './halves.ts';

const lineFeed = 10;
const escape = 27;
const margin = 1.1;
/** Longer tables are handed over as they are: their unused room was never touched. */
const fewLines = 1 << 16;

/** Whether one of four bytes is 27: the usual test for a zero byte. */
function hasEscape(four: number): boolean {
  const zeroed = four ^ 0x1b1b1b1b;
  return (((zeroed - 0x01010101) | 0) & ~zeroed & 0x80808080) !== 0;
}

export class LineTable {
  /** Bytes of the text. */
  readonly length: number;
  /** The first `count` are known; what is behind them is room. Another array when it grows. */
  starts: Uint32Array;
  count = 0;
  /** Everything before this offset of the text was looked at. */
  at = 0;
  /** Offset of the first escape so far, or -1. */
  escape = -1;

  /** A text of `length` bytes; `sample` of it tells how long its lines may be. */
  constructor(length: number, sample: Uint8Array) {
    this.length = length;
    let feeds = 1;
    for (let at = 0; at < sample.length; at++) if (sample[at] === lineFeed) feeds++;
    this.starts = new Uint32Array(Math.ceil(feeds * (length / Math.max(1, sample.length)) * margin) + 16);
    if (length > 0) this.count = 1;
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
    const shift = this.at + 1;
    let starts = this.starts;
    let count = this.count;
    const pairs = littleEndianHost ? words.length & ~1 : 0;
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
    this.count = count;
    for (let at = head + pairs * 4; at < length; at++) this.#look(bytes, at);
    this.at += length;
  }

  /** Who reads the text found lines and wrote their starts: `count` are known now, and all bytes before `at` were looked at. */
  advance(count: number, at: number): void {
    // Without branches: which of them is taken changes in the middle of a text, and the engine would have to compile again.
    const isFurther = at > this.at;
    this.count = isFurther ? count : this.count;
    this.at = isFurther ? at : this.at;
  }

  /** Call it once all bytes were added. */
  finish(): Uint32Array {
    const { length } = this;
    // A line feed at the very end begins no further line.
    if (this.count > 0 && this.starts[this.count - 1] === length && length > 0) this.count--;
    this.starts[this.count] = length;
    const cut = this.starts.subarray(0, this.count + 1);
    return this.count < fewLines ? cut.slice() : cut;
  }

  #look(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    if (byte === lineFeed) {
      // One place is kept free for the entry past the end.
      if (this.count + 1 >= this.starts.length) this.#grow();
      this.starts[this.count++] = this.at + at + 1;
    } else if (byte === escape && this.escape < 0) this.escape = this.at + at;
  }

  #grow(): Uint32Array {
    const grown = new Uint32Array(this.starts.length * 2);
    grown.set(this.starts);
    this.starts = grown;
    return grown;
  }
}

/** Lines that nobody has looked for yet, of a text that is not in memory. */
export interface PendingLines {
  /** An empty table for who reads the whole text. */
  begin(): LineTable;
  /** The lines that a reader found, all of them; `escape` as in its table. */
  settle(starts: Uint32Array, escape: number): void;
  /** Offset of the first escape that a reader found, or -1: a text with one was opened for less than it is. */
  readonly escape: number;
}
