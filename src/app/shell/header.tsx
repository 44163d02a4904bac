/** Name, case title, the box that goes to an address or function, and the actions on the whole case. */
import { useCommand } from '../hooks/use-command.ts';
import { Palette } from '../features/palette/palette.tsx';
import { pickFiles } from '../intake/open-files.ts';
import { forgetFragment } from '../features/share/fragment.ts';
import { copyLink } from '../features/share/copy-link.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useSettings, type ThemeChoice } from '../stores/settings-store.ts';
import { useView } from '../stores/view-store.ts';
import { notify } from '../stores/announcement-store.ts';
import { caseTitle, processLine } from './case-title.ts';
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
      {view !== undefined && <Palette />}
      <div className={styles['actions']}>
        {view !== undefined && <DrawerButtons />}
        <button type="button" title="Open files (Ctrl O)" onClick={pickFiles}>
          <ShellIcon name="open" /> <span className={styles['word']}>Open…</span>
        </button>
        {view !== undefined && <CaseButtons />}
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

function CaseButtons() {
  useCommand('new-case', newCase);
  useCommand('copy-link', () => void copyLink());
  return (
    <>
      <button type="button" title="New case" onClick={newCase}>
        <ShellIcon name="plus" /> <span className={styles['word']}>New case</span>
      </button>
      <button type="button" title="Copy link" className={styles['primary']} onClick={() => void copyLink()}>
        <ShellIcon name="link" /> <span className={styles['word']}>Copy link</span>
      </button>
    </>
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
  const change = () => {
    setTheme(nextTheme[theme]);
    notify(`Theme: ${themeNames[nextTheme[theme]]}`);
  };
  useCommand('theme', change);
  return (
    <button type="button" aria-label={label} title={label} className={styles['square']} onClick={change}>
      <ShellIcon name="theme" />
    </button>
  );
}
