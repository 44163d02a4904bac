/** Goroutines in groups: equal stacks, and those that wait for the same object. Linear in the number of frames. */
import { isRuntimeFunction } from '../../model/function-name.ts';
import { GoroutineFlag, type Frame } from '../../model/goroutine.ts';
import { groupGoroutines } from '../../model/grouping.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { RuleContext } from '../rule.ts';
import { firstUser, framesOf, viewOf } from './view.ts';

export interface GoroutineGroup {
  /** Rows in the GoroutineTable, as printed. */
  rows: number[];
  /** Status or wait reason as printed. */
  status: string;
  /** Longest wait that was printed, in minutes; 0 = none. */
  minutes: number;
  /** True when every frame is the runtime's: collector, finalizers, timers. */
  system: boolean;
}

const groupsBySnapshot = new WeakMap<Snapshot, GoroutineGroup[]>();

/** Frames that decide whether two stacks are equal; the outermost of a deep recursion add nothing. */
const framesCompared = 100;

/** Rows of goroutines of the process itself: no goroutine 0, none that an earlier block already showed. */
export function goroutineRows(snapshot: Snapshot): readonly number[] {
  let rows = rowsBySnapshot.get(snapshot);
  if (rows === undefined) rowsBySnapshot.set(snapshot, (rows = rowsOf(snapshot)));
  return rows;
}

const rowsBySnapshot = new WeakMap<Snapshot, readonly number[]>();

function rowsOf({ goroutines }: Snapshot): number[] {
  const rows: number[] = [];
  for (let row = 0; row < goroutines.length; row++) {
    if (goroutines.id[row] !== 0n && ((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) === 0) rows.push(row);
  }
  return rows;
}

function group(context: RuleContext): GoroutineGroup[] {
  const { goroutines, frames, strings } = context.snapshot;
  const groups = groupGoroutines(viewOf(context), goroutineRows(context.snapshot), {
    sameness: 'functions',
    byStatus: true,
    mostFrames: framesCompared,
  });
  return groups
    .map((rows): GoroutineGroup => {
      const [first = 0] = rows;
      const start = goroutines.frameStart[first] ?? 0;
      const end = Math.min(goroutines.frameEnd[first] ?? 0, start + framesCompared);
      const names = [...frames.functionName.subarray(start, end)].map((name) => strings[name] ?? '');
      return {
        rows,
        status: strings[goroutines.status[first] ?? 0] ?? '',
        minutes: rows.reduce((longest, row) => Math.max(longest, goroutines.waitMinutes[row] ?? 0), 0),
        system: names.length > 0 && names.every((name) => name === '' || isRuntimeFunction(name)),
      };
    })
    .sort((a, b) => b.rows.length - a.rows.length);
}

/** Goroutines with equal status and equal functions, the biggest group first. */
export function groupsOf(context: RuleContext): GoroutineGroup[] {
  const known = groupsBySnapshot.get(context.snapshot);
  if (known !== undefined) return known;
  const groups = group(context);
  groupsBySnapshot.set(context.snapshot, groups);
  return groups;
}

export function goroutineId(context: RuleContext, row: number): string {
  return (context.snapshot.goroutines.id[row] ?? 0n).toString();
}

/** First frame of the user's own code, else the first of the library. */
export function tellingFrame(context: RuleContext, row: number): Frame | undefined {
  const frames = framesOf(context, row);
  return firstUser(frames) ?? frames.find((frame) => frame.function !== undefined && !isRuntimeFunction(frame.function));
}
