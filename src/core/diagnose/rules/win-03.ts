/**
 * WIN-03: a call of Windows wrote over the stack that it came from.
 *
 * Mechanism: a result parameter of a system call lay on the goroutine's stack, and the call writes more than the buffer holds, or writes
 * later, when the stack has moved. The return address of syscall.SyscallN is the word that suffers.
 */
import { hasRole } from '../facts/functions.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { userFrame } from '../facts/crash.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const bad = badReturns(context.snapshot).find((one) => one.value === 0n && hasRole(one.function, 'windows-call'));
  const { os } = context.snapshot.process;
  if (bad?.function === undefined || (os !== undefined && os !== 'windows')) return [];
  const user = userFrame(context);
  const evidence: Evidence[] = [...bad.evidence];
  if (user !== undefined) evidence.push({ statement: `The call was made under ${frameText(user)}.`, source: user.source });
  const bogus: BogusPointer = { value: bad.value, why: 'zero in a return slot' };
  if (bad.slot !== undefined) bogus.at = bad.slot;
  return [
    conclusion({
      headline: `A call of Windows${user === undefined ? '' : ` under ${frameText(user)}`} wrote over the stack: the return address of ${code(bad.function)} is zero`,
      confidence: 'likely',
      explanation: `The runtime found ${hex(bad.value)} where the return address of ${code(bad.function)} belongs, the place at which its caller goes on. A result parameter of the call lay on the goroutine's stack: the call wrote more than the buffer holds, or wrote after the stack had moved.`,
      evidence,
      against: [{ statement: 'The dump does not show which parameter the call wrote to.' }],
      checks: [{ statement: 'The damaged frame is that of a system call', held: true }],
      next: [
        { why: 'Compare the sizes of the structs that are passed with those of the Windows headers' },
        { why: 'Allocate result parameters on the heap, and keep them alive until the call has ended' },
      ],
      references: ['shirou/gopsutil#1451'],
      bogus: [bogus],
    }),
  ];
}

export const win03: Rule = {
  id: 'WIN-03',
  title: 'System call wrote over the stack (Windows)',
  explains: ['RA-05', 'FAULT-01'],
  weight: 11,
  examine,
};
