/** The input, with what was recognised marked in the margin, and linked both ways with the other views. */
import { useState } from 'react';
import { documentBytes } from '../../../core/model/bytes.ts';
import type { DocumentView } from '../../../worker/protocol.ts';
import { announce } from '../../stores/announcement-store.ts';
import { useCase } from '../../stores/case-store.ts';
import { useArrivals, useSnapshotView, useTables } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { factAt } from './fact-at.ts';
import { lineBounds } from './lines.ts';
import { TextSurface } from './text-surface.tsx';
import styles from './text.module.css';

export function TextView() {
  const documents = useCase((state) => state.view?.documents) ?? [];
  const source = useSelection((state) => state.source);
  const serial = useSelection((state) => state.serial);
  const origin = useSelection((state) => state.origin);
  const [chosen, setChosen] = useState<{ document: number; serial: number }>();
  // A selection elsewhere shows its document; a document chosen by hand stays until the next selection.
  const wanted = chosen !== undefined && (chosen.serial === serial || source === undefined) ? chosen.document : source?.document;
  const document = documents[wanted ?? 0] ?? documents[0];
  const view = useSnapshotView();
  const tables = useTables();
  if (document === undefined) return null;

  const onChoose = (offset: number, line: number) => {
    if (tables === undefined || view === undefined) return;
    const { start, end } = lineBounds(document, line);
    const fact = factAt(tables, view, { document: document.id, at: offset, lineStart: start, lineEnd: end });
    if (fact === undefined) announce(`Nothing was made of line ${line + 1}`);
    else useSelection.getState().select(fact, 'text');
  };
  return (
    <div className={styles['view']}>
      {documents.length > 1 && (
        <label className={styles['documents']}>
          Document{' '}
          <select
            value={documents.indexOf(document)}
            onChange={(event) => setChosen({ document: Number(event.target.value), serial })}
          >
            {documents.map((one, index) => (
              <option key={one.id} value={index}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {isBinary(document) ? (
        <Bytes document={document} />
      ) : (
        <TextSurface
          key={document.id}
          document={document}
          highlight={source?.document === document.id ? source : undefined}
          reveal={origin === 'text' ? 0 : serial}
          onChoose={onChoose}
        />
      )}
    </div>
  );
}

/** Rows of a binary document that are shown: enough to know it by. */
const shownRows = 64;
const rowBytes = 16;

/** The first bytes of what is no text, as hexadecimal and as printable characters. */
function Bytes({ document }: { document: DocumentView }) {
  useArrivals();
  const bytes = documentBytes(document, 0, shownRows * rowBytes);
  const rows = Array.from({ length: Math.ceil(bytes.length / rowBytes) }, (_, row) => {
    const own = [...bytes.subarray(row * rowBytes, (row + 1) * rowBytes)];
    const hex = own.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = own.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    return `${(row * rowBytes).toString(16).padStart(8, '0')}  ${hex.padEnd(rowBytes * 3)} ${text}`;
  });
  const size = document.byteLength.toLocaleString('en');
  return (
    <div className={styles['binary']} tabIndex={0} role="region" aria-label={`Bytes of ${document.name}`}>
      <p>
        {document.name} is not text: {size} bytes
        {bytes.length < document.byteLength && `, the first ${bytes.length.toLocaleString('en')} of them`}.
      </p>
      <pre className="mono">{rows.join('\n')}</pre>
    </div>
  );
}

/** Bytes looked at: text has no zero bytes. */
const sniffed = 4096;

function isBinary(document: DocumentView): boolean {
  return documentBytes(document, 0, sniffed).includes(0);
}
