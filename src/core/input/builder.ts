/** Builds the text that a layer leaves, and the exact map from it to the text it was made of. */
import type { OriginMap } from '../model/document.ts';

export interface BuiltText {
  bytes: Uint8Array;
  origin: OriginMap;
}

const encoder = new TextEncoder();
/** Shorter copies are made byte by byte: a view costs more. */
const fewBytes = 48;
const fewPieces = 64;

export class TextBuilder {
  readonly #from: Uint8Array;
  #bytes: Uint8Array;
  #length = 0;
  // Outside of the engine's heap: a log of 500 MB has tens of millions of pieces.
  #pieces = 0;
  #textStart = new Float64Array(fewPieces);
  #originStart = new Float64Array(fewPieces);
  #originEnd = new Float64Array(fewPieces);
  #copied = new Uint8Array(fewPieces);

  constructor(from: Uint8Array) {
    this.#from = from;
    this.#bytes = new Uint8Array(from.length + 64);
  }

  get length(): number {
    return this.#length;
  }

  /** The last byte written; undefined at the start. */
  get last(): number | undefined {
    return this.#length > 0 ? this.#bytes[this.#length - 1] : undefined;
  }

  /** Bytes [start, end) of the source as they are. Neighbouring copies become one piece. */
  copy(start: number, end: number): void {
    if (end <= start) return;
    this.#reserve(end - start);
    const last = this.#pieces - 1;
    if (last >= 0 && this.#copied[last] === 1 && this.#originEnd[last] === start) this.#originEnd[last] = end;
    else this.#piece(start, end, 1);
    if (end - start > fewBytes) this.#bytes.set(this.#from.subarray(start, end), this.#length);
    else for (let at = start; at < end; at++) this.#bytes[this.#length + at - start] = this.#from[at] ?? 0;
    this.#length += end - start;
  }

  /** `made` stands for bytes [start, end) of the source. */
  make(made: string, start: number, end: number): void {
    if (made === '') return;
    const code = made.charCodeAt(0);
    if (made.length === 1 && code < 0x80) {
      this.#reserve(1);
      this.#piece(start, end, 0);
      this.#bytes[this.#length++] = code;
      return;
    }
    const bytes = encoder.encode(made);
    this.#reserve(bytes.length);
    this.#piece(start, end, 0);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  finish(): BuiltText {
    return {
      bytes: this.#bytes.slice(0, this.#length),
      origin: {
        textStart: this.#textStart.slice(0, this.#pieces),
        originStart: this.#originStart.slice(0, this.#pieces),
        originEnd: this.#originEnd.slice(0, this.#pieces),
        copied: this.#copied.slice(0, this.#pieces),
      },
    };
  }

  #piece(start: number, end: number, copied: 0 | 1): void {
    if (this.#pieces === this.#copied.length) this.#widen();
    this.#textStart[this.#pieces] = this.#length;
    this.#originStart[this.#pieces] = start;
    this.#originEnd[this.#pieces] = end;
    this.#copied[this.#pieces++] = copied;
  }

  #widen(): void {
    const room = this.#pieces * 2;
    const wider = (from: Float64Array<ArrayBuffer>) => {
      const grown = new Float64Array(room);
      grown.set(from);
      return grown;
    };
    this.#textStart = wider(this.#textStart);
    this.#originStart = wider(this.#originStart);
    this.#originEnd = wider(this.#originEnd);
    const copied = new Uint8Array(room);
    copied.set(this.#copied);
    this.#copied = copied;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
