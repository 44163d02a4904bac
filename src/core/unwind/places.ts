/** Physical frames with their places: inlined calls and frames without sp and fp drop out. */
import { offsetBy, toAddress, type Address } from '../model/address.ts';
import type { Architecture } from '../arch/index.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { StackKind } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { stackLeftBy } from '../model/stack-switch.ts';

export interface PlacedFrame {
  row: number;
  name: string;
  file: string;
  sp: Address;
  fp: Address;
  /** Only its end is known: `sp` is the lowest word that is surely its own. */
  partial?: true;
  framePointerSlot?: Address;
  returnSlot?: Address;
  /** False behind an elided stretch and where the stack is another: nothing joins it to the frame before. */
  joined: boolean;
  /** The stack that it lies on, where the rows go over several; absent = the one that the whole listing is of. */
  stack?: StackKind;
}

/** Bytes at the end of a frame that calls others: the saved frame pointer and the return address (architectures that push both). */
const pushedBytes = 16;

/** Where row `row` lies; where only its end is known, the words that a call and a prologue pushed. */
function placeOf(
  snapshot: Snapshot,
  arch: Architecture | undefined,
  row: number,
): { sp: Address; fp: Address; partial?: true } | undefined {
  const { frames } = snapshot;
  const flags = frames.flags[row] ?? 0;
  if ((flags & FrameFlag.inlined) !== 0 || (flags & FrameFlag.hasFp) === 0) return undefined;
  const fp = toAddress(frames.fp[row] ?? 0n);
  if ((flags & FrameFlag.hasSp) !== 0) return { sp: toAddress(frames.sp[row] ?? 0n), fp };
  return arch?.returnAddressAt === 'frame-top' ? { sp: offsetBy(fp, -pushedBytes), fp, partial: true } : undefined;
}

/** Rows [start, end) as placed frames, innermost first. `elidedAfter`: rows before the elided mark, or -1. */
export function placedFrames(
  snapshot: Snapshot,
  arch: Architecture | undefined,
  start: number,
  end: number,
  elidedAfter = -1,
): PlacedFrame[] {
  const { frames, strings } = snapshot;
  const placed: PlacedFrame[] = [];
  for (let row = start; row < end; row++) {
    const place = placeOf(snapshot, arch, row);
    if (place === undefined) continue;
    const frame: PlacedFrame = {
      row,
      name: strings[frames.functionName[row] ?? 0] ?? '',
      file: strings[frames.file[row] ?? 0] ?? '',
      ...place,
      joined:
        placed.length > 0 &&
        place.partial === undefined &&
        !(elidedAfter >= 0 && row - start >= elidedAfter && (placed.at(-1)?.row ?? 0) - start < elidedAfter),
    };
    const framePointerSlot = arch?.framePointerSlot(place);
    if (framePointerSlot !== undefined) frame.framePointerSlot = framePointerSlot;
    const returnSlot = arch?.returnSlot(place);
    if (returnSlot !== undefined) frame.returnSlot = returnSlot;
    placed.push(frame);
  }
  if (arch !== undefined) partStacks(arch, placed);
  return placed;
}

/** Parts `frames` where one of them left its stack and the next lies elsewhere. */
function partStacks(arch: Architecture, frames: PlacedFrame[]): void {
  let first = 0;
  const lieOn = (stack: StackKind, end: number) => {
    for (const frame of frames.slice(first, end)) frame.stack = stack;
    first = end;
  };
  for (const [index, outer] of frames.entries()) {
    const inner = frames[index - 1];
    const left = inner === undefined ? undefined : stackLeftBy(inner.name);
    if (inner === undefined || left === undefined || arch.joins(inner, inner.name).includes(outer.sp)) continue;
    lieOn(left, index);
    outer.joined = false;
  }
  if (first > 0) lieOn(stackLeftBy(frames.at(-1)?.name ?? '') ?? 'goroutine', frames.length);
}
