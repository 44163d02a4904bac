/** Compressed data of which not everything could be had: what is shown is not all. */
import type { DocumentView } from '../../worker/protocol.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './strips.module.css';

const reasons: Record<NonNullable<DocumentView['shortfall']>, string> = {
  'cut-off': 'its compressed data ends early: the file was cut off or damaged',
  'too-large': 'it unpacks to more than is read at once',
};

export function Shortfall() {
  const documents = useCase((state) => state.view?.documents);
  const short = documents?.filter((document) => document.shortfall !== undefined) ?? [];
  return short.map((document) => (
    <p key={document.id} className={styles['warning']}>
      <span>
        <strong>{document.name}</strong> was read in part: {reasons[document.shortfall ?? 'cut-off']}.{' '}
        {(document.lineStarts.length - 1).toLocaleString('en')} lines could be had
      </span>
    </p>
  ));
}
