/**
 * SIG-02: a signal handler without SA_ONSTACK.
 *
 * Mechanism (runtime/signal_unix.go sigNotOnStack): a C library installed a handler without the flag that makes the kernel switch to the
 * signal stack. The signal then arrives on whatever stack is current, here a goroutine's small one; the runtime notices and stops.
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { stateComplaint } from '../facts/complaints.ts';
import { detailOf } from '../facts/reasons.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const complaint = stateComplaint(context.snapshot, 'off-signal-stack');
  const said = detailOf(event, 'handler-flag') !== undefined;
  if (!said && complaint === undefined) return [];
  const number = complaint?.detail.signal?.toString();
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  if (complaint !== undefined)
    evidence.push({
      statement: `The runtime printed that ${number === undefined ? 'a signal' : `signal ${number}`} came in on a stack that is no signal stack.`,
      source: complaint.source,
    });
  return [
    conclusion({
      headline: `C code installed a handler${number === undefined ? '' : ` for signal ${number}`} without ${code('SA_ONSTACK')}`,
      confidence: said ? 'certain' : 'very likely',
      explanation: `A C library replaced a signal handler and left out ${code('SA_ONSTACK')}, the flag that makes the kernel run it on the signal stack. The signal arrived on a goroutine's stack, which is too small for it; the runtime noticed and stopped the process before memory was overwritten.`,
      evidence,
      checks: [{ statement: 'The runtime printed this reason itself', held: said }],
      next: [
        { why: 'See who installs handlers', command: 'strace -f -e trace=rt_sigaction ./program 2>&1 | grep -v SA_ONSTACK' },
        {
          why: `Set the flag again after the library has started: read each handler with sigaction and write it back with ${code('SA_ONSTACK')}`,
        },
      ],
      references: ['erigontech/silkworm#1940', 'wailsapp/wails#2134', 'openenclave/openenclave#4698'],
    }),
  ];
}

export const sig02: Rule = {
  id: 'SIG-02',
  title: 'Signal handler without SA_ONSTACK',
  explains: ['SIG-01', 'CGO-03', 'PANIC-09'],
  weight: 9,
  examine,
};
