/** Findings, the pointers they call bogus, and the chains of the report. */
import { formatAddress } from '../model/address.ts';
import type { Finding } from '../model/finding.ts';
import type { ChainLink } from '../model/chain.ts';
import type * as contract from './contract.ts';
import { lineOf, withoutBackticks, type ReportContext } from './facts.ts';

export function reportFinding(context: ReportContext, finding: Finding): contract.Finding {
  return {
    id: finding.id,
    rule: finding.rule,
    title: withoutBackticks(finding.title),
    confidence: finding.confidence,
    explanation: finding.explanation,
    evidence: finding.evidence.map(({ statement, source, inferred }) => ({
      statement,
      ...(source !== undefined && { document: source.document }),
      ...lineOf(context, source),
      ...(inferred === true && { inferred }),
    })),
    against: finding.against.map(({ statement, source }) => ({ statement, ...lineOf(context, source) })),
    next: finding.next.map(({ why, command }) => ({ why, ...(command !== undefined && { command }) })),
    references: finding.references,
    ...(finding.explains.length > 0 && { explains: finding.explains }),
    ...(finding.checks.length > 0 && { checks: finding.checks.map(({ statement, held }) => ({ statement, held })) }),
    ...(finding.refutedBy !== undefined && finding.refutedBy.length > 0 && { refutedBy: finding.refutedBy }),
  };
}

/** Each pointer once, under the best finding that names it. */
export function reportBogusPointers(context: ReportContext): contract.Report['bogusPointers'] {
  const result = new Map<string, contract.Report['bogusPointers'][number]>();
  for (const finding of context.chosen.findings) {
    for (const { value, at, why } of finding.bogus) {
      const place = typeof at === 'bigint' ? formatAddress(at) : at;
      const key = `${formatAddress(value)}@${place ?? ''}`;
      if (result.has(key)) continue;
      result.set(key, { value: formatAddress(value), ...(place !== undefined && { at: place }), why, finding: finding.id });
    }
  }
  return [...result.values()];
}

function reportLink(link: ChainLink): contract.Link {
  // The expected value of a good link is its value: only links that differ, or are not in the case, name one.
  const expected = link.verdict === 'ok' || link.verdict === 'end' ? undefined : link.expected;
  return {
    slot: formatAddress(link.slot),
    ...(link.value !== undefined && { value: formatAddress(link.value) }),
    ...(expected !== undefined && { expected: formatAddress(expected) }),
    verdict: link.verdict,
    ...(link.reason !== undefined && { reason: link.reason }),
    ...(link.frame !== undefined && { frame: link.frame }),
  };
}

export function reportChains(context: ReportContext): contract.Report['chains'] {
  return context.chosen.snapshot.chains.map(({ owner, arch, links }) => ({ owner, arch, links: links.map(reportLink) }));
}
