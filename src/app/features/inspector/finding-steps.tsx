import type { Finding } from '../../../core/model/finding.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { firstSentences } from '../../ui/code-parts.ts';
import { Command } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { bandSentences } from '../verdict/verdict-band.tsx';
import { QuotedSource, SourceLink } from './source-link.tsx';

/** The evidence in order, each step with the line that proves it. `full`: the verdict band does not show this finding. */
export function WhatHappened({ finding, hot, full }: { finding: Finding; hot: boolean; full: boolean }) {
  const said = full ? '' : firstSentences(finding.explanation, bandSentences);
  const rest = finding.explanation.slice(said.length).trim();
  return (
    <section className="panel-section" aria-labelledby="finding-steps">
      <h2 id="finding-steps" className="section-label">
        What happened
      </h2>
      {full && (
        <p className="finding-headline">
          <CodeText text={finding.headline} />
        </p>
      )}
      <ol className="finding-steps">
        {finding.evidence.map((evidence, index) => (
          <li key={index} className={hot && index === 0 ? 'is-hot' : undefined}>
            <i aria-hidden="true">{index + 1}</i>
            <div>
              <p>
                <CodeText text={evidence.statement} />
                {evidence.inferred === true && <span className="finding-inferred">inferred</span>}
              </p>
              {evidence.source !== undefined && <QuotedSource source={evidence.source} />}
            </div>
          </li>
        ))}
      </ol>
      {rest !== '' && (
        <details className="finding-rest" open={full}>
          <summary>More about it</summary>
          <p>
            <CodeText text={rest} />
          </p>
        </details>
      )}
    </section>
  );
}

export function WhatToDo({ finding }: { finding: Finding }) {
  if (finding.next.length === 0) return null;
  return (
    <section className="panel-section" aria-labelledby="finding-next">
      <h2 id="finding-next" className="section-label">
        What to do
      </h2>
      <ul className="finding-next">
        {finding.next.map((step, index) => (
          <li key={index}>
            <CodeText text={step.why} />
            {step.command !== undefined && (
              <>
                <br />
                <Command command={step.command} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function WhyBelieved({ finding }: { finding: Finding }) {
  const refutedBy = finding.refutedBy ?? [];
  if (finding.checks.length + finding.against.length + refutedBy.length === 0) return null;
  return (
    <section className="panel-section" id="finding-checks" aria-labelledby="finding-checks-label">
      <h2 id="finding-checks-label" className="section-label">
        Why we believe it
      </h2>
      <ul className="finding-checks" role="list">
        {finding.checks.map((check, index) => (
          <li key={index} className={check.held ? 'is-held' : 'is-failed'}>
            <Icon name={check.held ? 'check' : 'cross'} size={14} />
            <span>
              {!check.held && <span className="visually-hidden">does not hold: </span>}
              <CodeText text={check.statement} />
            </span>
          </li>
        ))}
        {finding.against.map((one, index) => (
          <li key={`against${index}`} className="is-against">
            <Icon name="info" size={14} />
            <span>
              <b>Against it</b> <CodeText text={one.statement} />
              {one.source !== undefined && (
                <>
                  {' · '}
                  <SourceLink source={one.source} />
                </>
              )}
            </span>
          </li>
        ))}
        {refutedBy.map((statement) => (
          <li key={statement} className="is-against">
            <Icon name="info" size={14} />
            <span>
              <b>Would refute it</b> <CodeText text={statement} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function References({ finding }: { finding: Finding }) {
  if (finding.references.length === 0) return null;
  return (
    <section className="panel-section" aria-labelledby="finding-references">
      <h2 id="finding-references" className="section-label">
        References
      </h2>
      <ul className="finding-references" role="list">
        {finding.references.map((reference) => (
          <li key={reference}>{reference}</li>
        ))}
      </ul>
    </section>
  );
}
