/**
 * What a watchpoint stop says. Running backwards, *Old value* is the later one, and the instruction shown has not run yet: it is the
 * writer. `watch *ADDR` without a type watches four bytes, printed as a signed decimal.
 */
import { toAddress, type Address } from '../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../model/event.ts';
import { isRuntimeFunction } from '../model/function-name.ts';
import type { Frame } from '../model/goroutine.ts';
import { eachRegisterValue } from '../model/register-sets.ts';
import type { Thread } from '../model/thread.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { momentOfSource, momentOfStep } from './moments.ts';

export interface WatchStop {
  event: CrashEvent;
  stop: DebuggerStop;
  address?: Address;
  /** Whole words where they are known, else as printed. */
  earlier?: Address;
  later?: Address;
  reverse: boolean;
  moment: number;
  /** The writing function, and the first user function that called it where it is the runtime's. */
  writer?: string;
  caller?: Frame;
}

const lowHalf = (1n << 32n) - 1n;
/** Values above it need more than four bytes. */
const fourBytes = 1n << 32n;

/** Eight-byte values of the case by those low halves of them that are `wanted`. */
function knownValues(snapshot: Snapshot, wanted: ReadonlySet<number>): Map<number, Address> {
  const byLowHalf = new Map<number, Address>();
  if (wanted.size === 0) return byLowHalf;
  const add = (value: bigint | undefined): void => {
    if (value === undefined || value < fourBytes) return;
    const low = Number(value & lowHalf);
    if (wanted.has(low) && !byLowHalf.has(low)) byLowHalf.set(low, toAddress(value));
  };
  for (const complaint of snapshot.complaints) if (complaint.kind === 'bad-heap-pointer') add(complaint.pointer);
  for (const search of snapshot.searches) add(search.value);
  for (const struct of snapshot.structs ?? []) for (const field of struct.fields) add(field.value);
  eachRegisterValue(snapshot.registers, add);
  for (const value of snapshot.memory.values) add(value);
  return byLowHalf;
}

const wholeWord = /\*\s*\((?:(?:unsigned )?long|u?int64_t|uint64|int64|uintptr(?:_t)?|size_t|void \*|char \*|[^()]*\*)\s*\*\s*\)/;

/** Whether a printed value is that of four bytes: a known word may have that low half. */
function isHalf(value: Address | undefined, wide: boolean): value is Address {
  if (value === undefined || wide || value === 0n) return false;
  const signed = BigInt.asIntN(64, value);
  return signed < fourBytes && signed >= -(1n << 31n);
}

/** The whole word that a printed value stands for: a four-byte one is matched to a known word with that low half. */
function wholeValue(value: Address | undefined, wide: boolean, known: ReadonlyMap<number, Address>): Address | undefined {
  if (!isHalf(value, wide)) return value;
  return known.get(Number(value & lowHalf)) ?? toAddress(value & lowHalf);
}

/** The low halves that the stops of `events` print. */
function printedHalves(events: readonly CrashEvent[]): Set<number> {
  const wanted = new Set<number>();
  for (const { kind, text, stop } of events) {
    if (kind !== 'watchpoint' || stop === undefined) continue;
    const wide = wholeWord.test(text);
    for (const value of [stop.oldValue, stop.newValue]) if (isHalf(value, wide)) wanted.add(Number(value & lowHalf));
  }
  return wanted;
}

const barrier = /^(?:runtime\.)?gcWriteBarrier\w*$/;

/** The first stack that a debugger printed at each step of each document. */
function stacksByStep(snapshot: Snapshot): Map<string, Thread> {
  const stacks = new Map<string, Thread>();
  for (const thread of snapshot.threads) {
    const key = `${thread.source.document.toString()}:${(thread.step ?? -1).toString()}`;
    if (thread.kind === 'debugger' && !stacks.has(key)) stacks.set(key, thread);
  }
  return stacks;
}

/** The first user frame that a debugger printed at the same stop as the runtime's writer. */
function callerOf(stacks: ReadonlyMap<string, Thread>, event: CrashEvent): Frame | undefined {
  const stack = stacks.get(`${event.source.document.toString()}:${(event.step ?? -1).toString()}`);
  return stack?.frames.find(
    (frame) => frame.function !== undefined && !isRuntimeFunction(frame.function) && !barrier.test(frame.function),
  );
}

export function isBarrier(name: string | undefined): boolean {
  return name !== undefined && barrier.test(name);
}

/** Watchpoint stops in printed order. */
export function watchStops(snapshot: Snapshot): WatchStop[] {
  if (!snapshot.events.some((event) => event.kind === 'watchpoint')) return [];
  const known = knownValues(snapshot, printedHalves(snapshot.events));
  const stacks = stacksByStep(snapshot);
  const complained = new Set(snapshot.complaints.flatMap((one) => (one.kind === 'bad-heap-pointer' ? [one.pointer] : [])));
  return snapshot.events.flatMap((event) => {
    const { stop } = event;
    if (event.kind !== 'watchpoint' || stop === undefined) return [];
    const wide = wholeWord.test(event.text);
    const old = wholeValue(stop.oldValue, wide, known);
    const now = wholeValue(stop.newValue, wide, known);
    // No command is printed: a word that the crash still met can only have been there later.
    const reverse = stop.reverse ?? (old !== undefined && now !== undefined && complained.has(old) && !complained.has(now));
    const watch: WatchStop = {
      event,
      stop,
      reverse,
      moment: event.step === undefined ? momentOfSource(snapshot, event.source) : momentOfStep(snapshot, event.step),
    };
    const [earlier, later] = reverse ? [now, old] : [old, now];
    if (event.address !== undefined) watch.address = event.address;
    if (earlier !== undefined) watch.earlier = earlier;
    if (later !== undefined) watch.later = later;
    if (stop.function !== undefined && stop.function !== '') {
      watch.writer = stop.function;
      const caller = isRuntimeFunction(stop.function) || isBarrier(stop.function) ? callerOf(stacks, event) : undefined;
      if (caller !== undefined) watch.caller = caller;
    }
    return [watch];
  });
}
