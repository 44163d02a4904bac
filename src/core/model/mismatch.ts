/** Why output was kept apart from a process that it was given with: it speaks of another run or another build. */
import type { SourceRange } from './source.ts';

export type MismatchKind = 'function-entry' | 'return-address' | 'mapping' | 'heap' | 'version' | 'architecture' | 'pid';

export interface Mismatch {
  kind: MismatchKind;
  /** What the process it was compared with says, and what this output says: plain phrases, code between backticks. */
  expected: string;
  found: string;
  /** What to do about it, one sentence. */
  advice: string;
  /** Where `expected` and `found` were printed, as far as known. */
  expectedSource?: SourceRange;
  foundSource?: SourceRange;
}

/** One sentence: expected, found, what to do. */
export function mismatchText({ expected, found, advice }: Mismatch): string {
  return `Not of the same run as the first process: expected ${expected}, found ${found}. ${advice}`;
}
