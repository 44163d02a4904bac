/** Who crashed, for the reports: whose stack to show and what it holds. */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Function names of the crashing stack, innermost first; '' for a frame without a name. */
export function crashStack(snapshot: Snapshot): string[] {
  const { crash, goroutines, frames, strings } = snapshot;
  const row = crash?.goroutine;
  if (row !== undefined) {
    const names: string[] = [];
    for (let at = goroutines.frameStart[row] ?? 0; at < (goroutines.frameEnd[row] ?? 0); at++) {
      names.push(strings[frames.functionName[at] ?? 0] ?? '');
    }
    return names;
  }
  const thread = crash?.thread === undefined ? snapshot.threads[0] : snapshot.threads[crash.thread];
  return thread?.frames.map((frame) => frame.function ?? '') ?? [];
}

/** Goroutine id or thread name of the stack that a reader should see first; undefined when no stack is in the case. */
export function shownOwner({ snapshot, findings }: AnalysedSnapshot): string | undefined {
  const owner = findings[0]?.focus?.goroutine ?? snapshot.crash?.stackOwner;
  if (owner !== undefined && owner !== '') return owner;
  return snapshot.goroutines.id[0]?.toString() ?? snapshot.threads[0]?.name;
}
