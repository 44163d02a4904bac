/** Strips under the header: what was added (with Undo), lines not understood, nothing recognised, several snapshots. */
import { useState } from 'react';
import { useCommand } from '../hooks/use-command.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useView } from '../stores/view-store.ts';
import { CrashLoop } from './crash-loop.tsx';
import { KeptApart } from './kept-apart.tsx';
import { KnowledgeFiles } from './knowledge-files.tsx';
import { NotRecognised } from './not-recognised.tsx';
import { RawMemory } from './raw-memory.tsx';
import { Shortfall } from './shortfall.tsx';
import { countText, snapshotName } from './snapshot-names.ts';
import styles from './strips.module.css';

export function Strips() {
  // Of a preview nothing is said: what it did not understand may only have been cut.
  const hasView = useCase((state) => state.view !== undefined && state.view.partial === undefined && state.status !== 'failed');
  return (
    <section className={styles['strips']} aria-label="Notices">
      {hasView && (
        <>
          <Added />
          <Shortfall />
          <RawMemory />
          <KnowledgeFiles />
          <NotRecognised />
          <PartlyUnderstood />
          <CrashLoop />
          <Snapshots />
          <KeptApart />
        </>
      )}
    </section>
  );
}

function Added() {
  const before = useCase((state) => state.before);
  const parts = useCase((state) => state.parts);
  const status = useCase((state) => state.status);
  if (before === undefined || status !== 'ready') return null;
  return <AddedParts names={parts.slice(before.length).map(({ name }) => name)} />;
}

function AddedParts({ names }: { names: readonly string[] }) {
  const undo = () => void useCase.getState().undo();
  useCommand('undo-adding', undo);
  return (
    <p className={styles['info']}>
      <span>
        Added to this case: <strong>{names.join(', ')}</strong>
      </span>
      <button type="button" title="Undo (Ctrl Z)" onClick={undo}>
        Undo
      </button>
      <button type="button" onClick={openAdded}>
        Open as a new case
      </button>
      <button type="button" onClick={() => useCase.setState({ before: undefined })}>
        Keep
      </button>
    </p>
  );
}

/** What was added becomes a case of its own. */
function openAdded(): void {
  const { parts, before, open } = useCase.getState();
  void open(parts.slice(before?.length ?? 0));
}

/** Steps through the lines that look like a known form but could not be read. */
function PartlyUnderstood() {
  const [next, setNext] = useState(0);
  const coverage = useSnapshotView()?.snapshot.coverage;
  const documents = useCase((state) => state.view?.documents);
  const recognised = useCase((state) => state.view?.recognised);
  if (coverage === undefined || documents === undefined || recognised !== true) return null;
  const { unrecognised } = coverage;
  if (unrecognised.length === 0) return null;
  const understood = coverage.recognised;
  const total = understood + unrecognised.length;
  const show = () => {
    const line = unrecognised[next % unrecognised.length];
    if (line === undefined) return;
    const starts = documents[line.document]?.lineStarts;
    const start = starts?.[line.line - 1] ?? 0;
    const end = Math.max(start, (starts?.[line.line] ?? start) - 1);
    useSelection.getState().follow({ source: { document: line.document, start, end } }, 'list');
    useView.getState().showTab('text');
    setNext(next + 1);
  };
  return (
    <p className={styles['warning']}>
      <span>
        {understood.toLocaleString('en')} of {total.toLocaleString('en')} lines understood
      </span>
      <button type="button" onClick={show}>
        {next === 0 ? `Show the other ${unrecognised.length.toLocaleString('en')}` : 'Show the next one'}
      </button>
    </p>
  );
}

function Snapshots() {
  const snapshots = useCase((state) => state.view?.snapshots);
  const selected = useCase((state) => state.snapshot);
  if (snapshots === undefined || snapshots.length < 2) return null;
  return (
    <p className={styles['info']}>
      <label>
        This case holds {countText(snapshots.map(({ snapshot }) => snapshot))}{' '}
        <select value={selected} onChange={(event) => useCase.getState().selectSnapshot(Number(event.target.value))}>
          {snapshots.map(({ snapshot }, index) => (
            <option key={snapshot.id} value={index}>
              {snapshotName(snapshot, index)}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
