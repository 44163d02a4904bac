/** Cutting the case's columns to the rows of one snapshot. */
import type { FrameTable, GoroutineTable } from '../model/goroutine.ts';

/** Rows of the case that a snapshot takes, and where each lands. */
export class RowMap {
  readonly #rows: number[];
  readonly #target = new Map<number, number>();

  constructor(rows: Iterable<number>) {
    this.#rows = [...new Set(rows)].sort((a, b) => a - b);
    for (const [index, row] of this.#rows.entries()) this.#target.set(row, index);
  }

  get rows(): readonly number[] {
    return this.#rows;
  }

  /** True when the map takes every row of a table of `length` rows: nothing has to be copied. */
  isWhole(length: number): boolean {
    return this.#rows.length === length;
  }

  /** New row of `row`; -1 when it was not taken. */
  to(row: number): number {
    return row < 0 ? -1 : (this.#target.get(row) ?? -1);
  }
}

function pick<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array | BigUint64Array>(
  column: T,
  rows: readonly number[],
  into: T,
): T {
  for (const [index, row] of rows.entries()) {
    const value = column[row];
    if (value !== undefined) into[index] = value;
  }
  return into;
}

export function cutFrames(table: FrameTable, map: RowMap): FrameTable {
  if (map.isWhole(table.length)) return table;
  const { rows } = map;
  const n = rows.length;
  return {
    length: n,
    functionName: pick(table.functionName, rows, new Uint32Array(n)),
    file: pick(table.file, rows, new Uint32Array(n)),
    line: pick(table.line, rows, new Uint32Array(n)),
    entryOffset: pick(table.entryOffset, rows, new Uint32Array(n)),
    pc: pick(table.pc, rows, new BigUint64Array(n)),
    sp: pick(table.sp, rows, new BigUint64Array(n)),
    fp: pick(table.fp, rows, new BigUint64Array(n)),
    flags: pick(table.flags, rows, new Uint8Array(n)),
    argumentStart: pick(table.argumentStart, rows, new Uint32Array(n)),
    argumentEnd: pick(table.argumentEnd, rows, new Uint32Array(n)),
    textLine: pick(table.textLine, rows, new Uint32Array(n)),
    document: pick(table.document, rows, new Uint16Array(n)),
  };
}

/** Goroutine rows `map` with their frame rows moved by `frames`; ranges stay contiguous because rows keep their order. */
export function cutGoroutines(table: GoroutineTable, map: RowMap, frames: RowMap): GoroutineTable {
  const { rows } = map;
  const n = rows.length;
  const cut: GoroutineTable = {
    length: n,
    id: pick(table.id, rows, new BigUint64Array(n)),
    status: pick(table.status, rows, new Uint32Array(n)),
    waitMinutes: pick(table.waitMinutes, rows, new Uint32Array(n)),
    flags: pick(table.flags, rows, new Uint8Array(n)),
    gp: pick(table.gp, rows, new BigUint64Array(n)),
    m: pick(table.m, rows, new Int32Array(n)),
    frameStart: new Uint32Array(n),
    frameEnd: new Uint32Array(n),
    createdBy: new Int32Array(n),
    createdIn: pick(table.createdIn, rows, new BigUint64Array(n)),
    labels: pick(table.labels, rows, new Uint32Array(n)),
    elidedCount: pick(table.elidedCount, rows, new Uint32Array(n)),
    elidedAfter: pick(table.elidedAfter, rows, new Uint32Array(n)),
    headerLine: pick(table.headerLine, rows, new Uint32Array(n)),
    endLine: pick(table.endLine, rows, new Uint32Array(n)),
    document: pick(table.document, rows, new Uint16Array(n)),
  };
  for (const [index, row] of rows.entries()) {
    const start = table.frameStart[row] ?? 0;
    const end = table.frameEnd[row] ?? 0;
    const from = end > start ? frames.to(start) : 0;
    cut.frameStart[index] = Math.max(0, from);
    cut.frameEnd[index] = Math.max(0, from) + (from < 0 ? 0 : end - start);
    cut.createdBy[index] = frames.to(table.createdBy[row] ?? -1);
  }
  return cut;
}
