/**
 * MAC-01: exec and the preemption signal on old macOS.
 *
 * Mechanism: macOS 10.14 and 10.15 could deliver a pending preemption signal to the new image right after exec, which dies of SIGILL
 * before it has set anything up (worked around in later releases of Go).
 */
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, crashFrames } from '../facts/crash.ts';
import { anyHasRole } from '../facts/functions.ts';
import { crashSignal } from '../facts/signal.ts';
import { eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  const event = crashEvent(context);
  if (context.snapshot.process.os !== 'darwin' || signal?.name !== 'SIGILL' || signal.sent || event === undefined) return [];
  if (!anyHasRole(crashFrames(context), 'program-start')) return [];
  return [
    conclusion({
      headline: 'The process died of SIGILL while a program was being started: macOS may have passed on a pending signal',
      confidence: 'possible',
      explanation:
        'macOS 10.14 and 10.15 could deliver a preemption signal of the old program to the new one, which dies of it before it is set up. The program is innocent.',
      evidence: [eventEvidence(event)],
      against: [{ statement: 'The version of macOS is not in the case.' }],
      checks: [{ statement: 'The process was starting, or replacing itself', held: true }],
      next: [
        { why: 'The crash must be gone without asynchronous preemption', command: 'export GODEBUG=asyncpreemptoff=1' },
        { why: 'Version of the system', command: 'sw_vers' },
      ],
      references: ['golang/go#41702'],
    }),
  ];
}

export const mac01: Rule = { id: 'MAC-01', title: 'Signal passed on by exec (macOS)', weight: 1, examine };
