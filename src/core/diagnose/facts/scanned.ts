/** The goroutine whose stack the runtime was walking when it died: the argument of scanstack, copystack and their callers. */
import type { Address } from '../../model/address.ts';
import { architectureOf } from '../../arch/index.ts';
import { GoroutineFlag, type Frame, type Goroutine } from '../../model/goroutine.ts';
import type { RuleContext } from '../rule.ts';
import { argumentWords } from './arguments.ts';
import { goroutineOf, isUserFrame } from './view.ts';

/** runtime functions whose first argument is the goroutine that they walk (runtime/mgcmark.go, runtime/stack.go). */
const walkers = /^runtime\.(?:scanstack|copystack|shrinkstack)$/;

function rowOfDescriptor(context: RuleContext, gp: bigint): number | undefined {
  const { goroutines } = context.snapshot;
  for (let row = 0; row < goroutines.length; row++) {
    if (((goroutines.flags[row] ?? 0) & GoroutineFlag.hasGp) !== 0 && goroutines.gp[row] === gp) return row;
  }
  return undefined;
}

/** The walked goroutine: named by its descriptor, by the snapshot, or the only one with the scan mark. */
export function scannedGoroutine(context: RuleContext, frames: readonly Frame[]): Goroutine | undefined {
  const { snapshot } = context;
  for (const frame of frames) {
    if (frame.function === undefined || !walkers.test(frame.function)) continue;
    const gp = argumentWords(frame.arguments)[0]?.value;
    const row = gp === undefined ? undefined : rowOfDescriptor(context, gp);
    if (row !== undefined) return goroutineOf(context, row);
  }
  if (snapshot.crash?.victim !== undefined) return goroutineOf(context, snapshot.crash.victim);
  const scanning: number[] = [];
  for (let row = 0; row < snapshot.goroutines.length; row++) {
    if (((snapshot.goroutines.flags[row] ?? 0) & GoroutineFlag.scan) !== 0) scanning.push(row);
  }
  return scanning.length === 1 ? goroutineOf(context, scanning[0]) : undefined;
}

const roots = /^runtime\.(?:goexit|rt0_go|mstart|mstart1|main|gcBgMarkWorker|systemstack|mcall)/;

/** The frame at which a goroutine's printed stack ends too early: no root behind it, nothing elided. */
export function cutFrame(goroutine: Goroutine): Frame | undefined {
  const last = goroutine.frames.at(-1);
  if (last === undefined || goroutine.elided !== undefined) return undefined;
  return last.function !== undefined && !roots.test(last.function) && isUserFrame(last) ? last : undefined;
}

export function returnSlotOf(context: RuleContext, frame: Frame): Address | undefined {
  if (frame.sp === undefined || frame.fp === undefined) return undefined;
  return architectureOf(context.snapshot.process.arch)?.returnSlot({ sp: frame.sp, fp: frame.fp });
}
