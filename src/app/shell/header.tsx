/** Name, case title, the box that goes to an address or function, and the actions on the whole case. */
import { useRef } from 'react';
import { useCommand } from '../hooks/use-command.ts';
import { pickFiles } from '../intake/open-files.ts';
import { forgetFragment } from '../features/share/fragment.ts';
import { copyLink } from '../features/share/copy-link.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useSettings, type ThemeChoice } from '../stores/settings-store.ts';
import { useView } from '../stores/view-store.ts';
import { announce } from '../stores/announcement-store.ts';
import { caseTitle, processLine } from './case-title.ts';
import { goTo } from './go-to.ts';
import { ShellIcon } from './icons.tsx';
import { Logo } from './logo.tsx';
import styles from './header.module.css';

function newCase(): void {
  forgetFragment();
  useCase.getState().close();
}

const nextTheme: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };
const themeNames: Record<ThemeChoice, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function Header() {
  const view = useCase((state) => state.view);
  return (
    <header className={styles['header']}>
      <div className={styles['brand']}>
        <Logo />
        <strong>Framewalk</strong>
      </div>
      {view !== undefined && <Crumb />}
      {view !== undefined && <Search />}
      <div className={styles['actions']}>
        {view !== undefined && <DrawerButtons />}
        <button type="button" onClick={pickFiles}>
          <ShellIcon name="open" /> <span className={styles['word']}>Open…</span>
        </button>
        {view !== undefined && (
          <>
            <button type="button" onClick={newCase}>
              <ShellIcon name="plus" /> <span className={styles['word']}>New case</span>
            </button>
            <button type="button" className={styles['primary']} onClick={() => void copyLink()}>
              <ShellIcon name="link" /> <span className={styles['word']}>Copy link</span>
            </button>
          </>
        )}
        <ThemeButton />
        <button
          type="button"
          aria-label="Shortcuts"
          title="Shortcuts (?)"
          className={styles['square']}
          onClick={() => useView.getState().setDialog('shortcuts')}
        >
          <ShellIcon name="help" />
        </button>
      </div>
    </header>
  );
}

function Crumb() {
  const view = useCase((state) => state.view);
  const snapshot = useSnapshotView()?.snapshot;
  const goroutine = useSelection((state) => state.goroutine);
  if (view === undefined) return null;
  const title = caseTitle(view, snapshot);
  return (
    <div className={styles['crumb']}>
      <strong title={title}>{title}</strong>
      {snapshot !== undefined && <span>{processLine(snapshot, goroutine)}</span>}
    </div>
  );
}

function Search() {
  const field = useRef<HTMLInputElement>(null);
  useCommand('search', () => {
    field.current?.focus();
    field.current?.select();
  });
  return (
    <form
      role="search"
      className={styles['search']}
      onSubmit={(event) => {
        event.preventDefault();
        announce(goTo(field.current?.value ?? ''));
      }}
    >
      <ShellIcon name="search" size={14} />
      <input
        ref={field}
        type="search"
        aria-label="Go to an address, function or goroutine"
        placeholder="Go to address, function, goroutine"
      />
      <kbd>Ctrl K</kbd>
    </form>
  );
}

function DrawerButtons() {
  const { leftOpen, rightOpen, setLeft, setRight } = useView();
  return (
    <>
      <button
        type="button"
        aria-label="Goroutines and what was pasted"
        title="Goroutines and what was pasted"
        aria-expanded={leftOpen}
        className={`${styles['square'] ?? ''} ${styles['leftDrawer'] ?? ''}`}
        onClick={() => setLeft(!leftOpen)}
      >
        <ShellIcon name="left" />
      </button>
      <button
        type="button"
        aria-label="Findings and selected slot"
        title="Findings and selected slot"
        aria-expanded={rightOpen}
        className={`${styles['square'] ?? ''} ${styles['rightDrawer'] ?? ''}`}
        onClick={() => setRight(!rightOpen)}
      >
        <ShellIcon name="right" />
      </button>
    </>
  );
}

function ThemeButton() {
  const theme = useSettings((state) => state.theme);
  const setTheme = useSettings((state) => state.setTheme);
  const label = `Theme: ${themeNames[theme]}`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={styles['square']}
      onClick={() => {
        setTheme(nextTheme[theme]);
        announce(`Theme: ${themeNames[nextTheme[theme]]}`);
      }}
    >
      <ShellIcon name="theme" />
    </button>
  );
}
