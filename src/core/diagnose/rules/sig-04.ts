/**
 * SIG-04: a signal or a fault during a call of the vDSO.
 *
 * Mechanism: the kernel's own library in the process (time and random numbers) runs without Go's tables. On some architectures it uses
 * the register that holds the current goroutine, so a signal that arrives inside finds no goroutine; a plain fault inside has no
 * traceback (runtime/vdso_linux.go, runtime/sys_linux_*.s).
 */
import { contains, type Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Mapping } from '../../model/memory.ts';
import type { SourceRange } from '../../model/source.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

interface Inside {
  pc: Address;
  mapping: Mapping;
  source?: SourceRange;
}

function insideOf(context: RuleContext): Inside | undefined {
  const { snapshot } = context;
  const mapping = snapshot.mappings.find((one) => one.file === '[vdso]');
  if (mapping === undefined) return undefined;
  const signal = crashSignal(context);
  if (signal?.pc !== undefined && !signal.sent && contains(mapping, signal.pc)) return { pc: signal.pc, mapping };
  for (const complaint of snapshot.complaints) {
    if (complaint.kind !== 'traceback' || complaint.pc === undefined || !contains(mapping, complaint.pc)) continue;
    return { pc: complaint.pc, mapping, source: complaint.source };
  }
  return undefined;
}

function examine(context: RuleContext): Conclusion[] {
  const inside = insideOf(context);
  if (inside === undefined) return [];
  const event = crashEvent(context);
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push({
    statement: `The address ${hex(inside.pc)} lies in ${code('[vdso]')}, which begins at ${hex(inside.mapping.start)}.`,
    source: inside.source ?? inside.mapping.source,
  });
  return [
    conclusion({
      headline: `The process was inside the kernel's library ${code('[vdso]')} when it failed`,
      confidence: 'likely',
      explanation: `The thread was executing at ${hex(inside.pc)}, in the code that the kernel maps into each process for cheap calls such as reading the clock. Go cannot walk its frames, and on some architectures a signal that arrives there finds no current goroutine. The program's own code is probably innocent.`,
      evidence,
      against: [{ statement: 'An argument of the call may be wrong: a pointer for the result, on a stack that is too small.' }],
      checks: [{ statement: 'The program counter lies in the mapping of the vDSO', held: true }],
      next: [
        { why: 'Update Go, and try another kernel' },
        { why: 'See where the library lies, to disassemble it (gdb)', command: 'info proc mappings' },
      ],
      references: ['golang/go#47537', 'golang/go#32912', 'golang/go#46767', 'golang/go#27540'],
    }),
  ];
}

export const sig04: Rule = {
  id: 'SIG-04',
  title: 'Failure inside the vDSO',
  explains: ['FAULT-01', 'JMP-02', 'JMP-03'],
  weight: 4,
  examine,
};
