/**
 * Callers that the unwinder found twice. On machines with a link register an assembly function without a frame (a write barrier
 * in mid-call) has its return address in the register; where that is read again for its caller, the caller is printed a second
 * time with the same pc, and what the walk meets behind it is no return slot (runtime/traceback.go, all versions).
 */
import type { Address } from '../../model/address.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';

const placed = FrameFlag.hasPc | FrameFlag.hasSp | FrameFlag.hasFp;

/** True when the frame at `sp` repeats the pc of the one below it, and that one was called by a function without a frame. */
export function repeatsCaller(snapshot: Snapshot, sp: Address): boolean {
  const { frames, goroutines } = snapshot;
  for (let owner = 0; owner < goroutines.length; owner++) {
    for (let row = (goroutines.frameStart[owner] ?? 0) + 2; row < (goroutines.frameEnd[owner] ?? 0); row++) {
      if (frames.sp[row] !== sp || frames.pc[row] !== frames.pc[row - 1]) continue;
      if ([row, row - 1, row - 2].some((one) => ((frames.flags[one] ?? 0) & placed) !== placed)) continue;
      if (frames.functionName[row] === frames.functionName[row - 1] && frames.fp[row - 2] === frames.sp[row - 2]) return true;
    }
  }
  return false;
}
