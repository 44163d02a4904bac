/** Findings: what a rule concluded, with what proves it, what speaks against it and what to do. */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export const confidences = ['certain', 'very likely', 'likely', 'possible'] as const;
export type Confidence = (typeof confidences)[number];

/** Statements are one plain sentence; code, functions and addresses stand between backticks. */
export interface Evidence {
  statement: string;
  source?: SourceRange;
  inferred?: boolean;
}

export interface NextStep {
  why: string;
  /** Runs as it is. */
  command?: string;
}

export interface BogusPointer {
  value: Address;
  /** The slot or register that holds it. */
  at?: Address | string;
  why: string;
}

export interface Finding {
  /** The rule's id, with a number behind it when a rule speaks twice: 'FP-01', 'FP-01.2'. */
  id: string;
  rule: string;
  title: string;
  /** One sentence for the verdict band; names the culprit, never an innocent runtime function. */
  headline: string;
  confidence: Confidence;
  /** Two to five sentences; the first two suffice for someone new to frame pointers. */
  explanation: string;
  evidence: Evidence[];
  against: { statement: string; source?: SourceRange }[];
  /** Checks made on the way: shown under "Why we believe it". */
  checks: { statement: string; held: boolean }[];
  /** What would refute it: checks that a reader can make. */
  refutedBy?: string[];
  next: NextStep[];
  references: string[];
  bogus: BogusPointer[];
  /** Function that did the damage, when the case names one. */
  culprit?: { function: string; inferred: boolean };
  /** A run of foreign bytes that the finding is about: [start, end), an element every `stride` bytes. `what`: 'the text `"…"`'. */
  overwrite?: { start: Address; end: Address; stride: number; what: string };
  /** Addresses to select in the diagram when the finding is clicked. */
  focus?: { goroutine?: string; address?: Address };
  /** Ids of findings that this one explains: they are folded under it. */
  explains: string[];
}
