/** Bounds of stacks: printed by the runtime where it did, otherwise guessed from the frames. */
import { toAddress } from '../model/address.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { Stack } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** runtime/stack.go: stacks begin at 2 KiB and double; their top is aligned to that. */
const smallestStack = 2048n;
/** runtime/stack.go (64-bit): the limit of 1 GB; a guess never exceeds it. */
const largestStack = 1n << 30n;

/** Lowest sp and highest fp of rows [start, end); undefined when no row has both. */
export function extentOf(
  snapshot: Pick<Snapshot, 'frames'>,
  start: number,
  end: number,
): { low: bigint; high: bigint } | undefined {
  const { frames } = snapshot;
  const both = FrameFlag.hasSp | FrameFlag.hasFp;
  let low: bigint | undefined;
  let high: bigint | undefined;
  for (let row = start; row < end; row++) {
    if (((frames.flags[row] ?? 0) & both) !== both) continue;
    const sp = frames.sp[row] ?? 0n;
    const fp = frames.fp[row] ?? 0n;
    if (low === undefined || sp < low) low = sp;
    if (high === undefined || fp > high) high = fp;
  }
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** The smallest stack of Go's sizes that holds [low, high) and whose outermost frame is `runtime.goexit`. */
export function guessStack(owner: string, low: bigint, high: bigint): Stack | undefined {
  const hi = ((high + smallestStack - 1n) / smallestStack) * smallestStack;
  let size = smallestStack;
  while (hi - size > low && size <= largestStack) size *= 2n;
  if (size > largestStack || hi < size) return undefined;
  return { kind: 'goroutine', owner, start: toAddress(hi - size), end: toAddress(hi), known: 'guessed' };
}

/** Stacks of all goroutines that printed frames with places, guessed ones included, sorted by address. */
export function goroutineStacks(snapshot: Snapshot): Stack[] {
  const { goroutines } = snapshot;
  const stacks = [...snapshot.stacks];
  const unowned = stacks.filter((stack) => stack.owner === '');
  const printed = new Set(stacks.filter((stack) => stack.kind === 'goroutine').map((stack) => stack.owner));
  for (let row = 0; row < goroutines.length; row++) {
    const id = (goroutines.id[row] ?? 0n).toString();
    if (id === '0' || printed.has(id)) continue;
    const extent = extentOf(snapshot, goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0);
    if (extent === undefined) continue;
    if (unowned.some((stack) => extent.low >= stack.start && extent.high <= stack.end)) continue;
    const guess = guessStack(id, extent.low, extent.high);
    if (guess !== undefined) {
      stacks.push(guess);
      printed.add(id);
    }
  }
  for (const thread of snapshot.threads) {
    // A debugger shows a goroutine's stack as a thread's: it ends in goexit, a system stack does not.
    const root = thread.frames.findLastIndex((frame) => frame.function === 'runtime.goexit');
    const start = thread.frames[0]?.row;
    if (thread.kind !== 'debugger' || thread.goroutine !== undefined || root < 0 || start === undefined) continue;
    const extent = extentOf(snapshot, start, start + thread.frames.length);
    const guess = extent === undefined ? undefined : guessStack(thread.name, extent.low, extent.high);
    if (guess !== undefined) stacks.push(guess);
  }
  return stacks.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}
