/** Nothing known was found in any document: what was expected, what each looks like instead, and what to do. */
import { documentBytes } from '../../core/model/bytes.ts';
import type { DocumentView } from '../../worker/protocol.ts';
import { useCase } from '../stores/case-store.ts';
import { useArrivals } from '../stores/current.ts';
import { Command } from '../ui/copy-button.tsx';
import { looksLike } from './looks-like.ts';
import styles from './strips.module.css';

/** Bytes of a document that are looked at. */
const headBytes = 8192;
/** Documents of which it is said. */
const mostDocuments = 4;

export function NotRecognised() {
  useArrivals();
  const recognised = useCase((state) => state.view?.recognised);
  const documents = useCase((state) => state.view?.documents);
  if (recognised !== false || documents === undefined) return null;
  const more = documents.length - mostDocuments;
  return (
    <div className={styles['warning']} role="alert">
      <h1>No Go traceback or debugger output recognised</h1>
      <ul className={styles['problems']}>
        {documents.slice(0, mostDocuments).map((document) => (
          <Found key={document.id} document={document} />
        ))}
        {more > 0 && <li>{more.toLocaleString('en')} more</li>}
      </ul>
    </div>
  );
}

function Found({ document }: { document: DocumentView }) {
  const { name, kind, byteLength } = document;
  const likeness = looksLike(kind, byteLength, documentBytes(document, 0, headBytes));
  if (likeness === undefined) return <li>{name} is text in no form that is known. It stays in the Text view</li>;
  const { what, advice, command } = likeness;
  return (
    <li>
      {name} {what.startsWith('like ') ? 'looks' : 'is'} {what}. {advice}
      {command !== undefined && (
        <>
          {' '}
          <Command command={command} />
        </>
      )}
    </li>
  );
}
