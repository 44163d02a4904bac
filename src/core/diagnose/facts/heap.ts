/** What the collector complained about: bad heap pointers, where they were found and how they reached it. */
import { offsetBy, toAddress, type Address } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { threadsWith } from '../../model/thread-frames.ts';
import type { RuleContext } from '../rule.ts';
import { hex } from './addresses.ts';
import { crashGoroutine } from './crash.ts';
import { allCrashFrames, deathStack } from './death.ts';
import { isUserFrame } from './view.ts';

export type BadPointer = Extract<Complaint, { kind: 'bad-heap-pointer' }>;

const pointerArgument = /\bp=(0x[0-9a-f]{1,16}|\d{1,20})\b/;

/** A debugger that stands in runtime.badPointer shows the pointer as an argument, before anything is printed. */
function stoppedAtBadPointer(snapshot: Snapshot): BadPointer[] {
  const isHandler = (name: string | undefined): boolean => name === 'runtime.badPointer';
  return threadsWith(snapshot, isHandler).flatMap(({ kind, frames }) => {
    const frame = kind === 'debugger' ? frames.find((one) => isHandler(one.function)) : undefined;
    const printed = pointerArgument.exec(frame?.arguments ?? '')?.[1];
    if (frame === undefined || printed === undefined) return [];
    return [{ kind: 'bad-heap-pointer' as const, pointer: toAddress(BigInt(printed)), source: frame.source }];
  });
}

/**
 * Complaints of runtime/mbitmap.go badPointer, each pointer once. First the one that led to the death: the runtime prints it right
 * before the reason, while a text about the crash may quote others earlier.
 */
export function badPointers(snapshot: Snapshot): BadPointer[] {
  const found = new Map<bigint, BadPointer>();
  for (const complaint of snapshot.complaints) {
    if (complaint.kind !== 'bad-heap-pointer') continue;
    const earlier = found.get(complaint.pointer);
    if (earlier === undefined || (earlier.foundIn === undefined && complaint.foundIn !== undefined))
      found.set(complaint.pointer, complaint);
  }
  for (const complaint of stoppedAtBadPointer(snapshot))
    if (!found.has(complaint.pointer)) found.set(complaint.pointer, complaint);
  const all = [...found.values()];
  const reason = snapshot.crash === undefined ? undefined : snapshot.events[snapshot.crash.event]?.source;
  if (reason === undefined) return all;
  const led = all.findLast((one) => one.source.document === reason.document && one.source.start <= reason.start);
  return led === undefined ? all : [led, ...all.filter((one) => one !== led)];
}

/** runtime/mheap.go: spans consist of pages of this size. */
export const pageSize = 8192n;

export interface SpanDistance {
  /** inside [base, limit); near: within a page or an element of it; far: elsewhere, the span record was used again. */
  place: 'inside' | 'near' | 'far' | 'unknown';
  /** Bytes past the limit (positive) or before the base (negative). */
  bytes: bigint;
}

export function distanceToSpan(complaint: BadPointer): SpanDistance {
  const { span, pointer } = complaint;
  if (span?.limit === undefined) return { place: 'unknown', bytes: 0n };
  if (pointer >= span.base && pointer < span.limit) return { place: 'inside', bytes: 0n };
  const bytes = pointer >= span.limit ? pointer - span.limit : pointer - span.base;
  const reach = BigInt(Math.max(span.elementSize ?? 0, Number(pageSize)));
  return { place: bytes >= 0n && bytes < reach ? 'near' : 'far', bytes };
}

export function complaintEvidence(complaint: BadPointer): Evidence {
  const where =
    complaint.where === 'unused-region'
      ? ' to an unused region of a span'
      : complaint.where === 'unallocated-span'
        ? ' to a span that is not allocated'
        : '';
  const span = complaint.span;
  const bounds = span?.limit === undefined ? '' : `; the span record covers ${hex(span.base)} to ${hex(span.limit)}`;
  return { statement: `The collector met the pointer ${hex(complaint.pointer)}${where}${bounds}.`, source: complaint.source };
}

export function badPointer(complaint: BadPointer, why: string): BogusPointer {
  const pointer: BogusPointer = { value: complaint.pointer, why };
  if (complaint.foundIn !== undefined) pointer.at = slotInObject(complaint.foundIn);
  return pointer;
}

export function slotInObject(found: { base: Address; offset: bigint }): Address {
  return offsetBy(found.base, found.offset);
}

/** The frame that flushes the write-barrier buffer (runtime/mwbbuf.go wbBufFlush1, Go 1.10+). */
export function flushFrame(context: RuleContext): Frame | undefined {
  return allCrashFrames(context).find((frame) => frame.function === 'runtime.wbBufFlush1');
}

const barriers =
  /^(?:runtime\.)?(?:gcWriteBarrier\w*|wbBufFlush|wbZero|wbMove|bulkBarrierPreWrite\w*|typedmemmove|typedslicecopy)$/;

export interface Storing {
  frame: Frame;
  /** True when the write barrier was called by it; false when its stack merely is the one that was flushed. */
  direct: boolean;
}

/** The user's function whose store filled or flushed the buffer: the frame behind the write barrier. */
export function storingFrame(context: RuleContext): Storing | undefined {
  const frames = crashGoroutine(context)?.frames ?? deathStack(context);
  const last = frames.findLastIndex((frame) => frame.function !== undefined && barriers.test(frame.function));
  const direct = frames[last + 1];
  if (last >= 0 && direct !== undefined && isUserFrame(direct)) return { frame: direct, direct: true };
  const user = frames.slice(last + 1).find(isUserFrame);
  return last < 0 || user === undefined ? undefined : { frame: user, direct: false };
}
