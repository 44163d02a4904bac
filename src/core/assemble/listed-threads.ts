/** Threads that a debugger listed: their names and ids go to the stacks that were printed, the others are threads of one frame. */
import type { Frame } from '../model/goroutine.ts';
import type { TextFact } from '../model/record.ts';
import type { Thread } from '../model/thread.ts';

type ListedFact = Extract<TextFact, { kind: 'debugger-stack' }>;

/** Threads of one step that a list may add: a list of all is printed at each stop of a long session. */
const mostListed = 4096;

export function addListedThreads(
  threads: Thread[],
  facts: readonly TextFact[],
  framesBetween: (from: number, to: number) => Frame[],
): void {
  const listed = facts.filter((fact): fact is ListedFact => fact.kind === 'debugger-stack' && fact.listed !== undefined);
  if (listed.length === 0) return;
  const byName = new Map<string, ListedFact>();
  const current = new Map<number, ListedFact>();
  for (const fact of listed) {
    if (fact.thread !== undefined) byName.set(fact.thread, fact);
    if (fact.listed === 'current') current.set(fact.step, fact);
  }
  const known = new Set<string>();
  const innermost = new Set<string>();
  for (const thread of threads) {
    if (thread.kind !== 'debugger') continue;
    // A stack without a name is that of the thread which was selected at its step.
    const fact = thread.printedName === undefined ? current.get(thread.step ?? 0) : byName.get(thread.printedName);
    if (thread.printedName === undefined && fact?.thread !== undefined) thread.name = thread.printedName = fact.thread;
    if (fact?.tid !== undefined) thread.tid ??= fact.tid;
    if (thread.printedName !== undefined) known.add(thread.printedName);
    const pc = thread.frames[0]?.pc;
    if (pc !== undefined) innermost.add(`${(thread.step ?? 0).toString()} ${pc.toString()}`);
  }
  for (const fact of [...byName.values()].slice(0, mostListed)) {
    if (fact.thread === undefined || known.has(fact.thread) || fact.frameEnd === fact.frameStart) continue;
    const frames = framesBetween(fact.frameStart, fact.frameEnd);
    // Delve names a stack after its goroutine, and the thread that runs it after its id.
    if (innermost.has(`${fact.step.toString()} ${String(frames[0]?.pc)}`)) continue;
    const thread: Thread = {
      name: fact.thread,
      printedName: fact.thread,
      kind: 'debugger',
      frames,
      step: fact.step,
      source: fact.source,
    };
    if (fact.tid !== undefined) thread.tid = fact.tid;
    threads.push(thread);
  }
}
