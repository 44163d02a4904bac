/**
 * What a debugger's stacks say of a death when it stopped later than the failed instruction: in a signal handler, in the runtime's
 * last functions, or in a core for which no line names a reason.
 */
import type { CrashEvent } from '../model/event.ts';
import { withoutAbi } from '../model/function-name.ts';
import type { CrashKind, Snapshot } from '../model/snapshot.ts';

/** Frames with which the runtime ends the process (runtime/panic.go, runtime/signal_unix.go). */
const ending = /^runtime\.(?:dieFromSignal|fatalsignal|crash|throw|fatalthrow|fatalpanic|dopanic_m)$/;
/** Frames of a signal handler and of the kernel's trampoline; what they interrupted lies behind the outermost of them. */
const handler = /^(?:runtime\.(?:sigtramp|sigtrampgo|sighandler|sigreturn__sigaction)|<signal handler called>)$/;

/** A stack in which the runtime ends the process, where no event says so. */
export function deathInStacks(draft: Pick<Snapshot, 'threads'>): CrashKind | undefined {
  for (const thread of draft.threads) {
    if (thread.kind !== 'debugger') continue;
    const names = thread.frames.map((frame) => withoutAbi(frame.function ?? ''));
    if (!names.some((name) => ending.test(name))) continue;
    if (names.includes('runtime.gopanic')) return 'panic';
    return names.some((name) => handler.test(name)) ? 'signal' : 'fatal-error';
  }
  return undefined;
}

/** First row of [start, end) behind the frames of signal handlers; `start` when there are none. */
export function behindHandler(draft: Pick<Snapshot, 'frames' | 'strings'>, start: number, end: number): number {
  for (let row = end - 1; row >= start; row--)
    if (handler.test(withoutAbi(draft.strings[draft.frames.functionName[row] ?? 0] ?? '')))
      return row + 1 < end ? row + 1 : start;
  return start;
}

/** Row of the goroutine that a debugger's stop names, else `selected`, the one that the debugger had selected. */
export function stoppedGoroutine(
  draft: Pick<Snapshot, 'goroutines'>,
  death: CrashEvent | undefined,
  selected: number | undefined,
): number | undefined {
  const id = death?.stop?.goroutine;
  if (id === undefined) return selected;
  for (let row = 0; row < draft.goroutines.length; row++) if ((draft.goroutines.id[row] ?? 0n).toString() === id) return row;
  return undefined;
}
