/**
 * `stack -offsets`: the frame's end and the frame-pointer register, relative to the top of the goroutine's stack; frames on system
 * stacks have no top and are printed absolute (pkg/proc/stack.go Stackframe.FrameOffset, FramePointerOffset).
 */
import { toAddress, type Address } from '../../../model/address.ts';
import { FrameFlag } from '../../../model/goroutine.ts';
import { stackLeftBy } from '../../../model/stack-switch.ts';
import type { RecordSink } from '../../reader.ts';
import type { SourceRange } from '../../../model/source.ts';

const form = /^[ \t]{1,24}frame: ([+-])0x([0-9a-f]{1,16}) frame pointer ([+-])0x([0-9a-f]{1,16})$/;
/** Offsets of frames are smaller; an offset of this size is an address, or an address short of a stack's top. */
const largestOffset = 1n << 32n;

export interface FrameOffsets {
  row: number;
  level: number;
  end: bigint;
  framePointer: bigint;
  source: SourceRange;
}

export function readOffsets(line: string): { end: bigint; framePointer: bigint } | undefined {
  const match = form.exec(line.trimEnd());
  if (match === null) return undefined;
  const signed = (sign: string | undefined, digits: string | undefined): bigint =>
    sign === '-' ? -BigInt(`0x${digits ?? '0'}`) : BigInt(`0x${digits ?? '0'}`);
  return { end: signed(match[1], match[2]), framePointer: signed(match[3], match[4]) };
}

/** Top of the goroutine's stack: at its outermost frame the frame pointer is 0, and is printed as 0 minus the top. */
function topOf(sink: RecordSink, offsets: readonly FrameOffsets[]): bigint | undefined {
  const last = offsets.at(-1);
  if (last === undefined || last.end >= 0n || last.end <= -largestOffset) return undefined;
  const name = sink.columns.strings.at(sink.columns.frames.data.functionName[last.row] ?? 0);
  return /^runtime\.(?:goexit|rt0_go|mstart)/.test(name) && last.framePointer <= -largestOffset ? -last.framePointer : undefined;
}

interface Place {
  end: Address;
  framePointer?: Address;
}

function placeOf(offsets: FrameOffsets, top: bigint | undefined): Place | undefined {
  if (offsets.end >= largestOffset) return { end: toAddress(offsets.end), framePointer: toAddress(offsets.framePointer) };
  if (top === undefined || offsets.end > 0n) return undefined;
  return { end: toAddress(top + offsets.end), framePointer: toAddress(top + offsets.framePointer) };
}

/** Runtime stacks are limited to 1 GB (runtime/proc.go maxstacksize). */
const largestStack = 1n << 30n;

function isNear(framePointer: bigint, end: bigint): boolean {
  const apart = framePointer - end;
  return framePointer % 8n === 0n && apart > -largestStack && apart < largestStack;
}

/**
 * Delve follows frame pointers: the register of frame n + 1 is the word that the register of frame n points to, as long as that lies
 * below the end of frame n (pkg/proc/amd64_arch.go amd64FixFrameUnwindContext, frame.RuleFramePointer). A word that cannot be read
 * gives 0, which is therefore no proof.
 */
function keepLink(sink: RecordSink, textLine: number, inner: Place, outer: Place, source: SourceRange): void {
  const slot = inner.framePointer;
  const value = outer.framePointer;
  if (slot === undefined || value === undefined || value === 0n || value === slot) return;
  if (slot >= inner.end || !isNear(slot, inner.end)) return;
  sink.facts.push({ kind: 'words', textLine, words: [{ address: slot, value, source, step: sink.step }], wordSize: 8 });
}

/**
 * Places the frames and keeps the frame-pointer register of a physical frame as a value where it is none. `stackPointer`: the innermost frame's, if
 * known.
 */
export function placeByOffsets(
  sink: RecordSink,
  textLine: number,
  offsets: readonly FrameOffsets[],
  stackPointer?: bigint,
): void {
  const top = topOf(sink, offsets);
  const { data } = sink.columns.frames;
  let sp = stackPointer;
  let inner: Place | undefined;
  for (const one of offsets) {
    if ((data.flags[one.row] ?? 0) & FrameFlag.inlined) continue;
    const place = placeOf(one, top);
    if (place === undefined) {
      sp = undefined;
      inner = undefined;
      continue;
    }
    data.fp[one.row] = place.end;
    data.flags[one.row] = (data.flags[one.row] ?? 0) | FrameFlag.hasFp;
    if (sp !== undefined && sp < place.end && place.end - sp < largestOffset) {
      data.sp[one.row] = sp;
      data.flags[one.row] = (data.flags[one.row] ?? 0) | FrameFlag.hasSp;
    }
    // One that leads up the stack says nothing new.
    if (place.framePointer !== undefined && place.framePointer !== 0n && !isNear(place.framePointer, place.end))
      sink.facts.push({
        kind: 'value',
        textLine,
        name: 'rbp',
        value: place.framePointer,
        ...(one.level > 0 ? { frame: one.level } : {}),
        step: sink.step,
        source: one.source,
      });
    const name = sink.columns.strings.at(data.functionName[one.row] ?? 0);
    const left = stackLeftBy(name) !== undefined;
    if (inner !== undefined) keepLink(sink, textLine, inner, place, one.source);
    inner = left ? undefined : place;
    sp = left ? undefined : place.end;
  }
}
