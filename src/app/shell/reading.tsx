/** Progress with Cancel, shown only when reading takes longer than a blink; and the page when reading failed. */
import { useEffect, useState } from 'react';
import type { Snapshot } from '../../core/model/snapshot.ts';
import type { InputPart } from '../../worker/protocol.ts';
import { useCase, usePartial } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useView } from '../stores/view-store.ts';
import { copyText } from '../ui/copy-button.tsx';
import { Icon } from '../ui/glyphs.tsx';
import { partialText, progressText } from './progress-text.ts';
import styles from './reading.module.css';

const quietMilliseconds = 300;

export function Reading() {
  const reading = useCase((state) => state.status === 'reading');
  const partial = usePartial();
  useEscape(reading);
  // What is shown of a preview has its own band.
  return reading && partial === undefined ? <Progress /> : null;
}

/** Escape cancels, wherever the focus is, unless something on the page has a nearer use for it. */
function useEscape(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const { leftOpen, rightOpen } = useView.getState();
      const clears = event.target instanceof HTMLInputElement && event.target.value !== '';
      if (!leftOpen && !rightOpen && !clears) useCase.getState().cancel();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [active]);
}

function Bar() {
  const { phase = 'Reading', done = 0, total = 0 } = useCase((state) => state.progress) ?? {};
  return (
    <>
      <span>{progressText(phase, done, total)}</span>
      <progress aria-label={phase} {...(total > 0 && { value: done, max: total })} />
      <button type="button" title="Stop reading (Esc)" onClick={() => useCase.getState().cancel()}>
        Cancel
      </button>
    </>
  );
}

function Progress() {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), quietMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  if (!due) return null;
  return (
    <div className={styles['progress']} role="group" aria-label="Reading">
      <Bar />
    </div>
  );
}

/** Characters of a printed reason that the band shows. */
const reasonLimit = 120;

/** The reason as printed: what the beginning says, not what is made of it. */
function reasonOf(snapshot: Snapshot | undefined): string {
  const text = snapshot?.events[snapshot.crash?.event ?? -1]?.text.split('\n')[0] ?? '';
  return text.length > reasonLimit ? `${text.slice(0, reasonLimit - 1)}…` : text;
}

/** Where the verdict will stand: how much is shown so far. Nothing here reads like a verdict. */
export function StillReading() {
  const partial = usePartial();
  const snapshot = useSnapshotView()?.snapshot;
  if (partial === undefined) return null;
  const printed = reasonOf(snapshot);
  return (
    <section className={styles['still']} aria-label="Still reading">
      <span className={styles['icon']}>
        <Icon name="info" size={26} />
      </span>
      <div className={styles['words']}>
        <h1>Still reading: this is {partialText(partial)}</h1>
        <p>
          {printed !== '' && (
            <>
              It begins with <code>{printed}</code>.{' '}
            </>
          )}
          Nothing is judged before all of it is read.
        </p>
      </div>
      <div className={styles['bar']} role="group" aria-label="Reading">
        <Bar />
      </div>
    </section>
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
      {parts.some((part) => 'bytes' in part) && <p>Your text is still here.</p>}
      {parts.map((part, index) => (
        <KeptPart key={index} part={part} />
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

/** A paste as it was; of a file, which is still on the disk, nothing. */
function KeptPart({ part }: { part: InputPart }) {
  if (!('bytes' in part)) return null;
  return (
    <label className={styles['kept']}>
      {part.name}
      <textarea readOnly rows={12} value={decoder.decode(part.bytes.subarray(0, shownBytes))} />
    </label>
  );
}
