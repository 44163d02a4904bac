/**
 * Run-time panics that are no class of their own in the knowledge base: negative shifts, range-over-func misuse and
 * whatever a newer runtime adds (runtime/error.go, `runtime error: …` without a known text).
 */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { isRuntimeError } from '../facts/reasons.ts';
import { code } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['shift', 'runtime-internal', 'arena', 'user-value']);
  if (reason?.event.kind !== 'panic' || !reason.root) return [];
  if (reason.event.category === 'user-value' && !isRuntimeError(reason.event.text)) return [];
  const story = panicStory(context, reason);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} stops with ${code(reason.event.text)}`,
      explanation: `The runtime refused an operation${story.where}. No memory was damaged and no pointer is accused.`,
      next: [{ why: 'Look at the operands of that line' }, ...moreDetail(context)],
    }),
  ];
}

export const panic09: Rule = { id: 'PANIC-09', title: 'Another run-time panic', weight: 2, examine };
