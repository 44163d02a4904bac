/**
 * JMP-03: a fault on an instruction that touches no memory.
 *
 * Mechanism: the page of the program's code could not be read: the file was replaced or truncated while it ran, the disk failed, or the
 * kernel or hypervisor lost the page. Fault address and program counter are then equal although the address is code.
 */
import { mayTouchMemory } from '../../arch/index.ts';
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { executableAt, instructionAt } from '../facts/code-addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const accessSignals: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS']);

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  if (signal === undefined || signal.sent || !accessSignals.has(signal.name)) return [];
  const { pc, address } = signal;
  if (pc === undefined || address === undefined || pc !== address || executableAt(context, pc) !== 'code') return [];
  const instruction = instructionAt(context.snapshot, pc);
  if (instruction !== undefined && mayTouchMemory(instruction.text)) return [];
  const event = crashEvent(context);
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push({ statement: `The fault address ${hex(pc)} is the program counter, and it lies in code.`, inferred: true });
  if (instruction !== undefined)
    evidence.push({ statement: `The instruction there, ${code(instruction.text)}, uses no memory.`, source: instruction.source });
  return [
    conclusion({
      headline: `A page of the program's code at ${hex(pc)} could not be read`,
      confidence: instruction === undefined ? 'possible' : 'likely',
      explanation:
        'The signal came from fetching the instruction, not from data that it used, and the address is part of the code. ' +
        'The system could not bring in that page: the executable was replaced or truncated while it ran, the storage failed, or the kernel or hypervisor lost the page. No pointer of the program is wrong.',
      evidence,
      against: instruction === undefined ? [{ statement: 'The instruction is not listed; it may use memory near itself.' }] : [],
      checks: [
        { statement: 'Program counter and fault address are equal', held: true },
        { statement: 'The instruction has no memory operand', held: instruction !== undefined },
      ],
      next: [
        { why: 'Look for errors of the storage and for killed pages', command: 'dmesg | tail -50' },
        { why: 'Compare the executable with its original', command: 'sha256sum /proc/$PID/exe' },
      ],
      references: ['golang/go#11792', 'golang/go#16705'],
    }),
  ];
}

export const jmp03: Rule = {
  id: 'JMP-03',
  title: 'Code page could not be read',
  explains: ['FAULT-01', 'FAULT-02', 'BUS-01'],
  weight: 3,
  examine,
};
