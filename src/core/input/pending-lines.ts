/** Lines of a stored text that are looked for when somebody needs them, unless a reader of the whole text found them on its way. */
import type { ByteStore } from '../model/bytes.ts';
import { LineTable, type PendingLines } from '../model/line-table.ts';

const sampledBytes = 1 << 14;
const sampledParts = 4;
/** Bytes fetched at once: they are still near the processor when their lines were looked for. */
export const pieceBytes = 1 << 18;
/** Small and odd at first: so each way through the search was taken before the engine compiles it. */
const firstPiece = 255;

export class StoredLines implements PendingLines {
  escape = -1;
  readonly #store: ByteStore;
  readonly #length: number;
  #starts: Uint32Array | undefined;

  /** Lines of the first `length` bytes of `store`. */
  constructor(store: ByteStore, length: number) {
    this.#store = store;
    this.#length = length;
  }

  begin(): LineTable {
    return new LineTable(this.#length, sampleOf(this.#store, this.#length));
  }

  settle(starts: Uint32Array, escape: number): void {
    this.#starts = starts;
    this.escape = escape;
  }

  /** Where the lines start, and one entry past the end. */
  get starts(): Uint32Array {
    if (this.#starts === undefined) {
      const table = this.#look();
      this.settle(table.finish(), table.escape);
    }
    return this.#starts ?? new Uint32Array(1);
  }

  #look(): LineTable {
    const table = this.begin();
    const length = this.#length;
    for (let at = 0, size = firstPiece; at < length; size = Math.min(size * 2 + 1, pieceBytes)) {
      const end = Math.min(length, at + size);
      table.add(wholePiece(this.#store.read(at, end), end - at));
      at = end;
    }
    return table;
  }
}

/** Pieces of the whole text, from which the length of its lines is estimated. */
function sampleOf(store: ByteStore, length: number): Uint8Array {
  if (length <= sampledBytes) return store.read(0, length).slice();
  const part = sampledBytes / sampledParts;
  const sample = new Uint8Array(sampledBytes);
  for (let index = 0; index < sampledParts; index++) {
    const start = Math.floor(((length - part) * index) / (sampledParts - 1));
    sample.set(store.read(start, start + part), index * part);
  }
  return sample;
}

/** Bytes that could not be fetched are zeros, so that those behind them keep their places. */
function wholePiece(piece: Uint8Array, length: number): Uint8Array {
  if (piece.length === length) return piece;
  const whole = new Uint8Array(length);
  whole.set(piece);
  return whole;
}
