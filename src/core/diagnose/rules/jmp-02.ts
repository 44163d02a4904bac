/**
 * JMP-02: a jump into data.
 *
 * Mechanism: the failed access is the fetch of the instruction itself, so fault address and program counter are the same. A function
 * pointer or a return address had been overwritten, and execution reached memory that holds no code.
 */
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { classifyWord, isNonCanonical } from '../../words/index.ts';
import { firstLegalPointer, hex } from '../facts/addresses.ts';
import { executableAt } from '../facts/code-addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, userFrame } from '../facts/crash.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { crashSignal } from '../facts/signal.ts';
import { eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** No 64-bit system that Go runs on gives a process more address space (x86-64 with five levels: 56 bits). */
const widestSpace = 1n << 57n;
/** SEGV_ACCERR: mapped, but not executable. */
const noPermission = 2;

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const signal = crashSignal(context);
  if (signal === undefined || signal.sent || badReturns(snapshot).length > 0) return [];
  const { pc, address } = signal;
  if (pc === undefined || pc < firstLegalPointer) return [];
  const event = crashEvent(context);
  // A debugger shows where the program stood; what cannot be an address of anything was not executed.
  const isFetch =
    pc === address || (address === undefined && event?.kind === 'stop' && (isNonCanonical(snapshot, pc) || pc >= widestSpace));
  if (!isFetch) return [];
  const place = executableAt(context, pc);
  if (place === 'code') return [];
  const user = userFrame(context);
  const meaning = classifyWord(snapshot, pc);
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push({
    statement:
      pc === address
        ? `The failed access at ${hex(pc)} is the fetch of the instruction itself: the program counter has the same value.`
        : `The program counter is ${hex(pc)}, which cannot be an address: the fetch of the instruction itself failed.`,
    ...(event === undefined ? {} : { source: event.source }),
  });
  if (meaning.kind !== 'unknown') evidence.push({ statement: `${hex(pc)} is ${meaning.text}.`, inferred: true });
  if (user !== undefined)
    evidence.push({ statement: `The innermost own function printed is ${frameText(user)}.`, source: user.source });
  const proved = pc !== address || place === 'data' || signal.code === noPermission;
  const bogus: BogusPointer = { value: pc, at: 'pc', why: 'execution went there; it is no code' };
  return [
    conclusion({
      headline: `The program jumped to ${hex(pc)}, which is no code`,
      confidence: proved ? 'very likely' : 'likely',
      explanation: `The process tried to execute at ${hex(pc)}${proved ? ', in memory that holds no code' : ''}. A return address on the stack (where a caller goes on) or a function pointer had been overwritten, and the next return or call went there.`,
      evidence,
      against: place === undefined ? [{ statement: 'The case does not list the mappings: generated code could lie there.' }] : [],
      checks: [
        { statement: 'Program counter and fault address are equal', held: pc === address },
        { statement: 'The address is known to hold no code', held: proved },
      ],
      next: [
        { why: 'See what lies on the stack (gdb, from a core): the caller may still be there', command: 'x/16gx $sp\nbt' },
        { why: 'Ask what the value is: text, a number or an address of the heap tells who wrote it' },
      ],
      references: ['golang/go#52548'],
      bogus: [bogus],
    }),
  ];
}

export const jmp02: Rule = {
  id: 'JMP-02',
  title: 'Jump into data',
  explains: ['FAULT-01', 'FAULT-02', 'NIL-02', 'MC-02', 'MC-03', 'MC-04', 'MC-05', 'MC-07'],
  weight: 8,
  examine,
};
