import type { Finding } from '../../../core/model/finding.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { StoryStep } from '../../../core/model/story.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { firstSentences } from '../../ui/code-parts.ts';
import { Command } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { bandSentences } from '../verdict/verdict-band.tsx';
import { QuotedSource, SourceLink } from './source-link.tsx';

/** One numbered step with the line that proves it. */
function Step({
  number,
  text,
  inferred,
  source,
}: {
  number: number;
  text: string;
  inferred: boolean;
  source: SourceRange | undefined;
}) {
  return (
    <>
      <i aria-hidden="true">{number}</i>
      <div>
        <p>
          <CodeText text={text} />
          {inferred && (
            <>
              {' '}
              <span className="finding-inferred">inferred</span>
            </>
          )}
        </p>
        {source !== undefined && <QuotedSource source={source} />}
      </div>
    </>
  );
}

/** The story in causal order: who did it, what that damaged, who noticed, how the process died. */
function Story({ story, hot }: { story: readonly StoryStep[]; hot: boolean }) {
  return (
    <ol className="finding-steps">
      {story.map((step, index) => (
        <li key={index} className={hot && index === 0 ? 'is-hot' : undefined}>
          <Step number={index + 1} text={step.text} inferred={step.inferred} source={step.source} />
        </li>
      ))}
    </ol>
  );
}

interface WhatHappenedProps {
  finding: Finding;
  /** Of the whole case: told with its best finding. */
  story: readonly StoryStep[];
  hot: boolean;
  /** The verdict band does not show this finding. */
  full: boolean;
}

/** What happened, and the evidence in order; without a story the evidence tells it. */
export function WhatHappened({ finding, story, hot, full }: WhatHappenedProps) {
  const said = full ? '' : firstSentences(finding.explanation, bandSentences);
  const rest = finding.explanation.slice(said.length).trim();
  const told = full || story.length < 2 ? [] : story;
  const evidence = (
    <ol className="finding-steps">
      {finding.evidence.map((one, index) => (
        <li key={index} className={hot && told.length === 0 && index === 0 ? 'is-hot' : undefined}>
          <Step number={index + 1} text={one.statement} inferred={one.inferred === true} source={one.source} />
        </li>
      ))}
    </ol>
  );
  const more = rest !== '' && (
    <details className="finding-rest" open={full}>
      <summary>More about it</summary>
      <p>
        <CodeText text={rest} />
      </p>
    </details>
  );
  return (
    <>
      <section className="panel-section" aria-labelledby="finding-steps">
        <h2 id="finding-steps" className="section-label">
          What happened
        </h2>
        {full && (
          <p className="finding-headline">
            <CodeText text={finding.headline} />
          </p>
        )}
        {told.length > 0 ? <Story story={told} hot={hot} /> : evidence}
        {more}
      </section>
      {told.length > 0 && finding.evidence.length > 0 && (
        <section className="panel-section" aria-labelledby="finding-evidence">
          <h2 id="finding-evidence" className="section-label">
            Evidence
          </h2>
          {evidence}
        </section>
      )}
    </>
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
