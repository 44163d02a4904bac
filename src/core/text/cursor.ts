/** Lines of an unwrapped text: bytes first, decoded only when a reader asks. */
import { originRange } from '../model/origin.ts';
import type { SourceDocument, UnwrappedText } from '../model/document.ts';
import type { SourceRange } from '../model/source.ts';

const decoder = new TextDecoder('utf-8');

export class LineCursor {
  readonly document: number;
  readonly text: UnwrappedText;
  readonly bytes: Uint8Array;
  /** The same bytes, for readers that take four at a time. */
  readonly view: DataView;
  readonly count: number;
  /** The line decoded last: every reader that looks at a line asks for it. */
  #decodedIndex = -1;
  #decoded = '';

  constructor(document: SourceDocument) {
    this.document = document.id;
    this.text = document.text;
    this.bytes = document.text.bytes;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    this.count = Math.max(0, document.text.lineStarts.length - 1);
  }

  /** Offset of the first byte of line `index`. */
  start(index: number): number {
    return this.text.lineStarts[index] ?? this.bytes.length;
  }

  /** Offset past the last byte of line `index`, without its line feed. */
  end(index: number): number {
    const past = this.text.lineStarts[index + 1] ?? this.bytes.length;
    return past > this.start(index) && this.bytes[past - 1] === 10 ? past - 1 : past;
  }

  /** Decoded text of line `index`; '' past the end. */
  line(index: number): string {
    if (index === this.#decodedIndex) return this.#decoded;
    if (index < 0 || index >= this.count) return '';
    this.#decodedIndex = index;
    this.#decoded = this.slice(this.start(index), this.end(index));
    return this.#decoded;
  }

  slice(start: number, end: number): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  isBlank(index: number): boolean {
    for (let at = this.start(index), end = this.end(index); at < end; at++) {
      const byte = this.bytes[at];
      if (byte !== 32 && byte !== 9 && byte !== 13) return false;
    }
    return true;
  }

  /** Where text [start, end) stands in the document. */
  range(start: number, end: number): SourceRange {
    return originRange(this.text.origin, this.document, start, end);
  }

  lineRange(first: number, last: number = first): SourceRange {
    return this.range(this.start(first), this.end(last));
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
