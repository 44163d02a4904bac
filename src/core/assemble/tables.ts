/** Cutting the case's columns to the rows of one snapshot. What is one range of them is not copied. */
import type { FrameTable, GoroutineTable } from '../model/goroutine.ts';
import type { RowMap } from './row-map.ts';

interface Column<T> {
  subarray(start: number, end: number): T;
  set(values: T, offset: number): void;
}

function pick<T extends Column<T>>(column: T, map: RowMap, empty: (length: number) => T): T {
  const [first] = map.ranges;
  if (map.ranges.length <= 1) return first === undefined ? empty(0) : column.subarray(first.start, first.end);
  const into = empty(map.length);
  let at = 0;
  for (const { start, end } of map.ranges) {
    into.set(column.subarray(start, end), at);
    at += end - start;
  }
  return into;
}

const bytes = (length: number): Uint8Array => new Uint8Array(length);
const shorts = (length: number): Uint16Array => new Uint16Array(length);
const words = (length: number): Uint32Array => new Uint32Array(length);
const integers = (length: number): Int32Array => new Int32Array(length);
const wide = (length: number): BigUint64Array => new BigUint64Array(length);

export function cutFrames(table: FrameTable, map: RowMap): FrameTable {
  return {
    length: map.length,
    functionName: pick(table.functionName, map, words),
    file: pick(table.file, map, words),
    line: pick(table.line, map, words),
    entryOffset: pick(table.entryOffset, map, words),
    pc: pick(table.pc, map, wide),
    sp: pick(table.sp, map, wide),
    fp: pick(table.fp, map, wide),
    flags: pick(table.flags, map, bytes),
    argumentStart: pick(table.argumentStart, map, words),
    argumentEnd: pick(table.argumentEnd, map, words),
    textLine: pick(table.textLine, map, words),
    document: pick(table.document, map, shorts),
  };
}

/** Goroutine rows `map` with their frame rows moved by `frames`; ranges stay contiguous because rows keep their order. */
export function cutGoroutines(table: GoroutineTable, map: RowMap, frames: RowMap): GoroutineTable {
  const cut: GoroutineTable = {
    length: map.length,
    id: pick(table.id, map, wide),
    status: pick(table.status, map, words),
    waitMinutes: pick(table.waitMinutes, map, words),
    flags: pick(table.flags, map, bytes),
    gp: pick(table.gp, map, wide),
    m: pick(table.m, map, integers),
    frameStart: pick(table.frameStart, map, words),
    frameEnd: pick(table.frameEnd, map, words),
    createdBy: pick(table.createdBy, map, integers),
    createdIn: pick(table.createdIn, map, wide),
    labels: pick(table.labels, map, words),
    elidedCount: pick(table.elidedCount, map, words),
    elidedAfter: pick(table.elidedAfter, map, words),
    headerLine: pick(table.headerLine, map, words),
    endLine: pick(table.endLine, map, words),
    document: pick(table.document, map, shorts),
  };
  return frames.keepsNumbers ? cut : { ...cut, ...movedFrames(cut, frames) };
}

function movedFrames(table: GoroutineTable, frames: RowMap): Pick<GoroutineTable, 'frameStart' | 'frameEnd' | 'createdBy'> {
  const { length } = table;
  const moved = { frameStart: words(length), frameEnd: words(length), createdBy: integers(length) };
  for (let row = 0; row < length; row++) {
    const start = table.frameStart[row] ?? 0;
    const end = table.frameEnd[row] ?? 0;
    const from = end > start ? frames.to(start) : 0;
    moved.frameStart[row] = Math.max(0, from);
    moved.frameEnd[row] = Math.max(0, from) + (from < 0 ? 0 : end - start);
    moved.createdBy[row] = frames.to(table.createdBy[row] ?? -1);
  }
  return moved;
}
