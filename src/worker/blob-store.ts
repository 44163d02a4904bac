/** The bytes of a large file, read block by block while they are looked at. Only in a worker: reading waits. */
import type { ByteStore } from '../core/model/bytes.ts';

/** The part of `FileReaderSync` that is used. */
export interface BlobReader {
  readAsArrayBuffer: (blob: Blob) => ArrayBuffer;
}

declare const FileReaderSync: (new () => BlobReader) | undefined;

/** Undefined where reading cannot wait: on the page's own thread, in Node. */
export function blobReader(): BlobReader | undefined {
  return typeof FileReaderSync === 'undefined' ? undefined : new FileReaderSync();
}

const blockBytes = 4 * 2 ** 20;
/** Blocks that are kept; those looked at longest ago go first. */
const keptBlocks = 16;

export class BlobStore implements ByteStore {
  readonly length: number;
  /** Why bytes had to be left out; undefined while all could be read. */
  failure: unknown;
  readonly #blob: Blob;
  readonly #reader: BlobReader;
  /** In the order of their last use. */
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(blob: Blob, reader: BlobReader) {
    this.length = blob.size;
    this.#blob = blob;
    this.#reader = reader;
  }

  read(start: number, end: number): Uint8Array {
    const from = Math.max(0, Math.min(start, this.length));
    const to = Math.max(from, Math.min(end, this.length));
    const first = Math.floor(from / blockBytes);
    if (to <= (first + 1) * blockBytes) return this.#block(first).subarray(from - first * blockBytes, to - first * blockBytes);
    const bytes = new Uint8Array(to - from);
    for (let at = from; at < to;) {
      const index = Math.floor(at / blockBytes);
      const piece = this.#block(index).subarray(at - index * blockBytes, to - index * blockBytes);
      if (piece.length === 0) return bytes.subarray(0, at - from);
      bytes.set(piece, at - from);
      at += piece.length;
    }
    return bytes;
  }

  #block(index: number): Uint8Array {
    let block = this.#blocks.get(index);
    if (block === undefined) block = this.#load(index);
    else this.#blocks.delete(index);
    this.#blocks.set(index, block);
    if (this.#blocks.size > keptBlocks) {
      const [oldest] = this.#blocks.keys();
      if (oldest !== undefined) this.#blocks.delete(oldest);
    }
    return block;
  }

  #load(index: number): Uint8Array {
    try {
      return new Uint8Array(this.#reader.readAsArrayBuffer(this.#blob.slice(index * blockBytes, (index + 1) * blockBytes)));
    } catch (error) {
      this.failure ??= error;
      return new Uint8Array(0);
    }
  }
}
