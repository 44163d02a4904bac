/** A failed type assertion: runtime/error.go TypeAssertionError, `interface conversion: …`. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { detailOf } from '../facts/reasons.ts';
import { code } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['type-assertion']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const assertion = detailOf(reason.event, 'assertion');
  const isNil = assertion?.found === 'nil';
  const what =
    assertion === undefined
      ? 'asserts a type that the value does not have'
      : isNil
        ? `asserts ${code(assertion.wanted)} on a nil interface`
        : `asserts ${code(assertion.wanted)} on a value of type ${code(assertion.found)}`;
  const meaning =
    assertion === undefined
      ? ''
      : assertion.missing !== undefined
        ? `The type lacks the method ${code(assertion.missing)}.`
        : isNil
          ? 'The interface holds no value at all.'
          : `The interface holds ${code(assertion.found)}, the code wants ${code(assertion.wanted)}.`;
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} ${what}`,
      explanation: [`A type assertion without a second result (${code('v, ok := x.(T)')} has one) failed${story.where}.`, meaning]
        .filter((part) => part !== '')
        .join(' '),
      next: [{ why: 'The form with two results, `v, ok := x.(T)`, does not panic' }, ...moreDetail(context)],
    }),
  ];
}

export const panic03: Rule = { id: 'PANIC-03', title: 'Failed type assertion', weight: 5, examine };
