/**
 * What a debugger's stacks say of a death when it stopped later than the failed instruction: in a signal handler, in the runtime's
 * last functions, or in a core for which no line names a reason.
 */
import type { CrashEvent } from '../model/event.ts';
import { withoutAbi } from '../model/function-name.ts';
import type { CrashKind, Snapshot } from '../model/snapshot.ts';
import { threadsWith } from '../model/thread-frames.ts';

/** Frames with which the runtime ends the process (runtime/panic.go, runtime/signal_unix.go). */
const ending = /^runtime\.(?:dieFromSignal|fatalsignal|crash|throw|fatalthrow|fatalpanic|dopanic_m)$/;
/** Frames of a signal handler and of the kernel's trampoline; what they interrupted lies behind the outermost of them. */
const handler = /^(?:runtime\.(?:sigtramp|sigtrampgo|sighandler|sigreturn__sigaction)|<signal handler called>)$/;

type Stacks = Pick<Snapshot, 'threads' | 'goroutines' | 'frames' | 'strings'>;

function nameAt(draft: Pick<Snapshot, 'frames' | 'strings'>, row: number): string {
  return withoutAbi(draft.strings[draft.frames.functionName[row] ?? 0] ?? '');
}

export interface StackDeath {
  kind: CrashKind;
  /** Index of the thread whose stack it is; absent for the selected goroutine's. */
  thread?: number;
}

/** A stack in which the runtime ends the process, where no event says so: a thread's, or the `selected` goroutine's. */
export function deathInStacks(draft: Stacks, selected?: number): StackDeath | undefined {
  const ended = new Set(threadsWith(draft, (name) => ending.test(withoutAbi(name))));
  const stacks: { names: string[]; thread?: number }[] = draft.threads.flatMap((thread, index) =>
    thread.kind === 'debugger' && ended.has(thread)
      ? [{ names: thread.frames.map((frame) => withoutAbi(frame.function ?? '')), thread: index }]
      : [],
  );
  if (selected !== undefined) {
    const names: string[] = [];
    const end = draft.goroutines.frameEnd[selected] ?? 0;
    for (let row = draft.goroutines.frameStart[selected] ?? 0; row < end; row++) names.push(nameAt(draft, row));
    stacks.push({ names });
  }
  for (const { names, thread } of stacks) {
    if (!names.some((name) => ending.test(name))) continue;
    const byPanic = names.includes('runtime.gopanic');
    const kind = byPanic ? 'panic' : names.some((name) => handler.test(name)) ? 'signal' : 'fatal-error';
    return thread === undefined ? { kind } : { kind, thread };
  }
  return undefined;
}

/** First row of [start, end) behind the frames of signal handlers; `start` when there are none. */
export function behindHandler(draft: Pick<Snapshot, 'frames' | 'strings'>, start: number, end: number): number {
  for (let row = end - 1; row >= start; row--) if (handler.test(nameAt(draft, row))) return row + 1 < end ? row + 1 : start;
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
