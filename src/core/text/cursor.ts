/** Lines of an unwrapped text: bytes first, decoded only when a reader asks. */
import { originRange } from '../model/origin.ts';
import { textBytes, textLength } from '../model/bytes.ts';
import type { OriginMap, SourceDocument } from '../model/document.ts';
import type { LineTable } from '../model/line-table.ts';
import type { SourceRange } from '../model/source.ts';

const decoder = new TextDecoder('utf-8');

/** How much of a text that is not in memory is held at once; bytes. */
export interface WindowSizes {
  /** Read since the window began: then it moves on. */
  slide: number;
  /** Kept before the line at which it moves. */
  before: number;
  /** Fetched at once. */
  ahead: number;
  /** Room of a window at first: untouched, it costs no memory. A longer record gets more. */
  room: number;
}

/** A window and what is fetched at once fit near the processor. */
const usualSizes: WindowSizes = { slide: 1 << 18, before: 1 << 16, ahead: 1 << 17, room: 1 << 22 };

const firstSize = 1 << 13;
/** Longer lines may be unread where they stand at the end of a window that grows. */
const longLine = 1 << 16;
/** Bytes in which lines are looked for beyond the one that is asked for: no reader looks further without asking. */
const lookedAhead = (1 << 15) + 5;
/** Lines are decoded so many bytes at once; a piece of one keeps no more than that in memory. */
const decodedAtOnce = 1 << 10;
/** Small and odd at first: so each way through the search was taken before the engine compiles it. */
const firstPiece = 255;

/**
 * Lines are counted in the whole text. Offsets (`start`, `end`, and what is read with them in `bytes`) are those of the
 * window: the whole text where it is in memory. Between two records the window moves on; while a record is read it only grows.
 */
export class LineCursor {
  readonly document: number;
  /** The window. */
  bytes: Uint8Array;
  /** The same bytes, for readers that take four at a time. */
  view: DataView;
  /** Lines of the text; without end as long as not all were found. */
  count: number;
  /** Bytes of the text. */
  readonly byteLength: number;
  /** Starts of the lines that were found. Another array when more are found than was expected. */
  lineStarts: Uint32Array;
  /** Offset in the text of the window's first byte: added to offsets that are kept. */
  base = 0;
  /** Lines up to this one are found and in the window, unless they stand before it. */
  loaded: number;
  /** Told when `lineStarts` has become another array. */
  onWider: (() => void) | undefined;
  readonly #source: SourceDocument;
  readonly #sizes: WindowSizes;
  /** Of a text whose lines are found while it is read, until the last is. */
  #lines: LineTable | undefined;
  /** Sizes grow from small ones: so each way through the readers was taken before the engine compiles them. */
  #slide: number;
  #ahead: number;
  /** Offset in the text past the last byte of the window. */
  #loadedEnd: number;
  /** The line decoded last: every reader that looks at a line asks for it. */
  #decodedIndex = -1;
  #decoded = '';
  /** Text from offset `#blockStart` of the text on, where each byte is a character; up to `#blockEnd` none else is to be tried. */
  #block = '';
  #blockStart = 0;
  #blockEnd = 0;

  constructor(document: SourceDocument, sizes: WindowSizes = usualSizes) {
    this.document = document.id;
    this.#lines = document.pendingLines?.begin();
    this.lineStarts = this.#lines?.starts ?? document.text.lineStarts;
    this.count = this.#lines === undefined ? Math.max(0, this.lineStarts.length - 1) : Infinity;
    this.byteLength = textLength(document);
    this.#source = document;
    this.#sizes = sizes;
    this.#slide = Math.min(sizes.slide, firstSize);
    this.#ahead = Math.min(sizes.ahead, firstSize);
    const stored = document.store !== undefined;
    this.bytes = stored ? new Uint8Array(Math.min(sizes.room, this.byteLength)) : document.text.bytes;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    this.loaded = stored ? 0 : Infinity;
    this.#loadedEnd = stored ? 0 : this.byteLength;
  }

  /** Offset of the first byte of line `index`. */
  start(index: number): number {
    if (index >= this.loaded) this.load(index);
    return (this.lineStarts[index] ?? this.byteLength) - this.base;
  }

  /** Offset past the last byte of line `index`, without its line feed. */
  end(index: number): number {
    if (index >= this.loaded) this.load(index);
    const past = (this.lineStarts[index + 1] ?? this.byteLength) - this.base;
    const start = (this.lineStarts[index] ?? this.byteLength) - this.base;
    return past > start && this.bytes[past - 1] === 10 ? past - 1 : past;
  }

