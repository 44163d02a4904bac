/** Output of another run or build: not merged with the first process, with what was expected, what was found, and what to do. */
import type { Snapshot } from '../../core/model/snapshot.ts';
import { SourceLink } from '../features/inspector/source-link.tsx';
import { useCase } from '../stores/case-store.ts';
import { CodeText } from '../ui/code-text.tsx';
import styles from './strips.module.css';

/** Strips of this kind; the list of snapshots names the others. */
const mostStrips = 3;

export function KeptApart() {
  const snapshots = useCase((state) => state.view?.snapshots);
  const selected = useCase((state) => state.snapshot);
  const kept = snapshots?.flatMap(({ snapshot }, index) => (snapshot.apart === undefined ? [] : [{ snapshot, index }])) ?? [];
  return (
    <>
      {kept.slice(0, mostStrips).map(({ snapshot, index }) => (
        <Strip key={snapshot.id} apart={snapshot.apart} index={index} isSelected={index === selected} />
      ))}
      {kept.length > mostStrips && (
        <p className={styles['warning']}>
          {(kept.length - mostStrips).toLocaleString('en')} more were not merged with the first process
        </p>
      )}
    </>
  );
}

function Strip({ apart, index, isSelected }: { apart: Snapshot['apart']; index: number; isSelected: boolean }) {
  if (apart === undefined) return null;
  const { expected, found, advice, expectedSource, foundSource } = apart;
  return (
    <p className={styles['warning']}>
      <span>
        <strong>Process {index + 1}</strong> was not merged with the first one: expected <CodeText text={expected} />
        {expectedSource !== undefined && (
          <>
            {' ('}
            <SourceLink source={expectedSource} />)
          </>
        )}
        , found <CodeText text={found} />
        {foundSource !== undefined && (
          <>
            {' ('}
            <SourceLink source={foundSource} />)
          </>
        )}
        . <CodeText text={advice} />
      </span>
      {!isSelected && (
        <button type="button" onClick={() => useCase.getState().selectSnapshot(index)}>
          Show process {index + 1}
        </button>
      )}
    </p>
  );
}
