/**
 * The stack on which the process died: the runtime's own (`runtime stack:`, `goroutine 0`, a debugger's thread) or the
 * goroutine's, without the frames that only report the death.
 */
import type { Frame } from '../../model/goroutine.ts';
import { frameCount } from '../../model/thread-frames.ts';
import type { RuleContext } from '../rule.ts';
import { crashGoroutine, faultFrame } from './crash.ts';

/** runtime/panic.go and runtime/signal_unix.go: how the runtime ends. */
const reporters =
  /^runtime\.(?:throw|fatal|fatalthrow|fatalpanic|dopanic_m|dopanic|startpanic_m|sigpanic0?|panicmem(?:Addr)?|sigpanic\.abi0|raise|dieFromSignal|crash|sigfwdgo|sighandler|sigtrampgo|sigtramp|sigreturn(?:__sigaction)?|badsignal|panicCheck[12]|panicBounds\w*|goPanic\w*|panic(?:Index|Slice|divide|shift|overflow|unsafe)\w*)$/;

/** A session has many stacks: the one that was printed right after the stop at which the process died. */
function stackAfterStop(context: RuleContext): readonly Frame[] | undefined {
  const { crash, events, threads } = context.snapshot;
  const event = crash === undefined ? undefined : events[crash.event];
  if (event?.stop === undefined) return undefined;
  const { document, start } = event.source;
  const later = threads.filter(
    (thread) => thread.source.document === document && thread.source.start >= start && frameCount(thread) > 0,
  );
  return (later.find((thread) => thread.step !== undefined && thread.step === event.step) ?? later[0])?.frames;
}

/** Frames of the thread that died, else of the crashing goroutine; innermost first. */
export function deathStack(context: RuleContext): readonly Frame[] {
  const { crash, threads } = context.snapshot;
  const stopped = stackAfterStop(context);
  if (stopped !== undefined) return stopped;
  const thread = crash?.thread === undefined ? undefined : threads[crash.thread];
  if (thread !== undefined && thread.frames.length > 0) return thread.frames;
  const goroutine = crashGoroutine(context);
  if (goroutine !== undefined && goroutine.frames.length > 0) return goroutine.frames;
  return threads[0]?.frames ?? [];
}

/** The death stack from the frame that failed outwards. */
export function failingFrames(context: RuleContext): readonly Frame[] {
  const frames = deathStack(context);
  const named = faultFrame(context);
  const at = named === undefined ? -1 : frames.findIndex((frame) => frame.row === named.row);
  const reports = (frame: Frame): boolean => frame.function !== undefined && reporters.test(frame.function);
  if (at >= 0) {
    const failed = frames.findIndex((frame, index) => index >= at && !reports(frame));
    return frames.slice(failed < 0 ? at : failed);
  }
  const last = frames.findLastIndex(reports);
  const rest = frames.slice(last + 1);
  return named === undefined || stackAfterStop(context) !== undefined ? rest : [named, ...rest];
}

/** Frames of the death stack and of the crashing goroutine, each once. */
export function allCrashFrames(context: RuleContext): Frame[] {
  const frames = [...deathStack(context)];
  const rows = new Set(frames.map((frame) => frame.row));
  for (const frame of crashGoroutine(context)?.frames ?? []) if (!rows.has(frame.row)) frames.push(frame);
  return frames;
}
