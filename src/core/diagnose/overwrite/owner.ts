/** In whose memory a run starts: the frame or the object, and what lies right below it. */
import { toAddress, type Address } from '../../model/address.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { OverwriteRun } from './run.ts';

export interface RunOwner {
  /** 'local': inside the frame whose own slot was hit. 'callee': in a frame below, live or returned. 'neighbour': the object before. */
  kind: 'local' | 'callee' | 'object' | 'neighbour';
  /** Function of the frame; absent where a frame that has returned lay there. */
  function?: string;
  /** Bytes from the low end of that frame or object to the run. */
  offset?: bigint;
  /** Base of the object, or of the one below. */
  base?: Address;
}

interface Placed {
  function: string;
  sp: bigint;
  fp: bigint;
}

/** The physical frame that covers `address`; complaints place frames that no traceback prints. */
function frameOver(snapshot: Snapshot, address: bigint): Placed | undefined {
  const { frames, strings, complaints } = snapshot;
  for (const one of complaints) {
    if (one.kind !== 'unexpected-return-pc' || one.frame === undefined) continue;
    const { sp, fp } = one.frame;
    if (address >= sp && address < fp) return { function: one.function, sp, fp };
  }
  const placed = FrameFlag.hasSp | FrameFlag.hasFp;
  for (let row = 0; row < frames.length; row++) {
    const flags = frames.flags[row] ?? 0;
    if ((flags & placed) !== placed || (flags & FrameFlag.inlined) !== 0) continue;
    const [sp, fp] = [frames.sp[row] ?? 0n, frames.fp[row] ?? 0n];
    if (address >= sp && address < fp) return { function: strings[frames.functionName[row] ?? 0] ?? '', sp, fp };
  }
  return undefined;
}

/** Undefined where nothing says what lies at the start of the run. */
export function ownerOf(snapshot: Snapshot, run: OverwriteRun): RunOwner | undefined {
  const [slot] = run.slots;
  if (slot === undefined) return undefined;
  if (slot.object !== undefined) {
    const object = snapshot.objects.find((one) => one.base === slot.object);
    const size = object?.span?.elementSize;
    if (run.start > slot.object) return { kind: 'object', base: slot.object, offset: run.start - slot.object };
    return size === undefined || size === 0
      ? { kind: 'neighbour' }
      : { kind: 'neighbour', base: toAddress(slot.object - BigInt(size)) };
  }
  const below = frameOver(snapshot, run.start);
  const own = frameOver(snapshot, slot.address);
  if (below !== undefined && own !== undefined && below.sp === own.sp)
    return { kind: 'local', function: below.function, offset: run.start - below.sp };
  if (below !== undefined) return { kind: 'callee', function: below.function, offset: run.start - below.sp };
  return own !== undefined && run.start < own.sp ? { kind: 'callee' } : undefined;
}
