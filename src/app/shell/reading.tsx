/** Progress with Cancel, shown only when reading takes longer than a blink; and the page when reading failed. */
import { useEffect, useState } from 'react';
import { useCase } from '../stores/case-store.ts';
import { copyText } from '../ui/copy-button.tsx';
import { progressText } from './progress-text.ts';
import styles from './reading.module.css';

const quietMilliseconds = 300;
export function Reading() {
  const reading = useCase((state) => state.status === 'reading');
  return reading ? <Progress /> : null;
}

function Progress() {
  const [due, setDue] = useState(false);
  const progress = useCase((state) => state.progress);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), quietMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  if (!due) return null;
  const { phase = 'Reading', done = 0, total = 0 } = progress ?? {};
  return (
    <div className={styles['progress']} role="group" aria-label="Reading">
      <span>{progressText(phase, done, total)}</span>
      <progress aria-label={phase} {...(total > 0 && { value: done, max: total })} />
      <button type="button" onClick={() => useCase.getState().cancel()}>
        Cancel
      </button>
    </div>
  );
}

const decoder = new TextDecoder('utf-8');
/** Bytes of a part that the page of a failure shows. */
const shownBytes = 200_000;

export function ReadFailed() {
  const failure = useCase((state) => state.failure) ?? '';
  const parts = useCase((state) => state.parts);
  return (
    <main className={styles['failed']}>
      <h1>The case could not be read</h1>
      <p role="alert">{failure}</p>
      <p>Your text is still here.</p>
      {parts.map((part, index) => (
        <label key={index} className={styles['kept']}>
          {part.name}
          <textarea readOnly rows={12} value={decoder.decode(part.bytes.subarray(0, shownBytes))} />
        </label>
      ))}
      <p className={styles['actions']}>
        <button type="button" onClick={() => void useCase.getState().open(parts)}>
          Try again
        </button>
        <button type="button" onClick={() => void copyText(failure, 'details')}>
          Copy details
        </button>
        <button type="button" onClick={() => useCase.getState().close()}>
          New case
        </button>
      </p>
    </main>
  );
}
