/** A debugger's stack and a goroutine block with the same return addresses are the same stack, printed twice. */
import { FrameFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import { halvesOf } from '../model/halves.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { frameCount, innermostRow } from '../model/thread-frames.ts';

/** Return addresses that must agree before two stacks are called one. */
const enough = 2;

/** Linear in the stacks, but for those that differ: each of them is compared with each. */
export function matchDebuggerStacks(snapshot: Snapshot): void {
  const { frames, goroutines } = snapshot;
  if (goroutines.length === 0) return;
  let rows: readonly number[] | undefined;
  /** Goroutines by the addresses of the stacks that were looked for. */
  const known = new Map<string, string | undefined>();
  for (const thread of snapshot.threads) {
    const start = innermostRow(thread);
    if (thread.kind !== 'debugger' || start === undefined) continue;
    const pcs = new Set<bigint>();
    for (let frame = start; frame < start + frameCount(thread); frame++) {
      const pc = frames.pc[frame] ?? 0n;
      if (pc !== 0n && ((frames.flags[frame] ?? 0) & FrameFlag.hasPc) !== 0) pcs.add(pc);
    }
    if (pcs.size === 0) continue;
    const key = [...pcs].join();
    if (!known.has(key)) known.set(key, goroutineWith(pcs, (rows ??= distinctStacks(goroutines, frames)), goroutines, frames));
    const goroutine = known.get(key);
    if (goroutine !== undefined) thread.goroutine = goroutine;
  }
}

/** Id of the first of `rows` that shares most of the addresses, if it shares enough. */
function goroutineWith(
  pcs: ReadonlySet<bigint>,
  rows: readonly number[],
  goroutines: GoroutineTable,
  frames: FrameTable,
): string | undefined {
  let best = -1;
  let bestShared = 0;
  for (const row of rows) {
    let shared = 0;
    for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
      const pc = frames.pc[frame] ?? 0n;
      if ((frames.flags[frame] ?? 0) & FrameFlag.hasPc && pcs.has(pc)) shared++;
    }
    // Parked goroutines share their last frames: the most specific match wins.
    if (shared > bestShared) [best, bestShared] = [row, shared];
  }
  return best >= 0 && bestShared >= enough && bestShared * 2 >= pcs.size ? (goroutines.id[best] ?? 0n).toString() : undefined;
}

/** The first row of each stack that has addresses: of a thousand goroutines that wait at one place, one. */
function distinctStacks(goroutines: GoroutineTable, frames: FrameTable): number[] {
  const pcs = halvesOf(frames.pc);
  const byHash = new Map<number, number[]>();
  const rows: number[] = [];
  for (let row = 0; row < goroutines.length; row++) {
    let hash = 0;
    for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++)
      if ((frames.flags[frame] ?? 0) & FrameFlag.hasPc)
        hash = Math.imul(hash ^ (pcs[2 * frame] ?? 0) ^ Math.imul(pcs[2 * frame + 1] ?? 0, 0x85ebca6b), 0x9e3779b1) | 0;
    const alike = byHash.get(hash);
    if (alike?.some((other) => areSame(row, other, goroutines, frames, pcs)) === true) continue;
    if (alike === undefined) byHash.set(hash, [row]);
    else alike.push(row);
    rows.push(row);
  }
  return rows;
}

function areSame(row: number, other: number, goroutines: GoroutineTable, frames: FrameTable, pcs: Uint32Array): boolean {
  const first = goroutines.frameStart[row] ?? 0;
  const second = goroutines.frameStart[other] ?? 0;
  const length = (goroutines.frameEnd[row] ?? 0) - first;
  if ((goroutines.frameEnd[other] ?? 0) - second !== length) return false;
  for (let index = 0; index < length; index++) {
    const [one, two] = [first + index, second + index];
    if (((frames.flags[one] ?? 0) & FrameFlag.hasPc) !== ((frames.flags[two] ?? 0) & FrameFlag.hasPc)) return false;
    if (pcs[2 * one] !== pcs[2 * two] || pcs[2 * one + 1] !== pcs[2 * two + 1]) return false;
  }
  return true;
}
