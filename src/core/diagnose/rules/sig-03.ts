/**
 * SIG-03: a signal handler wrote over a goroutine's stack.
 *
 * Mechanism: a handler that was installed without SA_ONSTACK (by a C library; musl has such handlers of its own for thread cancellation
 * and set*id) runs on the stack of the goroutine that it interrupts. The kernel's signal frame and the handler's locals are written
 * below the stack pointer, past the end of a small stack or over what lives there.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { signalFrameOnGoroutineStack } from '../facts/signal-frame.ts';
import { crashSignal } from '../facts/signal.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const bad = badReturns(snapshot)[0];
  const signal = crashSignal(context);
  if (bad === undefined && (signal === undefined || signal.sent)) return [];
  const frame = signalFrameOnGoroutineStack(snapshot);
  if (frame === undefined) return [];
  const evidence: Evidence[] = [
    {
      ...frame.word.evidence,
      statement: `The word at ${hex(frame.word.address)} holds segment registers as the kernel saves them for a signal handler, behind saved flags and the interrupted address ${hex(frame.pc)}.`,
      inferred: true,
    },
  ];
  if (bad !== undefined) evidence.push(...bad.evidence);
  return [
    conclusion({
      headline: `A signal handler ran on the stack of goroutine ${frame.owner} and wrote over it`,
      confidence: bad === undefined ? 'possible' : 'likely',
      explanation: `The stack of goroutine ${frame.owner} holds a signal frame: registers that the kernel saved before it ran a handler. Go's own handlers run on a stack of their own, so this handler was installed by C code without the flag SA_ONSTACK. A goroutine's stack is too small for it, and what it wrote lies over return addresses and variables.`,
      evidence,
      against: [{ statement: 'The frame may be old: stack memory is reused, and C code may have run there before.' }],
      checks: [
        { statement: 'Saved flags, segments and an address of code stand together', held: true },
        { statement: 'A return address of the case is known to be overwritten', held: bad !== undefined },
      ],
      next: [
        { why: 'See who installs handlers and who sends signals', command: 'strace -f -e trace=rt_sigaction,tgkill ./program' },
        { why: 'Set SA_ONSTACK on the handler after the library has started' },
      ],
      references: ['golang/go#54306'],
      focus: { goroutine: frame.owner, address: frame.word.address },
    }),
  ];
}

export const sig03: Rule = {
  id: 'SIG-03',
  title: 'Signal handler on a goroutine stack',
  explains: ['RA-04', 'RA-05', 'MC-05'],
  weight: 11,
  examine,
};
