/**
 * STK-02: a stack of the runtime is exhausted.
 *
 * Mechanism (runtime/proc.go badmorestackg0): a function on g0 or gsignal asked for more stack, and those cannot grow. Either the C thread
 * that called Go has a small stack, or the bounds that the platform reported are wrong, or calls nest from C to Go to C and on.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { callbackFrame } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { stateComplaint } from '../facts/complaints.ts';
import { crashEvent } from '../facts/crash.ts';
import { allCrashFrames } from '../facts/death.ts';
import { detailOf } from '../facts/reasons.ts';
import { findRecursion } from '../facts/recursion.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** So close to the low end the stack is used up. */
const nearEnd = 1024n;

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const which = detailOf(event, 'morestack')?.stack;
  if (event === undefined || which === undefined) return [];
  const printed = stateComplaint(context.snapshot, 'system-stack-bounds');
  const bounds = printed?.detail;
  const frames = allCrashFrames(context);
  const callback = callbackFrame(frames);
  const recursion = findRecursion(frames);
  const used = bounds !== undefined && bounds.sp >= bounds.lo && bounds.sp < bounds.lo + nearEnd;
  const outside = bounds !== undefined && (bounds.sp < bounds.lo || bounds.sp >= bounds.hi);
  const evidence: Evidence[] = [eventEvidence(event)];
  if (bounds !== undefined && printed !== undefined)
    evidence.push({
      statement: `The stack pointer ${hex(bounds.sp)} is ${outside ? 'outside of' : used ? 'at the low end of' : 'inside'} the stack ${hex(bounds.lo)} to ${hex(bounds.hi)}.`,
      source: printed.source,
    });
  if (callback !== undefined)
    evidence.push({ statement: `C called into Go on this thread (${code(callback.function ?? '')}).`, source: callback.source });
  const cause = outside
    ? 'The stack pointer lies outside of the bounds that the runtime has for this stack: the platform reported wrong bounds, or foreign code switched to a stack of its own.'
    : callback !== undefined
      ? 'C called Go on this thread: its stack may be small, or the calls nest from C to Go and back.'
      : recursion !== undefined
        ? 'The printed frames repeat: the runtime or a callback runs in a circle.'
        : 'A thread that C created with a small stack, or a deep chain of calls between C and Go, uses it up.';
  return [
    conclusion({
      headline: `The runtime's own stack (${code(which)}) ${outside ? 'was left: its bounds are wrong' : 'is used up'}`,
      confidence: 'very likely',
      explanation: `${code(which)} is the stack on which the runtime itself works on each thread; unlike a goroutine's it cannot grow. ${cause} The function that asked for more is innocent.`,
      evidence,
      against: bounds === undefined ? [{ statement: 'The bounds of the stack are not printed.' }] : [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        ...(bounds === undefined ? [] : [{ statement: 'The stack pointer lies inside the bounds', held: !outside }]),
      ],
      next: [
        { why: 'Stack size of new threads', command: 'ulimit -s' },
        { why: 'Look at threads that C creates (pthread_attr_setstacksize) and that call Go' },
        { why: 'Update Go: how it finds the bounds of a foreign stack changed in 1.21 and again after' },
      ],
      references: ['golang/go#62440', 'golang/go#37313', 'golang/go#23360'],
    }),
  ];
}

export const stk02: Rule = {
  id: 'STK-02',
  title: 'Stack of the runtime exhausted',
  explains: ['SIG-01', 'FAULT-01', 'JMP-01', 'NIL-01', 'PANIC-09'],
  weight: 6,
  examine,
};
