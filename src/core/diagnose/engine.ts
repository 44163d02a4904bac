/**
 * Runs the rules over the snapshots of a case. A rule that throws must not take the other answers with it: it counts as
 * having found nothing, and the failure goes to `onFailure`.
 */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { withoutRepeatedPointers } from './pointers.ts';
import { rank, type Candidate } from './ranking.ts';
import { withCommand } from './collecting.ts';
import { inWordsOf } from './debugger-commands.ts';
import { refutations } from './refutations.ts';
import type { Conclusion, Rule, RuleContext } from './rule.ts';

export interface RuleFailure {
  rule: string;
  snapshot: number;
  error: unknown;
}

type FailureListener = (failure: RuleFailure) => void;

function guarded<T>(rule: Rule, context: RuleContext, onFailure: FailureListener, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    onFailure({ rule: rule.id, snapshot: context.snapshot.id, error });
    return undefined;
  }
}

function findingOf(rule: Rule, conclusion: Conclusion, index: number, { snapshot }: RuleContext): Finding {
  const refutation = refutations[rule.id];
  return {
    ...(refutation === undefined ? {} : { refutedBy: [refutation] }),
    ...conclusion,
    id: index === 0 ? rule.id : `${rule.id}.${String(index + 1)}`,
    rule: rule.id,
    title: conclusion.title ?? rule.title,
    next: inWordsOf(snapshot.debugger, withCommand(rule.id, conclusion.next)),
    explains: [],
  };
}

function analyse(rules: readonly Rule[], context: RuleContext, main: boolean, onFailure: FailureListener): AnalysedSnapshot {
  const candidates: Candidate[] = [];
  const checked = new Set<string>();
  for (const rule of rules) {
    if (rule.caseLevel === true && !main) continue;
    const conclusions = guarded(rule, context, onFailure, () => rule.examine(context)) ?? [];
    conclusions.forEach((conclusion, index) => {
      candidates.push({ rule, finding: findingOf(rule, conclusion, index, context) });
    });
    if (conclusions.length > 0 || rule.checked === undefined) continue;
    const sentence = guarded(rule, context, onFailure, () => rule.checked?.(context));
    if (sentence !== undefined) checked.add(sentence);
  }
  const markers = new Set(rules.filter((rule) => rule.marker === true).map((rule) => rule.id));
  return { snapshot: context.snapshot, findings: withoutRepeatedPointers(rank(candidates), markers), checked: [...checked] };
}

/** Snapshots keep their order; the first is the main one and carries the findings of the case-level rules. */
export function diagnoseWith(
  rules: readonly Rule[],
  snapshots: readonly Snapshot[],
  documents: readonly SourceDocument[],
  onFailure: FailureListener = () => undefined,
): AnalysedSnapshot[] {
  return snapshots.map((snapshot, index) => analyse(rules, { snapshot, all: snapshots, documents }, index === 0, onFailure));
}
