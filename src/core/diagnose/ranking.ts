/**
 * Puts findings in order, best first:
 * case-level causes, causes before markers, then confidence, then weight, then the order of the rule list.
 * A finding that another one explains follows directly behind it.
 */
import { confidences, type Finding } from '../model/finding.ts';
import type { Rule } from './rule.ts';

export interface Candidate {
  rule: Rule;
  finding: Finding;
}

/** 'FP-01' or a prefix pattern 'FP-*'. */
export function matchesRule(id: string, pattern: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}

/** 0 is the strongest. */
function doubt(finding: Finding): number {
  return confidences.indexOf(finding.confidence);
}

const likely = confidences.indexOf('likely');

/** A story over several crashes goes first, unless it is a mere possibility. */
function leads(candidate: Candidate): boolean {
  return candidate.rule.caseLevel === true && doubt(candidate.finding) <= likely;
}

function compare(a: Candidate, b: Candidate): number {
  return (
    Number(leads(b)) - Number(leads(a)) ||
    Number(a.rule.marker ?? false) - Number(b.rule.marker ?? false) ||
    doubt(a.finding) - doubt(b.finding) ||
    (b.rule.weight ?? 0) - (a.rule.weight ?? 0)
  );
}

/** A mere possibility explains nothing that is surer than itself, and a marker never explains a cause. */
function mayExplain(a: Candidate, b: Candidate): boolean {
  if (a.rule.id === b.rule.id || !(a.rule.explains ?? []).some((pattern) => matchesRule(b.rule.id, pattern))) return false;
  if (b.rule.marker === true) return true;
  return a.rule.marker !== true && (doubt(a.finding) <= likely || doubt(a.finding) <= doubt(b.finding));
}

/** The findings in order, with `explains` filled in. Every finding has at most one that explains it; there are no circles. */
export function rank(candidates: readonly Candidate[]): Finding[] {
  const ordered = [...candidates].sort(compare);
  const parent = new Map<Candidate, Candidate>();
  const isAncestor = (candidate: Candidate, of: Candidate): boolean => {
    for (let at: Candidate | undefined = of; at !== undefined; at = parent.get(at)) if (at === candidate) return true;
    return false;
  };
  for (const a of ordered) {
    for (const b of ordered) {
      if (parent.has(b) || !mayExplain(a, b) || isAncestor(b, a)) continue;
      parent.set(b, a);
    }
  }
  const children = new Map<Candidate, Candidate[]>();
  for (const candidate of ordered) {
    const explainedBy = parent.get(candidate);
    if (explainedBy === undefined) continue;
    const siblings = children.get(explainedBy);
    if (siblings === undefined) children.set(explainedBy, [candidate]);
    else siblings.push(candidate);
  }
  const findings: Finding[] = [];
  const place = (candidate: Candidate): void => {
    const explained = children.get(candidate) ?? [];
    findings.push({ ...candidate.finding, explains: explained.map((child) => child.finding.id) });
    explained.forEach(place);
  };
  ordered.filter((candidate) => !parent.has(candidate)).forEach(place);
  return findings;
}
