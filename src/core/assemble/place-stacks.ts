/** Places for the frames of a debugger's stacks, each in the memory that the session had shown at its step. */
import type { Architecture } from '../arch/index.ts';
import { FrameFlag, type FrameTable } from '../model/goroutine.ts';
import type { Words } from '../model/memory-lookup.ts';
import type { RegisterSet } from '../model/thread.ts';
import type { FactOf } from './fact-index.ts';
import { placeFrames } from './placement.ts';
import type { RowMap } from './row-map.ts';
import type { StepOrder } from './step-order.ts';
import { shownAt, shownRegister } from './step-registers.ts';

export function placeDebuggerStacks(
  stacks: readonly FactOf<'debugger-stack'>[],
  frames: FrameTable,
  rows: RowMap,
  arch: Architecture,
  registers: readonly RegisterSet[],
  memoryAt: (step: number) => Words,
  order: StepOrder | undefined,
): void {
  // Memory is taken through the program's own time once, however the session went.
  const inTime = order === undefined ? stacks : [...stacks].sort((a, b) => order.rank(a.step) - order.rank(b.step));
  for (const stack of inTime) {
    if (stack.listed !== undefined) continue;
    const start = rows.to(stack.frameStart);
    const end = start + stack.frameEnd - stack.frameStart;
    if (isPlaced(frames, start, end)) continue;
    // Registers of another moment would place it among words that were not there yet.
    if (order !== undefined && stack.step >= order.firstBack && shownAt(registers, arch.stackPointer, stack.step) === undefined)
      continue;
    const shown = (name: string | undefined) => shownRegister(registers, name, stack.step);
    placeFrames(frames, memoryAt(stack.step), arch, start, end, shown(arch.stackPointer), shown(arch.framePointer));
  }
}

/** Delve says where frames end, as an offset from the stack's top. */
function isPlaced({ flags }: FrameTable, start: number, end: number): boolean {
  for (let row = start; row < end; row++) if ((flags[row] ?? 0) & FrameFlag.hasFp) return true;
  return false;
}
