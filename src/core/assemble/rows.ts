/** The rows of the case's tables that the facts of one snapshot speak of, and those that print a goroutine again. */
import type { TextFact } from '../model/record.ts';
import { GoroutineFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import { RowMap, RowRanges } from './row-map.ts';

/** Goroutine 0 is a thread, not a goroutine. */
export function rowsOf(facts: readonly TextFact[], goroutines: GoroutineTable): { goroutineRows: RowMap; frameRows: RowMap } {
  const frames = new RowRanges();
  const rows = new RowRanges();
  for (const fact of facts) {
    if (fact.kind === 'goroutine') {
      const counted = ((goroutines.flags[fact.row] ?? 0) & GoroutineFlag.counted) !== 0;
      if (counted || (goroutines.id[fact.row] ?? 0n) !== 0n) rows.add(fact.row, fact.row + 1);
      frames.add(goroutines.frameStart[fact.row] ?? 0, goroutines.frameEnd[fact.row] ?? 0);
      const createdBy = goroutines.createdBy[fact.row] ?? -1;
      if (createdBy >= 0) frames.add(createdBy, createdBy + 1);
    } else if (fact.kind === 'runtime-stack' || fact.kind === 'debugger-stack') frames.add(fact.frameStart, fact.frameEnd);
    else if (fact.kind === 'race') for (const access of fact.accesses) frames.add(access.frameStart, access.frameEnd);
  }
  return { goroutineRows: new RowMap(rows.finish()), frameRows: new RowMap(frames.finish()) };
}

/**
 * Flags rows that print a goroutine again: the same id, and a stack that began with the same function at the same place.
 * A block without frames (`stack unavailable`) is the one too many, wherever the other stands.
 */
export function markDuplicates(table: GoroutineTable, frames: FrameTable): void {
  const firstRow = new Map<number, number>();
  /** Row of each stack by its key, for ids that were printed more than once. */
  const stacks = new Map<number, Map<string, number>>();
  for (let row = 0; row < table.length; row++) {
    // Ids beyond 2⁵³ may meet here: their keys decide.
    const id = Number(table.id[row] ?? 0n);
    if (((table.flags[row] ?? 0) & GoroutineFlag.counted) !== 0) continue;
    const first = firstRow.get(id);
    if (first === undefined) {
      firstRow.set(id, row);
      continue;
    }
    let known = stacks.get(id);
    if (known === undefined) stacks.set(id, (known = new Map([[stackKey(table, frames, first), first]])));
    const unseen = emptyKey(table, row);
    const empty = known.get(unseen);
    const key = stackKey(table, frames, row);
    if (known.has(key) || key === unseen) flagDuplicate(table, row);
    else {
      if (empty !== undefined) flagDuplicate(table, empty);
      known.set(key, row);
    }
  }
}

function flagDuplicate(table: GoroutineTable, row: number): void {
  table.flags[row] = (table.flags[row] ?? 0) | GoroutineFlag.duplicate;
}

/** The key of a block of the same goroutine that printed no frame. */
function emptyKey(table: GoroutineTable, row: number): string {
  return `${String(table.id[row] ?? 0n)}:`;
}

function stackKey(table: GoroutineTable, frames: FrameTable, row: number): string {
  const start = table.frameStart[row] ?? 0;
  const last = (table.frameEnd[row] ?? 0) - 1;
  if (last < start) return emptyKey(table, row);
  const key = `${String(table.id[row] ?? 0n)}:${String(frames.functionName[last] ?? 0)}:${String(frames.fp[last] ?? 0n)}`;
  if (((table.flags[row] ?? 0) & GoroutineFlag.hasHeader) !== 0) return key;
  // A creator's stack (GODEBUG=tracebackancestors): it had another one at each `go`.
  const places: number[] = [];
  for (let frame = start; frame <= last; frame++) places.push(frames.functionName[frame] ?? 0, frames.line[frame] ?? 0);
  return `${key}:${places.join()}`;
}