  /** Decoded text of line `index`; '' past the end. */
  line(index: number): string {
    if (index === this.#decodedIndex) return this.#decoded;
    if (index < 0 || index >= this.count) return '';
    this.#decodedIndex = index;
    const start = this.start(index);
    this.#decoded = start >= 0 ? this.#lineAt(start, this.end(index)) : this.#distant(index);
    return this.#decoded;
  }

  /** A line of the window: cut from a block of plain text where there is one. */
  #lineAt(start: number, end: number): string {
    if (end - start > decodedAtOnce / 2) return this.slice(start, end);
    const from = start + this.base;
    if (from < this.#blockStart || end + this.base > this.#blockEnd) this.#decodeFrom(start);
    const at = from - this.#blockStart;
    return this.#block === '' ? this.slice(start, end) : this.#block.slice(at, at + end - start);
  }

  /** Decodes a block from offset `start` of the window on. What is not plain is left to be decoded line by line. */
  #decodeFrom(start: number): void {
    const end = Math.min(start + decodedAtOnce, this.filled);
    this.#blockStart = start + this.base;
    this.#blockEnd = end + this.base;
    const text = this.slice(start, end);
    this.#block = text.length === end - start ? text : '';
  }

  slice(start: number, end: number): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** Bytes [start, end) of the whole text, in the window or not; good until the next ones are asked for. */
  textBetween(start: number, end: number): Uint8Array {
    return textBytes(this.#source, start, end);
  }

  /** Whether the text ends with a line feed. */
  endsWithFeed(): boolean {
    return this.textBetween(this.byteLength - 1, this.byteLength)[0] === 10;
  }

  isBlank(index: number): boolean {
    for (let at = this.start(index), end = this.end(index); at < end; at++) {
      const byte = this.bytes[at];
      if (byte !== 32 && byte !== 9 && byte !== 13) return false;
    }
    return true;
  }

  /** What the lines are of: for what is decoded later. */
  get source(): SourceDocument {
    return this.#source;
  }

  /** From offsets in the text to the document's bytes. */
  get origin(): OriginMap {
    return this.#source.text.origin;
  }

  /** Where bytes [start, end) of the window stand in the document. */
  range(start: number, end: number): SourceRange {
    return originRange(this.#source.text.origin, this.document, start + this.base, end + this.base);
  }

  /** Lines need not be in the window. */
  lineRange(first: number, last: number = first): SourceRange {
    return originRange(this.#source.text.origin, this.document, this.lineStarts[first] ?? this.byteLength, this.#endInText(last));
  }

  /** Between two records: lets the window go on to line `index` when enough was read. */
  pass(index: number): void {
    if (this.loaded === Infinity) return;
    if ((this.lineStarts[index] ?? 0) - this.base > this.#slide + this.#sizes.before) this.moveTo(index);
  }

  /** Makes line `index` the one at which the window stands; lines shortly before it may be read too. */
  moveTo(index: number): void {
    if (this.loaded === Infinity) return;
    this.#slide = Math.min(this.#sizes.slide, this.#slide * 2);
    const base = Math.max(0, (this.lineStarts[index] ?? this.byteLength) - this.#sizes.before);
    const isAhead = base >= this.base && base <= this.#loadedEnd;
    if (isAhead) this.bytes.copyWithin(0, base - this.base, this.#loadedEnd - this.base);
    else {
      this.#loadedEnd = base;
      this.loaded = 0;
    }
    this.base = base;
    if (this.#lines === undefined) this.load(index);
    else this.reach(index);
  }

  /** Finds lines so far beyond line `index` that no reader looks further without asking. */
  ahead(index: number): void {
    const lines = this.#lines;
    if (lines !== undefined && (index >= this.loaded || lines.at < (this.lineStarts[index] ?? 0) + lookedAhead / 2))
      this.#find(lines, index);
  }

  /** Fetches what is missing up to line `index`, and some lines more. */
  load(index: number): void {
    const lines = this.#lines;
    if (lines !== undefined) {
      this.#find(lines, index);
      return;
    }
    const last = Math.min(index, this.count - 1);
    if (last < this.loaded) return;
    this.#fetchTo(this.lineStarts[last + 1] ?? this.byteLength);
    this.loaded = this.#linesBefore(this.#loadedEnd);
  }

  /** Lets the window hold some lines from line `index` on, whether their ends were found or not. */
  reach(index: number): void {
    if (this.loaded === Infinity) return;
    const some = Math.min(this.#sizes.slide, longLine);
    const wanted = Math.min(this.byteLength, (this.lineStarts[index] ?? 0) + some);
    if (wanted <= this.#loadedEnd) return;
    this.#fetchTo(wanted);
    if (this.#lines === undefined) this.loaded = this.#linesBefore(this.#loadedEnd);
  }

  /** Offset in the window past its last byte. */
  get filled(): number {
    return this.#loadedEnd - this.base;
  }

  /** Lines before line `index` were read, which starts at offset `start` of the window: their starts stand in `lineStarts`. */
  passed(index: number, start: number): void {
    if (this.#lines === undefined) return;
    this.#lines.advance(index + 1, start + this.base);
    this.loaded = this.#lines.count - 1;
  }

  /** Looks for lines, up to the end of line `index` and some further. */
  #find(lines: LineTable, index: number): void {
    const until = Math.min(this.byteLength, (lines.starts[Math.min(index, lines.count - 1)] ?? 0) + lookedAhead);
    while (lines.at < this.byteLength && (lines.count <= index + 1 || lines.at < until)) {
      if (lines.at >= this.#loadedEnd) this.#fetchTo(Math.min(this.byteLength, lines.at + 1));
      const end = Math.min(this.#loadedEnd, lines.at === 0 ? firstPiece : Math.max(until, lines.at + lookedAhead));
      lines.add(this.bytes.subarray(lines.at - this.base, end - this.base));
    }
    if (lines.starts !== this.lineStarts) {
      this.lineStarts = lines.starts;
      this.onWider?.();
    }
    this.loaded = lines.count - 1;
    if (lines.at >= this.byteLength) this.#settle(lines);
  }

  /** All lines were found. */
  #settle(lines: LineTable): void {
    this.#lines = undefined;
    this.lineStarts = lines.finish();
    this.count = this.loaded = this.lineStarts.length - 1;
    this.#source.pendingLines?.settle(this.lineStarts, lines.escape);
    this.onWider?.();
  }

  #fetchTo(needed: number): void {
    const wanted = Math.min(this.byteLength, Math.max(needed, this.#loadedEnd + this.#ahead));
    this.#ahead = Math.min(this.#sizes.ahead, this.#ahead * 2);
    if (wanted - this.base > this.bytes.length) this.#grow(wanted - this.base);
    const fetched = this.#fetch(this.#loadedEnd, wanted);
    // What could not be fetched is zeros, not what stood there before.
    this.bytes.fill(0, this.#loadedEnd + fetched - this.base, wanted - this.base);
    this.#loadedEnd = wanted;
    // Wider before it is needed: who holds the bytes of before finds these lines in them.
    const next = wanted - this.base + Math.max(this.#ahead, longLine);
    if (next > this.bytes.length && this.bytes.length < this.byteLength) this.#grow(next);
  }

  /** Puts bytes [start, end) of the text where they belong in the window; returns how many there were. */
  #fetch(start: number, end: number): number {
    const { store } = this.#source;
    if (store?.readInto !== undefined) return store.readInto(start, this.bytes.subarray(start - this.base, end - this.base));
    const fetched = this.textBetween(start, end);
    this.bytes.set(fetched, start - this.base);
    return fetched.length;
  }

  /** Lines that end at or before offset `end` of the text. */
  #linesBefore(end: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= end) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #grow(least: number): void {
    const grown = new Uint8Array(Math.min(this.byteLength, Math.max(least, this.bytes.length * 2, this.#sizes.room)));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  #endInText(index: number): number {
    if (this.#lines !== undefined && index >= this.loaded) this.load(index);
    const start = this.lineStarts[index] ?? this.byteLength;
    const past = this.lineStarts[index + 1] ?? this.byteLength;
    if (past <= start) return past;
    return past < this.byteLength || this.endsWithFeed() ? past - 1 : past;
  }

  #distant(index: number): string {
    return decoder.decode(this.textBetween(this.lineStarts[index] ?? 0, this.#endInText(index)));
  }

  /** Range of the part of line `index` between UTF-16 columns; columns equal bytes for ASCII lines. */
  columnRange(index: number, from: number, to: number): SourceRange {
    const start = this.start(index);
    const line = this.line(index);
    const before = utf8Length(line.slice(0, from));
    return this.range(start + before, start + before + utf8Length(line.slice(from, to)));
  }
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
