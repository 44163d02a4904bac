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
  const { crash, goroutines, threads, chains } = snapshot;
  const focus = findings[0]?.focus?.goroutine;
  if (focus !== undefined) return focus;
  const idAt = (row: number | undefined) =>
    row !== undefined && row < goroutines.length ? (goroutines.id[row] ?? 0n).toString() : undefined;
  const broken = chains.find((chain) => chain.links.some((link) => link.verdict === 'bogus'));
  const thread = crash?.thread === undefined ? undefined : threads[crash.thread];
  return broken?.owner ?? idAt(crash?.victim) ?? idAt(crash?.goroutine) ?? thread?.name ?? idAt(0) ?? threads[0]?.name;
}
