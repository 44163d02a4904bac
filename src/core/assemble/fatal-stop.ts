/** Which stop of a debugger session is the crash, and whose stack was printed there. */
import type { CrashEvent } from '../model/event.ts';
import { frameCount } from '../model/thread-frames.ts';
import type { Thread } from '../model/thread.ts';

/** Signals that the failing instruction itself raises. */
const faults = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGSYS', 'EXC_BAD_ACCESS', 'EXC_BAD_INSTRUCTION']);

/**
 * How much a stop says about a death: a fault most, then abort (the runtime and C raise it once they have noticed), any other
 * signal little (SIGURG, SIGINT and the like go by), a breakpoint nothing.
 */
export function stopRank(event: CrashEvent): number {
  const name = event.signal?.name;
  if (name === undefined) return 0;
  if (faults.has(name)) return 1.6;
  return name === 'SIGABRT' ? 1.4 : 1;
}

/** Of equal stops the last is the crash: a fault that the program survived was none. */
export function replacesStop(later: CrashEvent, earlier: CrashEvent | undefined): boolean {
  return later.kind === 'stop' && earlier?.kind === 'stop' && stopRank(later) > 1;
}

/**
 * Index of the debugger's thread that died in `event`: among the stacks printed at that stop the one of the thread that
 * received the signal, else the first of them; without any, the first stack of the session. -1 when there is none.
 */
export function fatalThread(threads: readonly Thread[], event: CrashEvent | undefined): number {
  const usable = (thread: Thread) => thread.kind === 'debugger' && frameCount(thread) > 0;
  const first = threads.findIndex(usable);
  if (event?.stop === undefined || event.step === undefined || (event.kind === 'stop' && stopRank(event) <= 1)) return first;
  const here = (thread: Thread) =>
    usable(thread) && thread.step === event.step && thread.source.document === event.source.document;
  const named = threads.findIndex((thread) => here(thread) && thread.printedName === event.stop?.thread);
  const at = named >= 0 ? named : threads.findIndex(here);
  return at >= 0 ? at : first;
}
