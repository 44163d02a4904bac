/** The stack that shows the damage: one with a broken chain, the victim's, the crashing goroutine's, the dying thread's. */
import type { Crash, Snapshot } from '../model/snapshot.ts';
import { frameCount } from '../model/thread-frames.ts';

/** Goroutine id or thread name; '' where there is no stack. */
export function stackToShow(snapshot: Snapshot, crash: Crash): string {
  const { chains, goroutines, threads } = snapshot;
  const idAt = (row: number | undefined) => (row === undefined ? undefined : goroutines.id[row]?.toString());
  const broken = chains.find((chain) => chain.links.some((link) => link.verdict === 'bogus'));
  const thread = crash.thread === undefined ? threads.find((one) => frameCount(one) > 0) : threads[crash.thread];
  return broken?.owner ?? idAt(crash.victim) ?? idAt(crash.goroutine) ?? thread?.goroutine ?? thread?.name ?? idAt(0) ?? '';
}
