/** Integer division by zero: runtime/panic.go panicdivide, or SIGFPE turned into it by sigpanic. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['divide']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} divides an integer by zero`,
      explanation: `The divisor of a \`/\` or \`%\`${story.where} was 0. Go panics for integers only; floats give Inf or NaN.`,
      next: [
        { why: 'Look at where the divisor comes from: an empty list or a missing setting is usual' },
        ...moreDetail(context),
      ],
    }),
  ];
}

export const panic06: Rule = { id: 'PANIC-06', title: 'Integer divide by zero', weight: 5, examine };
