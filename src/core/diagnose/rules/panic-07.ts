/** An impossible size: runtime/slice.go makeslice and growslice, runtime/chan.go makechan, unsafe.Slice, negative shifts. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['make-size', 'unsafe-size']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const isUnsafe = reason.event.category === 'unsafe-size';
  return [
    panicConclusion(reason, story, {
      headline: isUnsafe
        ? `${subjectOf(story)} makes a slice or string over memory with an impossible length`
        : `${subjectOf(story)} asks for an impossible size`,
      explanation:
        `The length or capacity given${story.where} is negative or too large for any allocation, so nothing was allocated. ` +
        'Such a number is usually a difference that went below zero, or a length read from unchecked input.',
      next: [{ why: 'Print the size before the call, and check lengths that come from input' }, ...moreDetail(context)],
    }),
  ];
}

export const panic07: Rule = { id: 'PANIC-07', title: 'An impossible size', weight: 5, examine };
