/** A crash that was printed again and again is one entry: how often, from when to when, and where. */
import type { DocumentContext } from '../../core/model/document.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { placeText, timeText } from '../ui/log-times.ts';
import styles from './strips.module.css';

function Time({ iso }: { iso: string }) {
  return <time dateTime={iso}>{timeText(iso)}</time>;
}

function Place({ context }: { context: DocumentContext | undefined }) {
  const place = context === undefined ? '' : placeText(context);
  return place === '' ? null : <span>{place}</span>;
}

export function CrashLoop() {
  const snapshot = useSnapshotView()?.snapshot;
  const crash = snapshot?.crash;
  const documents = useCase((state) => state.view?.documents);
  const { repeats } = crash ?? {};
  if (repeats === undefined || crash === undefined) return null;
  const context = documents?.[snapshot?.events[crash.event]?.source.document ?? 0]?.context;
  const { count, first, last } = repeats;
  return (
    <p className={styles['info']}>
      <strong>× {count.toLocaleString('en')}</strong>
      <span>
        The same crash
        {first !== undefined && last !== undefined && (
          <>
            {', first '}
            <Time iso={first} />
            {', last '}
            <Time iso={last} />
          </>
        )}
      </span>
      <Place context={context} />
    </p>
  );
}
