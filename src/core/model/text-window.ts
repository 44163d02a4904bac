/** Many short texts of documents, asked for in nearly printed order: decoded a window at a time. */
import { textBytes } from './bytes.ts';
import type { SourceDocument } from './document.ts';

/** Bytes decoded at once. */
const windowBytes = 1 << 16;

const decoder = new TextDecoder('utf-8');

export class TextWindow {
  readonly #documents: readonly SourceDocument[];
  #document = -1;
  #start = 0;
  #end = 0;
  /** Text [#start, #end) of the document; undefined where its characters are not one byte each. */
  #text: string | undefined;

  constructor(documents: readonly SourceDocument[]) {
    this.#documents = documents;
  }

  /** Text [start, end) of document `document`, decoded as UTF-8. */
  text(document: number, start: number, end: number): string {
    const source = this.#documents[document];
    if (source === undefined) return '';
    if (document !== this.#document || start < this.#start || end > this.#end) this.#move(source, document, start, end);
    return this.#text === undefined
      ? decoder.decode(textBytes(source, start, end))
      : this.#text.slice(start - this.#start, end - this.#start);
  }

  #move(source: SourceDocument, document: number, start: number, end: number): void {
    const bytes = textBytes(source, start, Math.max(end, start + windowBytes));
    const text = decoder.decode(bytes);
    this.#document = document;
    this.#start = start;
    this.#end = start + bytes.length;
    // As many characters as bytes: each of them is decoded by itself.
    this.#text = text.length === bytes.length ? text : undefined;
  }
}
