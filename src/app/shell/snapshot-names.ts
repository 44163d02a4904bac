/** What the list of snapshots says. Output that was kept apart, or that shows no death, is no further crash. */
import type { CrashRepeats, Snapshot } from '../../core/model/snapshot.ts';

type Named = Pick<Snapshot, 'crash' | 'apart' | 'events'>;

/** Characters of a reason. */
const reasonLength = 90;

/** '3 crashes' where each of them is one, else '3 processes'. */
export function countText(snapshots: readonly Pick<Snapshot, 'crash' | 'apart'>[]): string {
  const crashes = snapshots.every(({ crash, apart }) => crash !== undefined && apart === undefined);
  return `${snapshots.length.toLocaleString('en')} ${crashes ? 'crashes' : 'processes'}`;
}

function repeatText(repeats: CrashRepeats | undefined): string {
  return repeats === undefined ? '' : `× ${repeats.count.toLocaleString('en')} `;
}

/** '2. × 30 index out of range', '3. output of another run: no crash'. */
export function snapshotName({ crash, apart, events }: Named, index: number): string {
  const kept = apart === undefined ? '' : 'output of another run: ';
  if (crash === undefined) return `${index + 1}. ${kept}no crash`;
  const reason = events[crash.event]?.text.split('\n')[0]?.slice(0, reasonLength) ?? 'no reason printed';
  return `${index + 1}. ${kept}${repeatText(crash.repeats)}${reason}`;
}
