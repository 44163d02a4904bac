/**
 * RA-04: a return slot that holds another value.
 *
 * Mechanism: the stack slot was overwritten (a buffer on the stack, foreign code, a wild write), or assembly moved the stack pointer
 * without telling the assembler, so that the runtime looks at the wrong word. The word beside the slot tells which: a code address
 * there speaks for a wrong stack-pointer table (runtime/traceback.go, all versions).
 */
import { formatAddress, offsetBy } from '../../model/address.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
import { classifyWord } from '../../words/index.ts';
import { hex, wordAt } from '../facts/addresses.ts';
import { returnSentence } from '../facts/examined.ts';
import type { BadReturn } from '../facts/bad-return.ts';
import { badReturns, isInjected, trampolineAt } from '../facts/return-addresses.ts';
import { sharedStack } from '../facts/shared-stack.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** A code address in the word below or above the slot: then the slot was computed wrongly. */
function neighbour(context: RuleContext, bad: BadReturn): Evidence | undefined {
  const { slot } = bad;
  if (slot === undefined) return undefined;
  for (const step of [-8, 8]) {
    const word = wordAt(context.snapshot, offsetBy(slot, step));
    if (word === undefined) continue;
    const meaning = classifyWord(context.snapshot, word.value);
    if (meaning.kind !== 'text' || meaning.inferred) continue;
    return {
      ...word.evidence,
      statement: `The word beside the slot, at ${hex(word.address)}, is the code address ${hex(word.value)} (${meaning.text}).`,
    };
  }
  return undefined;
}

function headlineOf(bad: BadReturn): string {
  if (isInjected(bad))
    return `The program jumped to ${hex(bad.value)}, which is no code: a return address or function pointer was overwritten`;
  const name = bad.function === undefined || isRuntimeFunction(bad.function) ? undefined : code(bad.function);
  return name === undefined
    ? `A return address was overwritten with ${hex(bad.value)}`
    : `The return address of ${name} was overwritten with ${hex(bad.value)}`;
}

function causeText(bad: BadReturn, beside: Evidence | undefined): string {
  if (isInjected(bad))
    return `${code(bad.function ?? '')} is what the runtime inserts where a signal came, so the program was executing at that address: a return or a call went there, because a return address on the stack or a function pointer had been overwritten.`;
  return beside === undefined
    ? 'Something wrote over the stack: a write past a buffer that lives on it, foreign code that was given an address on it, or an assembly function with a frame that is too small.'
    : 'A code address stands one word beside it, so the word may be whole and the place wrong: an assembly function moved the stack pointer without declaring it.';
}

function conclude(context: RuleContext, bad: BadReturn): Conclusion {
  const { snapshot } = context;
  const meaning = classifyWord(snapshot, bad.value, bad.goroutine);
  const beside = neighbour(context, bad);
  const between =
    bad.behind !== undefined
      ? `behind the end of ${code(bad.behind)}, where no call returns to`
      : bad.entry !== undefined
        ? `at the start of ${code(bad.entry)}, where no call returns to`
        : undefined;
  const evidence: Evidence[] = [...bad.evidence];
  if (meaning.kind !== 'unknown' && between === undefined)
    evidence.push({ statement: `${hex(bad.value)} is ${meaning.text}.`, inferred: meaning.inferred });
  if (beside !== undefined) evidence.push(beside);
  const shared = sharedStack(context, bad);
  if (shared !== undefined) evidence.push(shared);
  const pointer: BogusPointer = { value: bad.value, why: `in a return slot, but ${between ?? 'in no function'}` };
  if (bad.slot !== undefined) pointer.at = bad.slot;
  const where = bad.function === undefined ? 'a frame' : `the frame of ${code(bad.function)}`;
  return {
    headline: headlineOf(bad),
    confidence: bad.listed === true && meaning.kind === 'unknown' ? 'likely' : 'very likely',
    explanation: [
      `Each call keeps a return address on the stack: the place at which its caller goes on. ${bad.listed === true ? `The debugger found` : `The runtime walked the stack of ${bad.goroutine === undefined ? 'a goroutine' : `goroutine ${bad.goroutine}`} and found`} ${hex(bad.value)} in ${where} where that address belongs; it lies ${between ?? 'in no function'}.`,
      shared === undefined
        ? causeText(bad, beside)
        : 'Another goroutine stands in the same memory: the stack was freed while this one was still on it, or an address of it was kept and written to.',
    ].join(' '),
    evidence,
    against: beside === undefined ? [] : [{ statement: 'The code address beside the slot speaks against an overwritten word.' }],
    checks: [
      { statement: `${hex(bad.value)} is in no known function`, held: between !== undefined || meaning.kind !== 'text' },
      { statement: 'The value is not the trampoline of a return probe', held: true },
      { statement: 'No code address stands beside the slot', held: beside === undefined },
    ],
    next: [
      ...(bad.slot === undefined
        ? []
        : [
            { why: 'See what surrounds the slot (gdb)', command: `x/8gx ${formatAddress(offsetBy(bad.slot, -32))}` },
            {
              why: 'Under a recording debugger, find the writer (rr)',
              command: `watch -l *(long *)${formatAddress(bad.slot)}\nreverse-continue`,
            },
          ]),
      { why: 'Check declared frame sizes of assembly functions', command: 'go vet -asmdecl -framepointer ./...' },
      {
        why: 'Look for return probes on the process: they write to return slots too',
        command: 'grep -l uprobes /proc/[0-9]*/maps',
      },
    ],
    references: ['golang/go#37664', 'apache/arrow-go#983', 'golang/go#44269'],
    bogus: [pointer],
    focus: {
      ...(bad.goroutine === undefined ? {} : { goroutine: bad.goroutine }),
      ...(bad.slot === undefined ? {} : { address: bad.slot }),
    },
  };
}

export const ra04: Rule = {
  id: 'RA-04',
  title: 'Return address overwritten',
  explains: ['NIL-01', 'FAULT-01', 'GC-08'],
  weight: 10,
  examine(context) {
    // Zero is RA-05's and JMP-01's.
    const bad = badReturns(context.snapshot).find((one) => one.value !== 0n && trampolineAt(context.snapshot, one) === undefined);
    return bad === undefined ? [] : [conclude(context, bad)];
  },
  checked: ({ snapshot }) => (badReturns(snapshot).length === 0 ? returnSentence(snapshot) : undefined),
};
