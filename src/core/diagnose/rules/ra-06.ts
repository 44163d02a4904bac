/**
 * RA-06: interrupted while a large frame was being released (arm64).
 *
 * Mechanism: the immediate of one `add` reaches 4095, so a function with a larger frame gives it back in two instructions. When the
 * preemption signal arrives between them, the stack pointer is half-way and the unwinder reads a local variable as the return address.
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashGoroutine } from '../facts/crash.ts';
import { failingFrames } from '../facts/death.ts';
import { hasRole } from '../facts/functions.ts';
import { preemptedAt } from '../facts/preempted.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { scannedGoroutine } from '../facts/scanned.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** First frame size that one add-immediate of arm64 cannot release. */
const twoSteps = 4096n;

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  if (snapshot.process.arch !== 'arm64' || snapshot.crash === undefined) return [];
  const frames = failingFrames(context);
  const [failed] = frames;
  const complaint = badReturns(snapshot)[0];
  const unwinding = hasRole(failed?.function, 'unwinder');
  if (!unwinding && complaint === undefined) return [];
  const walked = scannedGoroutine(context, frames) ?? crashGoroutine(context);
  const preempted = preemptedAt(walked?.frames ?? []);
  if (walked === undefined || preempted?.frameBytes === undefined || preempted.frameBytes < twoSteps) return [];
  const { interrupted, injected, frameBytes } = preempted;
  const evidence: Evidence[] = [
    { statement: `Goroutine ${walked.id} was interrupted by the preemption signal.`, source: injected.source },
    {
      statement: `It was in ${frameText(interrupted)}, whose frame has ${frameBytes.toString()} bytes.`,
      source: interrupted.source,
    },
  ];
  if (unwinding && failed !== undefined)
    evidence.unshift({ statement: `${frameText(failed)} failed while it walked that stack.`, source: failed.source });
  else if (complaint !== undefined) evidence.unshift(...complaint.evidence);
  return [
    conclusion({
      headline: `${code(interrupted.function ?? 'A function')} was interrupted while it released its frame of ${frameBytes.toString()} bytes`,
      confidence: 'likely',
      explanation: `On arm64 a function with a frame of 4096 bytes or more gives it back in two instructions. The preemption signal can arrive between them; the stack pointer is then half-way, and the runtime reads a local variable of ${code(interrupted.function ?? 'the function')} as the return address. The program is innocent; later releases of Go use one instruction.`,
      evidence,
      against: [{ statement: 'The interrupted instruction is not shown, so it may lie elsewhere in the function.' }],
      checks: [
        { statement: 'The walked goroutine was stopped by asynchronous preemption', held: true },
        { statement: 'The frame is too large for one instruction', held: true },
      ],
      next: [
        { why: 'The crash must be gone without asynchronous preemption', command: 'export GODEBUG=asyncpreemptoff=1' },
        { why: 'Update Go, or move the large local variable to the heap' },
        { why: 'Look at the end of the function (gdb)', command: `disassemble '${interrupted.function ?? ''}'` },
      ],
      references: ['golang/go#73259'],
      focus: { goroutine: walked.id },
    }),
  ];
}

export const ra06: Rule = {
  id: 'RA-06',
  title: 'Interrupted while a large frame was released (arm64)',
  explains: ['RA-02', 'RA-04', 'NIL-01'],
  weight: 12,
  examine,
};
