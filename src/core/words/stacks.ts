/** Bounds of stacks: printed by the runtime where it did, otherwise guessed from the frames. */
import { toAddress } from '../model/address.ts';
import { frameCount, innermostRow, threadsWith } from '../model/thread-frames.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { Stack } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { stackLeftBy } from '../model/stack-switch.ts';

/** runtime/stack.go: stacks begin at 2 KiB and double; their top is aligned to that. */
const smallestStack = 2048n;
/** runtime/stack.go (64-bit): the limit of 1 GB; a guess never exceeds it. */
const largestStack = 1n << 30n;

interface Extent {
  low: bigint;
  high: bigint;
}

function around(extent: Extent | undefined, { low, high }: Extent): Extent {
  if (extent === undefined) return { low, high };
  return { low: low < extent.low ? low : extent.low, high: high > extent.high ? high : extent.high };
}

/**
 * Lowest sp and highest fp of those of rows [start, end) that lie on the goroutine's own stack: a debugger's listing may begin on the
 * signal stack and on g0. undefined when no such row has both.
 */
export function extentOf(snapshot: Pick<Snapshot, 'frames' | 'strings'>, start: number, end: number): Extent | undefined {
  const { frames, strings } = snapshot;
  const both = FrameFlag.hasSp | FrameFlag.hasFp;
  const leftBy = (row: number) => stackLeftBy(strings[frames.functionName[row] ?? 0] ?? '');
  let own: Extent | undefined;
  /** The stretch in hand, between two changes of the stack, and its last row. */
  let piece: Extent | undefined;
  let last = -1;
  for (let row = start; row < end; row++) {
    if (((frames.flags[row] ?? 0) & both) !== both) continue;
    const place = { low: frames.sp[row] ?? 0n, high: frames.fp[row] ?? 0n };
    const left = piece === undefined || place.low === piece.high ? undefined : leftBy(last);
    if (piece !== undefined && left === 'goroutine') own = around(own, piece);
    piece = around(left === undefined ? piece : undefined, place);
    last = row;
  }
  return piece !== undefined && (leftBy(last) ?? 'goroutine') === 'goroutine' ? around(own, piece) : own;
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
  for (const thread of threadsWith(snapshot, (name) => name === 'runtime.goexit')) {
    // A debugger shows a goroutine's stack as a thread's: it ends in goexit, a system stack does not.
    const start = innermostRow(thread);
    if (thread.kind !== 'debugger' || thread.goroutine !== undefined || start === undefined) continue;
    const extent = extentOf(snapshot, start, start + frameCount(thread));
    const guess = extent === undefined ? undefined : guessStack(thread.name, extent.low, extent.high);
    if (guess !== undefined) stacks.push(guess);
  }
  return stacks.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}
