/** Files that look like excerpts of memory: where they begin is asked for, and tells where their words lie. */
import { useId, useState, type SyntheticEvent } from 'react';
import { parseAddress } from '../../core/model/address.ts';
import type { DocumentView } from '../../worker/protocol.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './strips.module.css';

export function RawMemory() {
  const documents = useCase((state) => state.view?.documents);
  const unplaced = useCase((state) => state.view?.memoryWithoutBase);
  const status = useCase((state) => state.status);
  if (documents === undefined || unplaced === undefined || status !== 'ready') return null;
  return unplaced.map((index) => {
    const document = documents[index];
    return document === undefined ? null : <Ask key={document.id} index={index} document={document} />;
  });
}

function Ask({ index, document }: { index: number; document: DocumentView }) {
  const id = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const place = (event: SyntheticEvent) => {
    event.preventDefault();
    const base = parseAddress(text.trim());
    setWrong(base === undefined);
    if (base !== undefined) void useCase.getState().setBase(index, base);
  };
  return (
    <form className={styles['info']} onSubmit={place} noValidate>
      <label htmlFor={id}>
        <strong>{document.name}</strong> is no text, {document.byteLength.toLocaleString('en')} bytes. If it is an excerpt of
        memory, where does it begin?
      </label>
      <input
        id={id}
        className={styles['address']}
        placeholder="0xc000040000"
        spellCheck={false}
        autoComplete="off"
        value={text}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Place its words</button>
      {wrong && (
        <span id={`${id}-wrong`} role="alert">
          An address has 1 to 16 hexadecimal digits
        </span>
      )}
    </form>
  );
}
