/** The shape of a rule: one signature, one file, one id. Rules reason from facts and never read text. */
import type { SourceDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface RuleContext {
  snapshot: Snapshot;
  /** All snapshots of the case, the examined one included. */
  all: readonly Snapshot[];
  documents: readonly SourceDocument[];
}

/** A finding as a rule makes it: `diagnose` adds the id and the links between findings. */
export type Conclusion = Omit<Finding, 'id' | 'rule' | 'title' | 'explains'> & { title?: string };

export interface Rule {
  /** Id of the knowledge base: 'FP-01'. */
  readonly id: string;
  readonly title: string;
  /** A class of crash or a circumstance: never the whole answer when a cause is found. */
  readonly marker?: boolean;
  /** Rules (ids, or 'FP-*') whose findings this one explains when both fire. */
  readonly explains?: readonly string[];
  /** Breaks ties of confidence; higher first. 0 by default, causes with a culprit 10. */
  readonly weight?: number;
  /** Looks at the whole case once (examined with the main snapshot) instead of at each snapshot. */
  readonly caseLevel?: boolean;
  examine(context: RuleContext): Conclusion[];
  /** Sentence for "what was checked" when the rule could look and found nothing; undefined when it could not look. */
  checked?(context: RuleContext): string | undefined;
}
