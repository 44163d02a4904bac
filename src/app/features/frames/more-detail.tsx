import { CodeText } from '../../ui/code-text.tsx';
import { Command } from '../../ui/copy-button.tsx';
import type { DetailStep } from './more-detail-steps.ts';

/** What would show more than these frames. */
export function MoreDetail({ steps }: { steps: readonly DetailStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section className="frame-more" aria-labelledby="frame-more">
      <h2 id="frame-more" className="section-label">
        What would show more
      </h2>
      <ul role="list">
        {steps.map((step) => (
          <li key={step.why}>
            <CodeText text={step.why} />
            {step.command !== undefined && <Command command={step.command} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
