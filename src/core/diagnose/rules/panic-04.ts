/** Assignment to an entry of a nil map: runtime/map.go mapassign, internal/runtime/maps since Go 1.24. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['nil-map']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} writes to a map that was never made`,
      explanation:
        `An entry was assigned in a nil map${story.where}. Reading a nil map is legal, writing is not; ` +
        'the map must be made with `make` or a literal before the first write.',
      next: [{ why: 'Look at how the map is created, and at copies of the struct that holds it' }, ...moreDetail(context)],
    }),
  ];
}

export const panic04: Rule = { id: 'PANIC-04', title: 'Assignment to an entry of a nil map', weight: 5, examine };
