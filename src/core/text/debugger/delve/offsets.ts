/**
 * `stack -offsets`: the frame's end and the frame-pointer register, relative to the top of the goroutine's stack; frames on system
 * stacks have no top and are printed absolute (pkg/proc/stack.go Stackframe.FrameOffset, FramePointerOffset).
 */
import { addressOfHalves, toAddress, type Address } from '../../../model/address.ts';
import { FrameFlag } from '../../../model/goroutine.ts';
import { stackLeftBy } from '../../../model/stack-switch.ts';
import { ascii, startsWith, trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { readHex, wide } from '../runs/number.ts';
import type { SourceRange } from '../../../model/source.ts';

const framing = ascii('frame: ');
const pointing = ascii(' frame pointer ');
const deepestIndent = 24;
const tab = 9;
const space = 32;
const plus = 43;
const minus = 45;
/** Offsets of frames are smaller; an offset of this size is an address, or an address short of a stack's top. */
const largestOffset = 1n << 32n;

export interface FrameOffsets {
  row: number;
  level: number;
  end: bigint;
  framePointer: bigint;
  source: SourceRange;
}

/** The number read last: 64 bits without sign, and whether a minus stood before it. */
const signed = { high: 0, low: 0, negative: false };

/** Reads `+0x…` or `-0x…` at `at` into `signed`; the offset behind it, -1 = it is none. */
function readSigned(bytes: Uint8Array, at: number): number {
  signed.negative = bytes[at] === minus;
  if (!signed.negative && bytes[at] !== plus) return -1;
  const behind = readHex(bytes, at + 1);
  signed.high = wide.high;
  signed.low = wide.low;
  return behind;
}

function signedValue(): bigint {
  const value: bigint = addressOfHalves(signed.high, signed.low);
  return signed.negative ? -value : value;
}

/** The offsets on line `index`, which are those of the frame in `row`; undefined when they do not stand there. */
export function readOffsets(cursor: LineCursor, index: number, row: number, level: number): FrameOffsets | undefined {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  let at = start;
  while (bytes[at] === space || bytes[at] === tab) at++;
  if (at === start || at - start > deepestIndent || !startsWith(bytes, at, end, framing)) return undefined;
  const from = at;
  at = readSigned(bytes, at + framing.length);
  if (at < 0 || !startsWith(bytes, at, end, pointing)) return undefined;
  const frameEnd = signedValue();
  at = readSigned(bytes, at + pointing.length);
  if (at < 0 || trimEnd(bytes, at, end) !== at) return undefined;
  return { row, level, end: frameEnd, framePointer: signedValue(), source: cursor.range(from, at) };
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
