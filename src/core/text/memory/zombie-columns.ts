/** Rows of zombie tables in columns: a span has thousands, and a rule asks for few of them. */
import { addressOfHalves } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import type { OriginMap } from '../../model/document.ts';
import type { ZombieRow } from '../../model/memory.ts';
import { originRange } from '../../model/origin.ts';
import type { SourceRange } from '../../model/source.ts';

export const ZombieFlag = { free: 1, marked: 2, zombie: 4 } as const;

/** Numbers of a row: halves of the address, offsets of its line in the unwrapped text, flags. */
const width = 5;
const firstRows = 64;

export type ZombieTable = Extract<Complaint, { kind: 'zombies' }>;

/** The rows of the tables that one document prints, in printed order. */
export class ZombieColumns {
  length = 0;
  /** The table made last: its first row, and the row past its last. */
  last: { complaint: ZombieTable; from: number; to: number } | undefined;
  #data = new Uint32Array(firstRows * width);
  readonly #document: number;
  readonly #origin: OriginMap;

  constructor(document: number, origin: OriginMap) {
    this.#document = document;
    this.#origin = origin;
  }

  add(high: number, low: number, start: number, end: number, flags: number): void {
    const at = this.length++ * width;
    if (at >= this.#data.length) {
      const grown = new Uint32Array(this.#data.length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    const data = this.#data;
    data[at] = high;
    data[at + 1] = low;
    data[at + 2] = start;
    data[at + 3] = end;
    data[at + 4] = flags;
  }

  /** Bytes from the object of one row to that of another. */
  distance(from: number, to: number): number {
    const data = this.#data;
    const high = (data[to * width] ?? 0) - (data[from * width] ?? 0);
    return high * 2 ** 32 + (data[to * width + 1] ?? 0) - (data[from * width + 1] ?? 0);
  }

  /** A table of the rows from `from` on; they become objects when they are looked at. */
  table(from: number, elementSize: number, freeIndex: number, source: SourceRange): ZombieTable {
    const rowAt = (row: number): ZombieRow => this.#row(row);
    let rows: ZombieRow[] | undefined;
    const complaint: ZombieTable = {
      kind: 'zombies',
      elementSize,
      freeIndex,
      get rows() {
        return (rows ??= Array.from({ length: run.to - run.from }, (_unused, index) => rowAt(run.from + index)));
      },
      source,
    };
    const run = { complaint, from, to: this.length };
    this.last = run;
    return complaint;
  }

  /** The rows read since go on with the last table. */
  extend(): void {
    if (this.last !== undefined) this.last.to = this.length;
  }

  #row(row: number): ZombieRow {
    const at = row * width;
    const data = this.#data;
    const flags = data[at + 4] ?? 0;
    return {
      address: addressOfHalves(data[at] ?? 0, data[at + 1] ?? 0),
      free: (flags & ZombieFlag.free) !== 0,
      marked: (flags & ZombieFlag.marked) !== 0,
      zombie: (flags & ZombieFlag.zombie) !== 0,
      source: originRange(this.#origin, this.#document, data[at + 2] ?? 0, data[at + 3] ?? 0),
    };
  }
}
