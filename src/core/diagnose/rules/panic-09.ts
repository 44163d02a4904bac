/**
 * Reasons that are no class of their own in the knowledge base: negative shifts, run-time errors of later releases, other
 * fatal errors (runtime/panic.go throw and fatal), and a panicking goroutine whose reason is not in the paste.
 */
import type { Conclusion, Rule, RuleContext } from '../rule.ts';
import { crashEvent, crashFrames, crashGoroutineId, raisingUserFrame, reasonOf, userFrame } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { isRuntimeError } from '../facts/reasons.ts';
import { firstUser } from '../facts/view.ts';
import { eventEvidence, frameEvidence, frameText, reasonText } from '../facts/wording.ts';

function ofPanic(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['shift', 'runtime-internal', 'arena', 'user-value']);
  if (reason?.event.kind !== 'panic' || !reason.root) return [];
  if (reason.event.category === 'user-value' && !isRuntimeError(reason.event)) return [];
  const story = panicStory(context, reason);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} stops with ${reasonText(reason.event)}`,
      explanation: `The runtime refused an operation${story.where}. No pointer is accused.`,
      next: [{ why: 'Look at the operands of that line' }, ...moreDetail(context)],
    }),
  ];
}

/** What the runtime said is certain, what it means is not: any other rule knows more. */
function ofFatalError(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['runtime-internal', 'thread-limit', 'traceback', 'morestack', 'signal-stack']);
  // The innermost: an Error method that panics while it is printed stands above the frame that panicked first.
  const user = firstUser(crashFrames(context)) ?? userFrame(context);
  if (reason === undefined || reason.event.kind === 'panic' || !reason.root) return [];
  const id = crashGoroutineId(context);
  return [
    {
      title: 'Another fatal error',
      headline: `${user === undefined ? 'The runtime' : frameText(user)} stops with ${reasonText(reason.event)}`,
      confidence: 'possible',
      explanation:
        `The runtime stopped the process${user === undefined ? '' : ` under ${frameText(user)}`}; such an error cannot be recovered. ` +
        'The paste holds nothing that tells more about the cause.',
      evidence: [
        eventEvidence(reason.event),
        ...(user === undefined ? [] : [frameEvidence(user, `The first frame of the user's own code is ${frameText(user)}.`)]),
      ],
      against: [],
      checks: [{ statement: 'The runtime printed this reason itself', held: true }],
      next: moreDetail(context),
      references: [],
      bogus: [],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

/** Frames behind `panic` without a reason: debug.Stack in a deferred function, or a paste that begins too late. */
function withoutReason(context: RuleContext): Conclusion[] {
  if (crashEvent(context) !== undefined || context.snapshot.complaints.length > 0) return [];
  const frames = crashFrames(context);
  const raised = frames.find((frame) => frame.function === 'panic' || frame.function === 'runtime.gopanic');
  const fault = frames.find((frame) => frame.function === 'runtime.sigpanic');
  const user = raisingUserFrame(context);
  if (raised === undefined || user === undefined) return [];
  const id = crashGoroutineId(context);
  return [
    {
      title: 'A panic whose reason is not in the paste',
      headline: `A panic began in ${frameText(user)}; the paste does not say why`,
      confidence: 'likely',
      explanation: `The frames behind \`panic\` show that it was raised in ${frameText(user)}${
        fault === undefined ? '' : ' by a memory access that failed'
      }. The line with the reason stands before the first goroutine and is missing, or the stack was logged after a recover.`,
      evidence: [
        frameEvidence(raised, 'The goroutine was panicking.'),
        ...(fault === undefined ? [] : [frameEvidence(fault, 'A signal raised the panic: a memory access failed.')]),
        frameEvidence(user, `The first frame of the user's own code behind it is ${frameText(user)}.`),
      ],
      against: [],
      checks: [{ statement: 'The reason is in the paste', held: false }],
      next: [{ why: 'Add the lines before the first goroutine' }],
      references: [],
      bogus: [],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

function examine(context: RuleContext): Conclusion[] {
  return [...ofPanic(context), ...ofFatalError(context), ...withoutReason(context)];
}

export const panic09: Rule = { id: 'PANIC-09', title: 'Another run-time panic', weight: -10, examine };
