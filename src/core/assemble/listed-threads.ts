/** Threads that a debugger listed: their names and ids go to the stacks that were printed, the others are threads of one frame. */
import type { FrameTable } from '../model/goroutine.ts';
import { innermostPc } from '../model/thread-frames.ts';
import type { Thread } from '../model/thread.ts';
import type { FactOf } from './fact-index.ts';

type StackFact = FactOf<'debugger-stack'>;

/** Threads of one step that a list may add: a list of all is printed at each stop of a long session. */
const mostListed = 4096;

export function addListedThreads(
  threads: Thread[],
  stacks: readonly StackFact[],
  frames: FrameTable,
  threadOf: (frameStart: number, frameEnd: number, told: Omit<Thread, 'frames' | 'rows'>) => Thread,
): void {
  const byName = new Map<string, StackFact>();
  const current = new Map<number, StackFact>();
  let listed = false;
  for (const fact of stacks) {
    if (fact.listed === undefined) continue;
    listed = true;
    if (fact.thread !== undefined) byName.set(fact.thread, fact);
    if (fact.listed === 'current') current.set(fact.step, fact);
  }
  if (!listed) return;
  const known = new Set<string>();
  const innermost = new Set<string>();
  for (const thread of threads) {
    if (thread.kind !== 'debugger') continue;
    // A stack without a name is that of the thread which was selected at its step.
    const fact = thread.printedName === undefined ? current.get(thread.step ?? 0) : byName.get(thread.printedName);
    if (thread.printedName === undefined && fact?.thread !== undefined) thread.name = thread.printedName = fact.thread;
    if (fact?.tid !== undefined) thread.tid ??= fact.tid;
    if (thread.printedName !== undefined) known.add(thread.printedName);
    const pc = innermostPc(frames, thread);
    if (pc !== undefined) innermost.add(`${(thread.step ?? 0).toString()} ${pc.toString()}`);
  }
  for (const fact of [...byName.values()].slice(0, mostListed)) {
    if (fact.thread === undefined || known.has(fact.thread) || fact.frameEnd === fact.frameStart) continue;
    const thread = threadOf(fact.frameStart, fact.frameEnd, {
      name: fact.thread,
      printedName: fact.thread,
      kind: 'debugger',
      step: fact.step,
      source: fact.source,
    });
    // Delve names a stack after its goroutine, and the thread that runs it after its id.
    if (innermost.has(`${fact.step.toString()} ${String(innermostPc(frames, thread))}`)) continue;
    if (fact.tid !== undefined) thread.tid = fact.tid;
    threads.push(thread);
  }
}
