/** What happened, in causal order: who did it, what that damaged, who noticed, how the process died. */
import type { SourceRange } from './source.ts';

export const storyParts = ['culprit', 'damage', 'noticed', 'death'] as const;
export type StoryPart = (typeof storyParts)[number];

export interface StoryStep {
  part: StoryPart;
  /** One plain sentence without a full stop; code between backticks. */
  text: string;
  /** Concluded, not printed. */
  inferred: boolean;
  /** Finding that says it. */
  finding?: string;
  source?: SourceRange;
}
