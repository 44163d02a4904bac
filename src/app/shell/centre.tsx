/** The views of a case as tabs; only those that have data. */
import { useRef, type KeyboardEvent } from 'react';
import { ErrorBoundary } from '../error-boundary.tsx';
import { useCommand } from '../hooks/use-command.ts';
import { availableTabs } from '../opening.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useView, type Tab } from '../stores/view-store.ts';
import { CentreTools, CentreView } from './slots.tsx';
import styles from './centre.module.css';

const titles: Record<Tab, string> = { stack: 'Stack', trail: 'Trail', frames: 'Frames', memory: 'Memory', text: 'Text' };

export function Centre() {
  const view = useSnapshotView();
  const revision = useCase((state) => state.revision);
  const wanted = useView((state) => state.tab);
  const showTab = useView((state) => state.showTab);
  const list = useRef<HTMLDivElement>(null);
  const available = availableTabs(view);
  const tab = available.includes(wanted) ? wanted : 'text';
  const show = (next: Tab) => {
    if (available.includes(next)) showTab(next);
  };
  useCommand('show-stack', () => show('stack'));
  useCommand('show-trail', () => show('trail'));
  useCommand('show-frames', () => show('frames'));
  useCommand('show-memory', () => show('memory'));
  useCommand('show-text', () => show('text'));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey) return;
    event.preventDefault();
    const next = available[(available.indexOf(tab) + step + available.length) % available.length];
    if (next === undefined) return;
    show(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <>
      <div className={styles['bar']}>
        <div ref={list} role="tablist" aria-label="Views" className={styles['tabs']} onKeyDown={onKeyDown}>
          {available.map((name) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={name === tab}
              aria-controls="view-panel"
              tabIndex={name === tab ? 0 : -1}
              onClick={() => show(name)}
            >
              {titles[name]}
            </button>
          ))}
        </div>
        <div className={styles['tools']}>
          <CentreTools tab={tab} />
        </div>
      </div>
      <div id="view-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles['panel']}>
        <ErrorBoundary key={`${tab} ${revision}`} name={titles[tab]}>
          <CentreView tab={tab} />
        </ErrorBoundary>
      </div>
    </>
  );
}
