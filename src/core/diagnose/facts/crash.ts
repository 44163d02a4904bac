/** The crash of a snapshot: the event that names it, who crashed and where, and the chain of panics it stands in. */
import { isRuntimeFunction } from '../../model/function-name.ts';
import type { CrashEvent, ReasonCategory } from '../../model/event.ts';
import type { Frame, Goroutine } from '../../model/goroutine.ts';
import type { RuleContext } from '../rule.ts';
import { firstUser, frameOf, goroutineOf, isUserFrame } from './view.ts';

export function crashEvent(context: RuleContext): CrashEvent | undefined {
  const { crash, events } = context.snapshot;
  return crash === undefined ? undefined : events[crash.event];
}

export function crashGoroutine(context: RuleContext): Goroutine | undefined {
  return goroutineOf(context, context.snapshot.crash?.goroutine);
}

/** Frames of the goroutine that crashed, else of the thread, innermost first. */
export function crashFrames(context: RuleContext): Frame[] {
  const goroutine = crashGoroutine(context);
  if (goroutine !== undefined && goroutine.frames.length > 0) return goroutine.frames;
  const thread = context.snapshot.crash?.thread;
  return thread === undefined ? [] : (context.snapshot.threads[thread]?.frames ?? []);
}

/** First frame of the user's own code under the crash. */
export function userFrame(context: RuleContext): Frame | undefined {
  const named = frameOf(context, context.snapshot.crash?.firstUserFrame);
  return named !== undefined && isUserFrame(named) ? named : firstUser(crashFrames(context));
}

/** Frame of the instruction that failed: the one behind `runtime.sigpanic`, or the innermost. */
export function faultFrame(context: RuleContext): Frame | undefined {
  return frameOf(context, context.snapshot.crash?.faultFrame);
}

/** Goroutine id as printed, '' when the crash names none. */
export function crashGoroutineId(context: RuleContext): string {
  return context.snapshot.crash?.goroutineId ?? '';
}

const reasonKinds = new Set<CrashEvent['kind']>(['panic', 'fatal-error', 'throw']);

/**
 * The panics that were in flight together, first one first: `panic: a`, `⇥panic: b`, … and a nested `⇥fatal error:`
 * (runtime/panic.go printpanics, Go 1.9–1.27). A crash that is no panic is a chain of one.
 */
export function panicChain(context: RuleContext): CrashEvent[] {
  const { crash, events } = context.snapshot;
  if (crash === undefined) return [];
  const named = events[crash.event];
  if (named === undefined) return [];
  if (!reasonKinds.has(named.kind)) return [named];
  let first = crash.event;
  while (first > 0 && events[first]?.nested === true && reasonKinds.has(events[first - 1]?.kind ?? 'log')) first--;
  let last = crash.event;
  while (reasonKinds.has(events[last + 1]?.kind ?? 'log') && events[last + 1]?.nested === true) last++;
  return events.slice(first, last + 1);
}

export interface ReasonInChain {
  event: CrashEvent;
  chain: CrashEvent[];
  /** The first panic of the chain: what went wrong first. */
  root: boolean;
}

/** The first reason of one of these categories in the chain of the crash. */
export function reasonOf(context: RuleContext, categories: readonly ReasonCategory[]): ReasonInChain | undefined {
  const chain = panicChain(context);
  const event = chain.find((candidate) => candidate.category !== undefined && categories.includes(candidate.category));
  return event === undefined ? undefined : { event, chain, root: event === chain[0] };
}

/** True when the dump says why the process died at all. */
export function hasReason(context: RuleContext): boolean {
  return crashEvent(context) !== undefined;
}

/**
 * The frames that raised the first panic: behind the outermost `panic` (or `runtime.sigpanic`) of the stack. Frames
 * above an inner `panic` are deferred functions that ran later.
 */
export function raisingFrames(frames: readonly Frame[]): Frame[] {
  const outermost = frames.findLastIndex(
    (frame) => frame.function === 'panic' || frame.function === 'runtime.gopanic' || frame.function === 'runtime.sigpanic',
  );
  return frames.slice(outermost + 1);
}

/** The user frame that raised the first panic of the chain; the runtime's own checks between it and `panic` are skipped. */
export function raisingUserFrame(context: RuleContext): Frame | undefined {
  return firstUser(raisingFrames(crashFrames(context))) ?? userFrame(context);
}

/** The library or runtime function that the user's frame called, `sync.(*WaitGroup).Add`. */
export function calledByUser(context: RuleContext): Frame | undefined {
  const frames = raisingFrames(crashFrames(context));
  const user = frames.findIndex(isUserFrame);
  const called = user > 0 ? frames[user - 1] : undefined;
  return called?.function === undefined || isRuntimeFunction(called.function) ? undefined : called;
}
