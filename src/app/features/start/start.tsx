/** The page before anything was given. */
import { useEffect, useRef, useState } from 'react';
import { pickFiles } from '../../intake/open-files.ts';
import { receiveFiles, receiveText } from '../../intake/receive.ts';
import { useCase } from '../../stores/case-store.ts';
import { forgetFragment } from '../share/fragment.ts';
import { loadSample, loadSamples, type Sample } from './samples.ts';
import styles from './start.module.css';

export function Start() {
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => field.current?.focus(), []);
  return (
    <main className={styles['page']}>
      <h1 id="paste-label">Paste a Go crash or a gdb, rr or Delve session, or drop files</h1>
      <p className={styles['what']}>
        Framewalk says which pointer is bogus, how it got there, and what to ask the debugger next. It reads Go crash dumps,
        goroutine dumps and debugger output, also from within logs and mails.
      </p>
      <textarea
        ref={field}
        className={styles['field']}
        aria-labelledby="paste-label"
        spellCheck={false}
        autoComplete="off"
        placeholder={'fatal error: unexpected signal during runtime execution\n[signal SIGSEGV: segmentation violation …'}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain');
          const files = [...event.clipboardData.files];
          if (typed !== '' || (text === '' && files.length === 0)) return;
          event.preventDefault();
          void (text === '' ? receiveFiles(files) : receiveText(text));
        }}
      />
      <p className={styles['actions']}>
        <button
          type="button"
          className={styles['primary']}
          disabled={typed.trim() === ''}
          onClick={() => void receiveText(typed)}
        >
          Read it
        </button>
        <button type="button" onClick={pickFiles}>
          Open files…
        </button>
        <span className={styles['private']}>
          <kbd>Ctrl V</kbd> works anywhere on the page. Nothing leaves this browser
        </span>
      </p>
      <Samples />
    </main>
  );
}

function Samples() {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let wanted = true;
    loadSamples().then(
      (list) => {
        if (wanted) setSamples(list);
      },
      () => {
        if (wanted) setFailure('The samples could not be loaded');
      },
    );
    return () => {
      wanted = false;
    };
  }, []);
  const openSample = async (sample: Sample) => {
    try {
      forgetFragment();
      await useCase.getState().open([{ name: sample.file, bytes: await loadSample(sample) }]);
    } catch {
      setFailure(`${sample.title} could not be loaded`);
    }
  };
  return (
    <section aria-labelledby="samples-label">
      <h2 id="samples-label" className="section-label">
        Samples
      </h2>
      {failure !== '' && <p role="alert">{failure}</p>}
      <ul role="list" className={styles['samples']}>
        {samples.map((sample) => (
          <li key={sample.file}>
            <button type="button" className={styles['card']} onClick={() => void openSample(sample)}>
              <span className={styles['kind']}>{sample.kind}</span>
              <strong>{sample.title}</strong>
              <span className={styles['story']}>{sample.story}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
