/** Ends of frames that `info frame` tells: places of the rows of a stack listed at the same step that the words did not place. */
import type { Architecture } from '../arch/index.ts';
import type { Address } from '../model/address.ts';
import { FrameFlag, type FrameTable } from '../model/goroutine.ts';
import type { RegisterSet } from '../model/thread.ts';
import type { FactOf } from './fact-index.ts';
import { physicalRows } from './placement.ts';
import type { RowMap } from './row-map.ts';
import { shownAt } from './step-registers.ts';

type StackFact = FactOf<'debugger-stack'>;
type EndFact = FactOf<'frame-end'>;

/** `info frame`s of one step that are looked at, for each stack listed at it. */
const mostEnds = 64;
/** Bytes between a stack pointer and the end of its frame; further apart they are of two threads. */
const widestFrame = 1n << 19n;

/** Gives the rows of `stacks` the ends that `ends` tell of them; a row that has a place keeps it. */
export function placeToldEnds(
  ends: readonly EndFact[],
  stacks: readonly StackFact[],
  frames: FrameTable,
  rows: RowMap,
  arch: Architecture,
  registers: readonly RegisterSet[],
): void {
  if (ends.length === 0 || arch.returnAddressAt !== 'frame-top') return;
  const told = new Map<number, EndFact[]>();
  for (const end of ends) {
    const list = told.get(end.step);
    if (list === undefined) told.set(end.step, [end]);
    else if (list.length < mostEnds) list.push(end);
  }
  const threads = threadsOfSteps(stacks);
  for (const stack of stacks) {
    if (stack.listed !== undefined) continue;
    const here = told.get(stack.step)?.filter(({ thread, tid }) => thread === stack.thread && tid === stack.tid) ?? [];
    if (here.length === 0) continue;
    const start = rows.to(stack.frameStart);
    const physical = physicalRows(frames, start, start + stack.frameEnd - stack.frameStart);
    for (const end of here) placeEnd(end, start, physical, frames);
    // Registers do not say whose they are: where several threads were listed they may be another's.
    const isAlone = threads.get(stack.step)?.size === 1;
    addStackPointers(physical, frames, isAlone ? shownAt(registers, arch.stackPointer, stack.step) : undefined);
  }
}

function threadsOfSteps(stacks: readonly StackFact[]): Map<number, Set<string>> {
  const threads = new Map<number, Set<string>>();
  for (const { listed, step, thread, tid } of stacks) {
    if (listed !== undefined) continue;
    const here = threads.get(step) ?? new Set();
    threads.set(step, here.add(thread ?? tid?.toString() ?? ''));
  }
  return threads;
}

/** `physical`: the rows of one stack from row `start` on that are frames of their own, innermost first. */
function placeEnd(end: EndFact, start: number, physical: readonly number[], frames: FrameTable): void {
  // A call that was inlined ends with the frame that it is part of: the next one that is no such call.
  const at = physical.findIndex((row) => row >= start + end.level);
  if (at < 0 || !isThatFrame(end, physical, at, frames)) return;
  give(physical, at, end.fp, frames);
  if (end.callerFp !== undefined) give(physical, at + 1, end.callerFp, frames);
  if (end.calleeFp !== undefined && end.level > 0 && physical[at - 1] === start + end.level - 1)
    give(physical, at - 1, end.calleeFp, frames);
}

/** Levels of a shortened listing are not its rows: one of the two addresses of code has to agree, and neither may differ. */
function isThatFrame(end: EndFact, physical: readonly number[], at: number, frames: FrameTable): boolean {
  const pcOf = (index: number): bigint | undefined => {
    const row = physical[index];
    return row !== undefined && (frames.flags[row] ?? 0) & FrameFlag.hasPc ? frames.pc[row] : undefined;
  };
  const pc = pcOf(at);
  const savedPc = pcOf(at + 1);
  if (pc !== undefined && end.pc !== undefined && pc !== end.pc) return false;
  if (savedPc !== undefined && end.savedPc !== undefined && savedPc !== end.savedPc) return false;
  return (pc !== undefined && end.pc !== undefined) || (savedPc !== undefined && end.savedPc !== undefined);
}

/** Gives row `physical[at]` its end, unless it has one or the order of the frames around it says otherwise. */
function give(physical: readonly number[], at: number, fp: Address, frames: FrameTable): void {
  const row = physical[at];
  if (row === undefined || hasEnd(frames, row)) return;
  for (const inner of physical.slice(0, at)) if (hasEnd(frames, inner) && (frames.fp[inner] ?? 0n) >= fp) return;
  for (const outer of physical.slice(at + 1)) if (hasEnd(frames, outer) && (frames.fp[outer] ?? 0n) <= fp) return;
  frames.fp[row] = fp;
  frames.flags[row] = (frames.flags[row] ?? 0) | FrameFlag.hasFp;
}

/** A frame begins where the one that it called ends, the innermost at the stack pointer. */
function addStackPointers(physical: readonly number[], frames: FrameTable, stackPointer: Address | undefined): void {
  let begins: bigint | undefined = stackPointer;
  for (const row of physical) {
    const flags = frames.flags[row] ?? 0;
    const fp = flags & FrameFlag.hasFp ? (frames.fp[row] ?? 0n) : undefined;
    if (
      fp !== undefined &&
      (flags & FrameFlag.hasSp) === 0 &&
      begins !== undefined &&
      begins < fp &&
      fp - begins <= widestFrame
    ) {
      frames.sp[row] = begins;
      frames.flags[row] = flags | FrameFlag.hasSp;
    }
    begins = fp;
  }
}

function hasEnd(frames: FrameTable, row: number): boolean {
  return ((frames.flags[row] ?? 0) & FrameFlag.hasFp) !== 0;
}
