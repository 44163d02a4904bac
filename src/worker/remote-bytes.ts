/** The page's side of the bytes of a large document: blocks that are fetched from the worker when they are looked at. */
import type { ByteStore } from '../core/model/bytes.ts';

export interface RemoteOptions {
  length: number;
  /** Bytes [start, end). */
  fetch: (start: number, end: number) => Promise<Uint8Array>;
  /** Bytes that were left out are here now. */
  onArrival: () => void;
  blockBytes?: number;
  /** Blocks that are kept; those looked at longest ago go first. */
  kept?: number;
}

/** A screen of text needs one or two. */
const defaultBlockBytes = 256 * 1024;
const defaultKept = 64;

const missing = new Uint8Array(0);

export class RemoteBytes implements ByteStore {
  readonly length: number;
  readonly #options: RemoteOptions;
  readonly #blockBytes: number;
  readonly #kept: number;
  /** In the order of their last use. */
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #asked = new Set<number>();

  constructor(options: RemoteOptions) {
    this.length = options.length;
    this.#options = options;
    this.#blockBytes = options.blockBytes ?? defaultBlockBytes;
    this.#kept = options.kept ?? defaultKept;
  }

  /** What is here of [start, end), from `start` to the first byte that is not: that one is asked for. */
  read(start: number, end: number): Uint8Array {
    const from = Math.max(0, Math.min(start, this.length));
    const to = Math.max(from, Math.min(end, this.length));
    if (from === to) return missing;
    const size = this.#blockBytes;
    const first = Math.floor(from / size);
    const last = Math.floor((to - 1) / size);
    const pieces: Uint8Array[] = [];
    for (let index = first; index <= last; index++) {
      const block = this.#block(index);
      if (block === undefined) break;
      pieces.push(block.subarray(Math.max(0, from - index * size), to - index * size));
    }
    return pieces.length === 1 ? (pieces[0] ?? missing) : joined(pieces);
  }

  #block(index: number): Uint8Array | undefined {
    const block = this.#blocks.get(index);
    if (block === undefined) {
      void this.#ask(index);
      return undefined;
    }
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  async #ask(index: number): Promise<void> {
    if (this.#asked.has(index)) return;
    this.#asked.add(index);
    const start = index * this.#blockBytes;
    try {
      const block = await this.#options.fetch(start, Math.min(this.length, start + this.#blockBytes));
      this.#blocks.set(index, block);
      for (const oldest of this.#blocks.keys()) {
        if (this.#blocks.size <= this.#kept) break;
        this.#blocks.delete(oldest);
      }
      this.#asked.delete(index);
    } catch {
      // The case was closed, or its worker ended: asking again would not end. It stays left out.
      return;
    }
    this.#options.onArrival();
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
