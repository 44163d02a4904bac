/** The foot: privacy, what is drawn, and the keys that matter here. */
import type { Snapshot } from '../../core/model/snapshot.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useSettings } from '../stores/settings-store.ts';
import { ShellIcon } from './icons.tsx';
import styles from './status-bar.module.css';

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? word : `${word}s`}`;
}

function frameCount(snapshot: Snapshot, owner: string): number {
  const { goroutines, threads } = snapshot;
  for (let row = 0; row < goroutines.length; row++) {
    if ((goroutines.id[row] ?? 0n).toString() === owner)
      return (goroutines.frameEnd[row] ?? 0) - (goroutines.frameStart[row] ?? 0);
  }
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

const hints: readonly { keys: readonly string[]; does: string; letter: boolean }[] = [
  { keys: ['↑', '↓'], does: 'word', letter: false },
  { keys: ['[', ']'], does: 'frame', letter: true },
  { keys: ['Enter'], does: 'follow', letter: false },
  { keys: ['Backspace'], does: 'back', letter: false },
  { keys: ['E'], does: 'next problem', letter: true },
  { keys: ['?'], does: 'keys', letter: true },
];

export function StatusBar() {
  const snapshot = useSnapshotView()?.snapshot;
  const open = useCase((state) => state.view !== undefined);
  const owner = useSelection((state) => state.goroutine);
  const letterKeys = useSettings((state) => state.letterKeys);
  return (
    <footer className={styles['bar']}>
      <span className={styles['private']} title="The page has no other host to talk to: its content-security policy names none.">
        <ShellIcon name="lock" size={13} /> Stays in this browser
      </span>
      {snapshot !== undefined && owner !== '' && <span className={styles['counts']}>{stackSummary(snapshot, owner)}</span>}
      {open && (
        <span className={styles['hints']}>
          {hints
            .filter((hint) => letterKeys || !hint.letter)
            .map((hint) => (
              <span key={hint.does}>
                {hint.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}{' '}
                {hint.does}
              </span>
            ))}
        </span>
      )}
    </footer>
  );
}
