/**
 * gdb's `bt` prints return addresses but neither sp nor fp. Each return address was pushed by a call, so the frames'
 * places follow from where those values lie among the stack words.
 */
import type { Architecture } from '../arch/index.ts';
import type { Address } from '../model/address.ts';
import { FrameFlag, type FrameTable } from '../model/goroutine.ts';
import { lowerBound, wordAt, type Words } from '../model/memory-lookup.ts';

/** Words looked at between two frames; larger frames are left unplaced. */
const widestFrame = 1 << 16;
/** Places looked at for one return address. */
const mostCandidates = 16;

interface Candidate {
  slot: bigint;
  /** The frame-pointer link found beside it agrees with the walk so far. */
  linked: boolean;
}

/** Whether the link beside return slot `slot` leads to the frame that returns to `after`: a stale copy has none such. */
function leadsOn(memory: Words, slot: bigint, after: bigint): boolean {
  const link = wordAt(memory, slot - 8n);
  return link !== undefined && link > slot && after !== 0n && wordAt(memory, link + 8n) === after;
}

function candidatesFor(memory: Words, target: bigint, from: bigint, link: bigint | undefined, linkOffset: bigint): Candidate[] {
  const found: Candidate[] = [];
  const first = lowerBound(memory, from);
  const near = memory.values.subarray(first, lowerBound(memory, from + BigInt(widestFrame) * 8n + 1n));
  for (let at = near.indexOf(target); at >= 0 && found.length < mostCandidates; at = near.indexOf(target, at + 1)) {
    const address = memory.addresses[first + at] ?? 0n;
    found.push({ slot: address, linked: link !== undefined && address + linkOffset === link });
  }
  return found;
}

/** Rows that are frames of their own: the readers mark calls inlined into another; only the innermost may lack a pc. */
export function physicalRows(frames: FrameTable, start: number, end: number): number[] {
  const rows: number[] = [];
  for (let row = start; row < end; row++) {
    const flags = frames.flags[row] ?? 0;
    if ((flags & FrameFlag.inlined) === 0 && (row === start || (flags & FrameFlag.hasPc) !== 0)) rows.push(row);
  }
  return rows;
}

/** Behind a function with its source, a place of no function is no call: what a debugger lists from there on it has guessed. */
function isGuessed(frames: FrameTable, inner: number | undefined, row: number): boolean {
  return inner !== undefined && frames.functionName[row] === 0 && frames.functionName[inner] !== 0 && frames.file[inner] !== 0;
}

/**
 * Places the frames of rows [start, end). `stackPointer` is the innermost frame's sp, `framePointer` its register.
 * Returns the number of frames placed; stops at the first return address that is not among the words.
 */
export function placeFrames(
  frames: FrameTable,
  memory: Words,
  arch: Architecture,
  start: number,
  end: number,
  stackPointer: Address | undefined,
  framePointer: Address | undefined,
): number {
  const rows = physicalRows(frames, start, end);
  const topPushed = arch.returnAddressAt === 'frame-top';
  // Where the link lies, seen from the return address: one word below it on both conventions.
  const linkOffset = -8n;
  let cursor: bigint | undefined = stackPointer ?? memory.addresses[0];
  let link: bigint | undefined = framePointer;
  let placed = 0;
  const put = (row: number, sp: bigint, fp: bigint): void => {
    frames.sp[row] = sp;
    frames.fp[row] = fp;
    frames.flags[row] = (frames.flags[row] ?? 0) | FrameFlag.hasSp | FrameFlag.hasFp | FrameFlag.placed;
    placed++;
  };
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    if (cursor === undefined || next === undefined || isGuessed(frames, rows[index - 1], row)) break;
    const target = frames.pc[next] ?? 0n;
    if (target === 0n) break;
    const candidates = candidatesFor(memory, target, cursor, link, linkOffset);
    const onward = frames.pc[rows[index + 2] ?? -1] ?? 0n;
    const chosen =
      candidates.find((candidate) => candidate.linked) ??
      candidates.find((candidate) => leadsOn(memory, candidate.slot, onward)) ??
      candidates[0];
    if (chosen === undefined) {
      // A leaf keeps its return address in the register: it ends where its caller's saved one lies.
      const caller =
        topPushed || index > 0 || onward === 0n ? undefined : candidatesFor(memory, onward, cursor, link, linkOffset)[0];
      if (caller === undefined) break;
      put(row, cursor, caller.slot);
      cursor = caller.slot;
      continue;
    }
    const sp: bigint = cursor;
    let fp: bigint;
    if (topPushed) fp = chosen.slot + BigInt(arch.wordSize);
    else {
      // The saved link register lies at the bottom of this frame; its end is the next frame's bottom, found in the next turn.
      const after = rows[index + 2];
      const following =
        after === undefined
          ? undefined
          : candidatesFor(memory, frames.pc[after] ?? 0n, chosen.slot + 8n, undefined, linkOffset)[0];
      if (following === undefined) break;
      fp = following.slot;
      if (index === 0 && chosen.slot !== sp) {
        // A leaf keeps its return address in the register: the first saved one belongs to its caller.
        put(row, sp, chosen.slot);
        cursor = chosen.slot;
        continue;
      }
    }
    put(row, topPushed ? sp : chosen.slot, fp);
    const saved = wordAt(memory, chosen.slot + linkOffset);
    link = saved !== undefined && saved > chosen.slot ? saved : undefined;
    cursor = fp;
  }
  return placed;
}
