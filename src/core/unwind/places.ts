/** Physical frames with their places: inlined calls and frames without sp and fp drop out. */
import { toAddress, type Address } from '../model/address.ts';
import type { Architecture } from '../arch/index.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface PlacedFrame {
  row: number;
  name: string;
  file: string;
  sp: Address;
  fp: Address;
  framePointerSlot?: Address;
  returnSlot?: Address;
  /** False behind an elided stretch: nothing joins it to the frame before. */
  joined: boolean;
}

const both = FrameFlag.hasSp | FrameFlag.hasFp;

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
    const flags = frames.flags[row] ?? 0;
    if ((flags & both) !== both || (flags & FrameFlag.inlined) !== 0) continue;
    const sp = toAddress(frames.sp[row] ?? 0n);
    const fp = toAddress(frames.fp[row] ?? 0n);
    const frame: PlacedFrame = {
      row,
      name: strings[frames.functionName[row] ?? 0] ?? '',
      file: strings[frames.file[row] ?? 0] ?? '',
      sp,
      fp,
      joined:
        placed.length > 0 && !(elidedAfter >= 0 && row - start >= elidedAfter && (placed.at(-1)?.row ?? 0) - start < elidedAfter),
    };
    const framePointerSlot = arch?.framePointerSlot({ sp, fp });
    if (framePointerSlot !== undefined) frame.framePointerSlot = framePointerSlot;
    const returnSlot = arch?.returnSlot({ sp, fp });
    if (returnSlot !== undefined) frame.returnSlot = returnSlot;
    placed.push(frame);
  }
  return placed;
}
