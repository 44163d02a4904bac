import type { SourceRange } from '../../../core/model/source.ts';
import { useCase } from '../../stores/case-store.ts';
import { useArrivals } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { lineLabel, quotedLine, type LineDocument } from './source-line.ts';

const none: readonly LineDocument[] = [];

export function useLineDocuments(): readonly LineDocument[] {
  useArrivals();
  return useCase((state) => state.view?.documents ?? none);
}

/** Selects the characters and shows them in the Text view. */
export function showSource(source: SourceRange): void {
  const { address, frameRow, finding, follow } = useSelection.getState();
  follow(
    {
      source,
      ...(address !== undefined && { address }),
      ...(frameRow !== undefined && { frameRow }),
      ...(finding !== undefined && { finding }),
    },
    'finding',
  );
  useView.getState().showTab('text');
}

/** `line 155`: opens the text there. */
export function SourceLink({ source, label }: { source: SourceRange; label?: string }) {
  const documents = useLineDocuments();
  return (
    <button type="button" className="text-link" onClick={() => showSource(source)}>
      {label ?? lineLabel(documents, source)}
    </button>
  );
}

/** The quoted line and its link. */
export function QuotedSource({ source }: { source: SourceRange }) {
  const documents = useLineDocuments();
  const quote = quotedLine(documents, source);
  return (
    <p className="finding-source">
      {quote !== '' && (
        <>
          <code className="mono">{quote}</code>
          {' · '}
        </>
      )}
      <SourceLink source={source} />
    </p>
  );
}
