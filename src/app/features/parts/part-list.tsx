/** What was pasted: each recognised form with its count and its lines; a click shows them in the text. */
import { useMemo } from 'react';
import type { DocumentContext } from '../../../core/model/document.ts';
import type { DocumentView } from '../../../worker/protocol.ts';
import { placeText, timeText } from '../../ui/log-times.ts';
import { useCase, usePartial } from '../../stores/case-store.ts';
import { useSnapshotView, useTables } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Icon } from '../../ui/glyphs.tsx';
import { PartIcon } from './part-icon.tsx';
import { linesText, recognisedParts } from './recognised.ts';
import styles from './parts.module.css';

export function PartList() {
  const documents = useCase((state) => state.view?.documents);
  const partial = usePartial() !== undefined;
  const snapshot = useSnapshotView()?.snapshot;
  const tables = useTables();
  const select = useSelection((state) => state.follow);
  const parts = useMemo(
    () => (tables === undefined || snapshot === undefined ? [] : recognisedParts(tables, snapshot)),
    [tables, snapshot],
  );
  if (documents === undefined) return null;
  return (
    <section className={styles['section']} aria-labelledby="parts-label">
      <h2 id="parts-label" className="section-label">
        What was pasted {partial && <span className="aside">so far</span>}
      </h2>
      <ul role="list" className={styles['list']}>
        {parts.map((part, index) => {
          const { source } = part;
          return (
            <li key={index}>
              <button
                type="button"
                className={styles['part']}
                disabled={source === undefined}
                onClick={() => {
                  if (source === undefined) return;
                  select({ source }, 'list');
                  useView.getState().showTab('text');
                }}
              >
                <PartIcon kind={part.kind} />
                <span className={styles['title']} title={part.title}>
                  {part.code ? <code>{part.title}</code> : part.title}
                </span>
                <span className={styles['amount']}>
                  <Icon name="check" size={13} /> {part.amount}
                </span>
                {source !== undefined && (
                  <span className={styles['lines']}>
                    {[part.detail ?? '', linesText(source, documents)].filter((text) => text !== '').join(', ')}
                  </span>
                )}
              </button>
            </li>
          );
        })}
        {parts.length === 0 && <li className={styles['none']}>Nothing was recognised</li>}
      </ul>
      <Documents />
    </section>
  );
}

const layerNames: Record<string, string> = {
  gzip: 'gzip',
  crlf: 'CRLF line ends',
  ansi: 'terminal colours',
  quoted: 'mail quoting',
  prefix: 'a prefix on every line',
  spaces: 'tabs as spaces',
  'mail-wrap': 'wrapped lines',
  'one-line': 'lines joined to one',
};

/** '. From pod shop-7d9f, 2025-03-01 10:00:00 UTC to …'. */
function contextText(context: DocumentContext): string {
  const place = placeText(context);
  const { first, last } = context;
  const times =
    first === undefined || last === undefined ? '' : first === last ? timeText(first) : `${timeText(first)} to ${timeText(last)}`;
  const told = [place, times].filter((part) => part !== '').join(', ');
  return told === '' ? '' : `. From ${told}`;
}

/** Kinds of documents that are no text. */
const binary: readonly DocumentView['kind'][] = ['core', 'executable', 'profile', 'heap-dump', 'raw'];

/** '241 lines', of what is no text '5,007 bytes'. */
function sizeText({ kind, byteLength, lineStarts }: DocumentView): string {
  const [count, word] = binary.includes(kind) ? [byteLength, 'byte'] : [lineStarts.length - 1, 'line'];
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** Names and sizes of what was given, and what was undone before reading. */
function Documents() {
  const documents = useCase((state) => state.view?.documents) ?? [];
  return (
    <ul role="list" className={styles['documents']}>
      {documents.map((document) => (
        <li key={document.id}>
          <span className={styles['name']}>{document.name}</span>
          {`, ${sizeText(document)}`}
          {document.context !== undefined && contextText(document.context)}
          {document.layers.length > 0 &&
            `. Undone: ${[...new Set(document.layers)].map((layer) => layerNames[layer] ?? layer).join(', ')}`}
        </li>
      ))}
    </ul>
  );
}
