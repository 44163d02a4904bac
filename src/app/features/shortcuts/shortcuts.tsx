/** The sheet of all shortcuts, from the list of commands. */
import { useEffect, useRef } from 'react';
import { commands, type Command } from '../../commands.ts';
import { useCommand } from '../../hooks/use-command.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useView } from '../../stores/view-store.ts';
import styles from './shortcuts.module.css';

const groups: readonly Command['group'][] = ['Move', 'Stack', 'Page'];

export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useView((state) => state.dialog === 'shortcuts');
  const setDialog = useView((state) => state.setDialog);
  const letterKeys = useSettings((state) => state.letterKeys);
  const setLetterKeys = useSettings((state) => state.setLetterKeys);
  useCommand('shortcuts', () => setDialog('shortcuts'));
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles['sheet']} aria-labelledby="shortcuts-label" onClose={() => setDialog('none')}>
      <header className={styles['head']}>
        <h2 id="shortcuts-label">Shortcuts</h2>
        <button type="button" onClick={() => setDialog('none')}>
          Close
        </button>
      </header>
      <div className={styles['groups']}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="section-label">{group}</h3>
            <dl className={styles['keys']}>
              {commands
                .filter((command) => command.group === group && command.shown.length > 0)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{command.title}</dt>
                    <dd>
                      {command.shown.map((keys) => (
                        <span key={keys}>
                          {keys.split(' ').map((key) => (
                            <kbd key={key}>{key}</kbd>
                          ))}
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles['switch']}>
        <input type="checkbox" checked={letterKeys} onChange={(event) => setLetterKeys(event.target.checked)} />
        Single-letter keys
      </label>
    </dialog>
  );
}
