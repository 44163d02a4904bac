/** The page: one grid of header, notices, verdict, three zones and the status bar. */
import { LinkFailed } from './features/share/link-failed.tsx';
import { useLink } from './features/share/link-store.ts';
import { Shortcuts } from './features/shortcuts/shortcuts.tsx';
import { Start } from './features/start/start.tsx';
import { useCommand } from './hooks/use-command.ts';
import { useKeys } from './hooks/use-keys.ts';
import { DropOverlay } from './intake/drop-overlay.tsx';
import { pickFiles } from './intake/open-files.ts';
import { usePaste } from './intake/use-paste.ts';
import { Announcer } from './shell/announcer.tsx';
import { Header } from './shell/header.tsx';
import { ReadFailed, Reading } from './shell/reading.tsx';
import { StatusBar } from './shell/status-bar.tsx';
import { Strips } from './shell/strips.tsx';
import { Workspace } from './shell/workspace.tsx';
import { useCase } from './stores/case-store.ts';
import { useSelection } from './stores/selection-store.ts';
import styles from './app.module.css';

export function App() {
  useKeys();
  usePaste();
  useCommand('open-files', pickFiles);
  useCommand('back', () => useSelection.getState().back());
  useCommand('forward', () => useSelection.getState().forward());
  return (
    <div className={styles['page']}>
      <Header />
      <Strips />
      <Main />
      <StatusBar />
      <DropOverlay />
      <Reading />
      <Shortcuts />
      <Announcer />
    </div>
  );
}

function Main() {
  const status = useCase((state) => state.status);
  const hasView = useCase((state) => state.view !== undefined);
  const linkFailed = useLink((state) => state.failure !== undefined);
  if (hasView && status !== 'failed') return <Workspace />;
  return (
    <div className={styles['single']}>
      {linkFailed ? <LinkFailed /> : status === 'failed' ? <ReadFailed /> : status === 'empty' ? <Start /> : <main />}
    </div>
  );
}
