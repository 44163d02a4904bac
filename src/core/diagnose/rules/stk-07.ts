/**
 * STK-07: the stack pointer left the goroutine's stack.
 *
 * Mechanism (runtime/stack.go newstack): a function asks for more stack while the stack pointer lies outside of the goroutine's bounds
 * (`split stack overflow`), or at a moment when no stack may grow (`stack split at bad time`). Foreign handlers or generated code that
 * run on a goroutine's stack do this.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { stateComplaint } from '../facts/complaints.ts';
import { conclusion } from '../facts/conclusion.ts';
import { callFrame, callbackFrame } from '../facts/cgo.ts';
import { crashEvent } from '../facts/crash.ts';
import { allCrashFrames } from '../facts/death.ts';
import { detailOf } from '../facts/reasons.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const split = detailOf(event, 'stack-split');
  if (event === undefined || split === undefined) return [];
  const numbers = stateComplaint(context.snapshot, 'split-overflow');
  const frames = allCrashFrames(context);
  const foreign = callbackFrame(frames) ?? callFrame(frames);
  const evidence: Evidence[] = [eventEvidence(event)];
  if (numbers !== undefined)
    evidence.push({
      statement: `The stack pointer ${hex(numbers.detail.sp)} is below ${hex(numbers.detail.lo)}, the low end of the stack.`,
      source: numbers.source,
    });
  if (foreign !== undefined)
    evidence.push({ statement: `Foreign code is on the stack: ${code(foreign.function ?? '')}.`, source: foreign.source });
  const outside = split.why === 'outside';
  return [
    conclusion({
      headline: outside
        ? "The stack pointer left the goroutine's stack: foreign code runs on it"
        : 'A stack had to grow at a moment when none may',
      confidence: 'likely',
      explanation: outside
        ? 'A function asked for more stack, but the stack pointer was outside of the bounds of its goroutine. A signal handler of foreign code or generated code had moved it, or runs on the stack of a goroutine.'
        : 'A function asked for more stack while the runtime had forbidden it. A foreign handler called into Go from a signal, or assembly calls a Go function without the room that it promised.',
      evidence,
      against: foreign === undefined ? [{ statement: 'No foreign code is on the printed stack.' }] : [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        { statement: 'Foreign code is on the stack', held: foreign !== undefined },
      ],
      next: [
        { why: 'Look at signal handlers of engines that are built into the program (interpreters, sandboxes)' },
        { why: 'Check assembly functions marked NOSPLIT', command: "grep -rn 'NOSPLIT' --include='*.s' ." },
      ],
      references: ['golang/go#39079'],
    }),
  ];
}

export const stk07: Rule = {
  id: 'STK-07',
  title: 'Stack pointer outside of its stack',
  weight: 4,
  explains: ['PANIC-09'],
  examine,
};
