import type { Finding } from '../../../core/model/finding.ts';
import { AddressLinks } from '../../ui/address-links.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { confidenceWord } from '../verdict/tone.ts';

interface OtherFindingsProps {
  findings: readonly Finding[];
  shown: Finding;
  onShow: (finding: Finding) => void;
}

function Row({ finding, onShow }: { finding: Finding; onShow: (finding: Finding) => void }) {
  return (
    <li>
      <button type="button" className="finding-row" onClick={() => onShow(finding)}>
        {/* One button cannot hold another. */}
        <AddressLinks value={undefined}>
          <CodeText text={finding.headline} />
        </AddressLinks>
        <small>
          {finding.rule} · {confidenceWord(finding.confidence)}
        </small>
      </button>
    </li>
  );
}

/** The rest: those that the shown one explains are folded under it. */
export function OtherFindings({ findings, shown, onShow }: OtherFindingsProps) {
  const explained = findings.filter((finding) => shown.explains.includes(finding.id));
  const others = findings.filter((finding) => finding !== shown && !shown.explains.includes(finding.id));
  if (explained.length + others.length === 0) return null;
  return (
    <section className="panel-section" aria-labelledby="other-findings">
      <h2 id="other-findings" className="section-label">
        Other findings
      </h2>
      {others.length > 0 && (
        <ul role="list">
          {others.map((finding) => (
            <Row key={finding.id} finding={finding} onShow={onShow} />
          ))}
        </ul>
      )}
      {explained.length > 0 && (
        <details className="finding-explained">
          <summary>
            {explained.length === 1 ? '1 more, explained by this one' : `${explained.length} more, explained by this one`}
          </summary>
          <ul role="list">
            {explained.map((finding) => (
              <Row key={finding.id} finding={finding} onShow={onShow} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
