/**
 * MAC-03: a crash in the child between fork and exec on macOS.
 *
 * Mechanism: the child of a process with threads may do little before it calls exec; the race runtime and some system libraries do more
 * (syscall/exec_libc2.go forkAndExecInChild).
 */
import { hasRole } from '../facts/functions.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { failingFrames } from '../facts/death.ts';
import { crashSignal } from '../facts/signal.ts';
import { eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Frames from the failed one in which the child's function is looked for. */
const near = 8;

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  const event = crashEvent(context);
  const { os } = context.snapshot.process;
  if (os !== 'darwin' || signal === undefined || signal.sent || event === undefined) return [];
  const child = failingFrames(context)
    .slice(0, near)
    .find((frame) => hasRole(frame.function, 'forked-child'));
  if (child === undefined) return [];
  return [
    conclusion({
      headline: 'The child process crashed between fork and exec on macOS',
      confidence: 'likely',
      explanation:
        'The crash is in the child that was made to start another program, before that program was started. With threads in the parent only little is allowed there; the race detector and some system libraries do more. Nothing of the program itself is wrong.',
      evidence: [eventEvidence(event), { statement: `${frameText(child)} runs in the child.`, source: child.source }],
      checks: [{ statement: 'The frame that failed was called by the code of the child', held: true }],
      next: [{ why: 'Update Go, and try without the race detector', command: 'go version' }],
      references: ['golang/go#79804'],
    }),
  ];
}

export const mac03: Rule = {
  id: 'MAC-03',
  title: 'Crash between fork and exec (macOS)',
  explains: ['NIL-01', 'FAULT-01'],
  weight: 6,
  examine,
};
