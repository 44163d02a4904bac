/**
 * A panic with a value of the program's own (runtime/panic.go printpanicval): an error, a Stringer, a basic or named
 * basic value, or a type with its data address. `panic(nil)` and panics of the testing package count here as well.
 */
import { calledByUser, reasonOf, type ReasonInChain } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { detailOf, isRuntimeError } from '../facts/reasons.ts';
import { code, frameEvidence, frameText, reasonText } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

function valueText({ event }: ReasonInChain): string {
  if (event.category === 'nil-panic') {
    return 'The argument of `panic` was nil, so the runtime can say nothing about the reason.';
  }
  if (event.category === 'test-panic') return 'The testing package panicked on behalf of a test that broke its rules.';
  const type = event.valueType;
  if (type === undefined) return 'The value is a string, or an error or Stringer printed by its own method.';
  return detailOf(event, 'address-only') !== undefined
    ? `The value has type ${code(type)}; it has neither an Error nor a String method, so only its address is printed.`
    : `The value has type ${code(type)}.`;
}

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['user-value', 'nil-panic', 'test-panic']);
  // A later value of the program's own only reports what the first panic is about.
  if (reason?.root !== true || isRuntimeError(reason.event)) return [];
  const story = panicStory(context, reason);
  const called = calledByUser(context);
  const value = reasonText(reason.event);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} panics with ${value}`,
      explanation:
        `The program called \`panic\`${story.where}; ${story.survived ? 'nothing crashed' : 'it ended itself'}, ` +
        `and no pointer is accused. ` +
        valueText(reason),
      evidence:
        called === undefined
          ? []
          : [frameEvidence(called, `It was raised through ${frameText(called)}, which that code called.`)],
      next: [
        { why: story.frame === undefined ? 'Look for the call of `panic`' : `Read the lines before ${frameText(story.frame)}` },
        ...moreDetail(context),
      ],
    }),
  ];
}

export const panic01: Rule = {
  id: 'PANIC-01',
  title: "Panic with the program's own value",
  weight: 5,
  examine,
};
