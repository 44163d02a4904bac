import './verdict.css';
import { useState } from 'react';
import type { Finding } from '../../../core/model/finding.ts';
import type { Crash } from '../../../core/model/snapshot.ts';
import { useSnapshotView } from '../../stores/current.ts';
import { useView } from '../../stores/view-store.ts';
import { firstSentences } from '../../ui/code-parts.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { confidenceWord, meterParts, verdictTone } from './tone.ts';

/** Sentences of the explanation that stand in the band; the rest is in the findings panel. */
export const bandSentences = 2;

interface VerdictViewProps {
  finding: Finding | undefined;
  crash: Crash | undefined;
  /** What was examined and holds. */
  checked: readonly string[];
  onShowChecks: () => void;
  /** Buttons at the end. */
  children?: React.ReactNode;
}

function neutralDetail(checked: readonly string[]): string {
  if (checked.length === 0) return 'Stack words, registers or mappings of the same process would allow deeper checks.';
  return `Checked: ${checked.map((one) => one.replace(/\.$/, '')).join('; ')}.`;
}

export function VerdictView({ finding, crash, checked, onShowChecks, children }: VerdictViewProps) {
  const tone = verdictTone(finding, crash);
  return (
    <section className={`verdict verdict-${tone}`} aria-label="Verdict">
      <span className="verdict-icon">
        <Icon name={tone === 'bad' ? 'broken' : 'info'} size={26} />
      </span>
      <div className="verdict-text">
        <h1>{finding === undefined ? 'Nothing inconsistent in what was pasted' : <CodeText text={finding.headline} short />}</h1>
        <Detail text={finding === undefined ? neutralDetail(checked) : firstSentences(finding.explanation, bandSentences)} />
      </div>
      {finding !== undefined && <Confidence finding={finding} onShowChecks={onShowChecks} />}
      <div className="verdict-actions">{children}</div>
    </section>
  );
}

/** On a phone two lines of it, and a button that shows all. */
function Detail({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  return (
    <>
      <p className={whole ? undefined : 'is-short'}>
        <CodeText text={text} />
      </p>
      <button type="button" className="text-link verdict-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? 'Show less' : 'Show all of it'}
      </button>
    </>
  );
}

function Confidence({ finding, onShowChecks }: { finding: Finding; onShowChecks: () => void }) {
  const full = meterParts(finding.confidence);
  return (
    <button type="button" className="verdict-confidence" title="Why we believe it" onClick={onShowChecks}>
      <b>{confidenceWord(finding.confidence)}</b>
      <span className="verdict-meter" role="img" aria-label={`confidence ${full} of 4`}>
        {[1, 2, 3, 4].map((part) => (
          <i key={part} className={part > full ? 'is-off' : undefined} />
        ))}
      </span>
    </button>
  );
}

/** The band of the open case: its best finding. */
export function VerdictBand({ children }: { children?: React.ReactNode }) {
  const view = useSnapshotView();
  if (view === undefined) return null;
  const showChecks = () => {
    useView.getState().setRight(true);
    requestAnimationFrame(() => document.getElementById('finding-checks')?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <VerdictView finding={view.findings[0]} crash={view.snapshot.crash} checked={view.checked} onShowChecks={showChecks}>
      {children}
    </VerdictView>
  );
}
