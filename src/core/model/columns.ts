/** Growing columns behind FrameTable and GoroutineTable, and the string table that interns their names. */
import type { FrameTable, GoroutineTable } from './goroutine.ts';

/** Interned strings; index 0 is ''. */
export class StringTable {
  readonly values: string[] = [''];
  readonly #index = new Map<string, number>([['', 0]]);

  intern(text: string): number {
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    const index = this.values.length;
    this.values.push(text);
    this.#index.set(text, index);
    return index;
  }

  at(index: number): string {
    return this.values[index] ?? '';
  }
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | BigUint64Array;
type Columns = Record<string, Column>;

function emptyFrames(capacity: number) {
  return {
    functionName: new Uint32Array(capacity),
    file: new Uint32Array(capacity),
    line: new Uint32Array(capacity),
    entryOffset: new Uint32Array(capacity),
    pc: new BigUint64Array(capacity),
    sp: new BigUint64Array(capacity),
    fp: new BigUint64Array(capacity),
    flags: new Uint8Array(capacity),
    argumentStart: new Uint32Array(capacity),
    argumentEnd: new Uint32Array(capacity),
    textLine: new Uint32Array(capacity),
    document: new Uint16Array(capacity),
  };
}

function emptyGoroutines(capacity: number) {
  return {
    id: new BigUint64Array(capacity),
    status: new Uint32Array(capacity),
    waitMinutes: new Uint32Array(capacity),
    flags: new Uint8Array(capacity),
    gp: new BigUint64Array(capacity),
    m: new Int32Array(capacity),
    frameStart: new Uint32Array(capacity),
    frameEnd: new Uint32Array(capacity),
    createdBy: new Int32Array(capacity),
    createdIn: new BigUint64Array(capacity),
    labels: new Uint32Array(capacity),
    elidedCount: new Uint32Array(capacity),
    elidedAfter: new Uint32Array(capacity),
    headerLine: new Uint32Array(capacity),
    endLine: new Uint32Array(capacity),
    document: new Uint16Array(capacity),
  };
}

function copyInto(from: Columns, to: Columns): void {
  for (const [name, column] of Object.entries(from)) {
    const target = to[name];
    if (target === undefined) continue;
    if (target instanceof BigUint64Array) {
      if (column instanceof BigUint64Array) target.set(column.subarray(0, target.length));
    } else if (!(column instanceof BigUint64Array)) {
      target.set(column.subarray(0, target.length));
    }
  }
}

/** The first `length` rows of each column, as views: nothing is copied. */
function cutColumns<T extends Columns>(data: T, length: number): { [K in keyof T]: T[K] } {
  const cut = Object.entries(data).map(([name, column]): [string, Column] => [name, column.subarray(0, length)]);
  // `subarray` keeps the type of each column.
  return { ...data, ...Object.fromEntries(cut) };
}

/** Rows to make room for when `length` are full and `expected` may come: always enough for linear work. */
function roomFor(length: number, expected: number): number {
  return Math.max(length + (length >> 1), expected);
}

/** Room at first: columns grow before the engine compiles their writers, which would take them for constant. */
const fewRows = 16;

/** Writers fill `data` at the row that `add` returned; a row starts zeroed. `data` changes identity when it grows. */
export class FrameColumns {
  length = 0;
  data = emptyFrames(fewRows);

  /** `expected`: rows that there will be in all, as far as the writer can tell. Untouched room costs no memory. */
  add(expected = 0): number {
    if (this.length === this.data.line.length) this.#grow(expected);
    return this.length++;
  }

  /** Makes room for `rows` more; who writes them raises `length` himself. */
  reserve(rows: number, expected: number): void {
    if (this.length + rows > this.data.line.length) this.#grow(Math.max(expected, this.length + rows));
  }

  #grow(expected: number): void {
    const grown = emptyFrames(roomFor(this.length, expected));
    copyInto(this.data, grown);
    this.data = grown;
  }

  /** Columns cut to their length: what a Snapshot holds. They share memory with `data`. */
  table(): FrameTable {
    return { length: this.length, ...cutColumns(this.data, this.length) };
  }
}

export class GoroutineColumns {
  length = 0;
  data = emptyGoroutines(fewRows);

  /** A new row; `m` and `createdBy` start at -1. `expected` as for frames. */
  add(expected = 0): number {
    if (this.length === this.data.id.length) {
      const grown = emptyGoroutines(roomFor(this.length, expected));
      copyInto(this.data, grown);
      this.data = grown;
    }
    this.data.m[this.length] = -1;
    this.data.createdBy[this.length] = -1;
    return this.length++;
  }

  table(): GoroutineTable {
    return { length: this.length, ...cutColumns(this.data, this.length) };
  }
}
