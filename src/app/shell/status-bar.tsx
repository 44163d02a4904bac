/** The foot: privacy, what is drawn, and the keys that matter here. */
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useSettings } from '../stores/settings-store.ts';
import { useView, type Tab } from '../stores/view-store.ts';
import { ShellIcon } from './icons.tsx';
import { stackSummary } from './stack-summary.ts';
import styles from './status-bar.module.css';

interface Hint {
  keys: readonly string[];
  does: string;
  letter: boolean;
}

const everywhere: readonly Hint[] = [
  { keys: ['Backspace'], does: 'back', letter: false },
  { keys: ['Ctrl K'], does: 'go to, commands', letter: false },
  { keys: ['?'], does: 'keys', letter: true },
];

/** Keys that act in a view: none of another view's are shown. */
const ofView: Partial<Record<Tab, readonly Hint[]>> = {
  stack: [
    { keys: ['↑', '↓'], does: 'word', letter: false },
    { keys: ['[', ']'], does: 'frame', letter: true },
    { keys: ['Enter'], does: 'follow', letter: false },
    { keys: ['E'], does: 'next problem', letter: true },
  ],
  trail: [
    { keys: ['←', '→'], does: 'card', letter: false },
    { keys: ['Enter'], does: 'its word', letter: false },
  ],
  frames: [{ keys: ['↑', '↓'], does: 'frame', letter: false }],
  memory: [{ keys: ['↑', '↓'], does: 'word', letter: false }],
};

export function StatusBar() {
  const snapshot = useSnapshotView()?.snapshot;
  const open = useCase((state) => state.view !== undefined);
  const owner = useSelection((state) => state.goroutine);
  const tab = useView((state) => state.tab);
  const letterKeys = useSettings((state) => state.letterKeys);
  return (
    <footer className={styles['bar']}>
      <span className={styles['private']} title="The page has no other host to talk to: its content-security policy names none.">
        <ShellIcon name="lock" size={13} /> Stays in this browser
      </span>
      {snapshot !== undefined && owner !== '' && <span className={styles['counts']}>{stackSummary(snapshot, owner)}</span>}
      {open && (
        <span className={styles['hints']}>
          {[...(ofView[tab] ?? []), ...everywhere]
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
