/** Threads that a debugger listed: their names and ids go to the stacks that were printed, the others are threads of one frame. */
import type { FrameTable } from '../model/goroutine.ts';
import { innermostPc } from '../model/thread-frames.ts';
import type { Thread } from '../model/thread.ts';
import type { FactOf } from './fact-index.ts';

type StackFact = FactOf<'debugger-stack'>;

/** Threads of one step that a list may add: a list of all is printed at each stop of a long session. */
const mostListed = 4096;

type ThreadOf = (frameStart: number, frameEnd: number, told: Omit<Thread, 'frames' | 'rows'>) => Thread;

export function addListedThreads(threads: Thread[], stacks: readonly StackFact[], frames: FrameTable, threadOf: ThreadOf): void {
  addRows(threads, stacks, frames, threadOf);
  addStops(threads, stacks, threadOf);
}

/** Where a signal stopped the program and no stack was asked for, the frame that the stop names is the stack. */
function addStops(threads: Thread[], stacks: readonly StackFact[], threadOf: ThreadOf): void {
  const stops = stacks.filter((fact) => fact.listed === 'stop' && fact.frameEnd > fact.frameStart).slice(-mostListed);
  if (stops.length === 0) return;
  const halt = (document: number, step: number): string => `${document.toString()} ${step.toString()}`;
  const shown = new Set<string>();
  for (const { kind, step, source } of threads) if (kind === 'debugger') shown.add(halt(source.document, step ?? 0));
  for (const fact of stops) {
    if (shown.has(halt(fact.source.document, fact.step))) continue;
    const { thread: printedName, tid } = fact;
    const told = { name: printedName ?? 'debugger stack', kind: 'debugger' as const, step: fact.step, source: fact.source };
    const thread = threadOf(fact.frameStart, fact.frameEnd, told);
    if (printedName !== undefined) thread.printedName = printedName;
    if (tid !== undefined) thread.tid = tid;
    threads.push(thread);
  }
}

function addRows(threads: Thread[], stacks: readonly StackFact[], frames: FrameTable, threadOf: ThreadOf): void {
  const byName = new Map<string, StackFact>();
  const current = new Map<number, StackFact>();
  let listed = false;
  for (const fact of stacks) {
    if (fact.listed === undefined || fact.listed === 'stop') continue;
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
