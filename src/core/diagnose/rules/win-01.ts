/**
 * WIN-01: an access violation of Windows, decoded.
 *
 * A circumstance: `Exception 0xc0000005 how address pc` (runtime/signal_windows.go winthrow). The second number tells what the access
 * was (0 read, 1 write, 8 execute), the third its address. What the address means, other rules say.
 */
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { accessViolation, crashException } from '../facts/exceptions.ts';
import { eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const verbs: Record<number, string> = { 0: 'read', 1: 'write', 8: 'execute' };

function examine(context: RuleContext): Conclusion[] {
  const thrown = crashException(context);
  const signal = thrown?.event.signal;
  const verb = verbs[signal?.code ?? -1];
  if (thrown?.code !== accessViolation || verb === undefined || signal?.address === undefined) return [];
  const pc = signal.pc === undefined ? '' : ` by the instruction at ${hex(signal.pc)}`;
  return [
    conclusion({
      headline: `Windows refused an attempt to ${verb} at ${hex(signal.address)}`,
      confidence: 'certain',
      explanation: `The exception 0xc0000005 is an access violation: an attempt to ${verb} at ${hex(signal.address)}${pc} was refused. ${verb === 'execute' ? 'Execution went to memory that holds no code: a function pointer or a return address is wrong.' : 'A small address is a nil pointer and an offset; another one is a wrong pointer.'}`,
      evidence: [eventEvidence(thrown.event)],
      checks: [{ statement: 'The exception carries the kind of access and its address', held: true }],
      references: ['golang/go#11710', 'golang/go#10300'],
    }),
  ];
}

export const win01: Rule = { id: 'WIN-01', title: 'Access violation (Windows)', marker: true, weight: -2, examine };
