/** What the status bar says of the selected goroutine's stack. */
import { goroutineRow } from '../../core/model/tables.ts';
import type { Snapshot } from '../../core/model/snapshot.ts';

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? word : `${word}s`}`;
}

function frameCount(snapshot: Snapshot, owner: string): number {
  const { goroutines, threads } = snapshot;
  const row = goroutineRow(goroutines, owner);
  if (row >= 0) return (goroutines.frameEnd[row] ?? 0) - (goroutines.frameStart[row] ?? 0);
  return threads.find((thread) => thread.name === owner)?.frames.length ?? 0;
}

/** '10 frames · 9 saved frame pointers: 4 good, 1 bogus, 4 past the break'. */
export function stackSummary(snapshot: Snapshot, owner: string): string {
  const frames = plural(frameCount(snapshot, owner), 'frame');
  const links = snapshot.chains.find((chain) => chain.owner === owner)?.links ?? [];
  const known = links.filter((link) => link.value !== undefined);
  if (known.length === 0) return frames;
  const past = known.filter((link) => link.pastBreak).length;
  const bogus = known.filter((link) => link.verdict === 'bogus' && !link.pastBreak).length;
  const unknown = known.filter((link) => link.verdict === 'unknown' && !link.pastBreak).length;
  const good = known.length - past - bogus - unknown;
  const counts = [`${good} good`];
  if (bogus > 0) counts.push(`${bogus} bogus`);
  if (unknown > 0) counts.push(`${unknown} not checked`);
  if (past > 0) counts.push(`${past} past the break`);
  return `${frames} · ${plural(known.length, 'saved frame pointer')}: ${counts.join(', ')}`;
}
