/** An unhashable map key or an uncomparable operand of == in an interface: runtime/alg.go. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { detailOf } from '../facts/reasons.ts';
import { code } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['unhashable']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const type = detailOf(reason.event, 'unhashable')?.type;
  const value =
    type === undefined ? 'a value that cannot be compared' : `a value of type ${code(type)}, which cannot be compared`;
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} hashes or compares ${value}`,
      explanation:
        `An interface${story.where} holds ${value}. Slices, maps, functions and structs that contain them are neither ` +
        'map keys nor operands of `==`; behind an interface the compiler cannot see it, so the check fails when the program runs.',
      next: [{ why: 'Use a comparable key: a string, an array, or a struct of comparable fields' }, ...moreDetail(context)],
    }),
  ];
}

export const panic08: Rule = { id: 'PANIC-08', title: 'Unhashable or uncomparable dynamic type', weight: 5, examine };
