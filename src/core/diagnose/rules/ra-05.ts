/**
 * RA-05: a return slot that is zero.
 *
 * Mechanism: the unwinder finds 0 where a return address belongs (runtime/traceback.go, all versions). A frame of a callback or of a
 * foreign thread may have no proper base; foreign code may have cleared a buffer on the stack too far; or a system call still writes
 * to the place from which the stack has moved away.
 */
import { formatAddress, offsetBy } from '../../model/address.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
import { wordAt } from '../facts/addresses.ts';
import { callbackFrame, callFrame } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { allCrashFrames } from '../facts/death.ts';
import type { BadReturn } from '../facts/bad-return.ts';
import { badReturns, isInjected } from '../facts/return-addresses.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Words beside the slot that are zero too: the slot was cleared together with them. */
function clearedBeside(context: RuleContext, bad: BadReturn): Evidence[] {
  if (bad.slot === undefined) return [];
  const zeros = [-16, -8, 8, 16].flatMap((step) => {
    const word = bad.slot === undefined ? undefined : wordAt(context.snapshot, offsetBy(bad.slot, step));
    return word?.value === 0n ? [word] : [];
  });
  const [first] = zeros;
  if (first === undefined || zeros.length < 2) return [];
  return [{ ...first.evidence, statement: `${zeros.length.toString()} words beside the slot are zero too.` }];
}

function conclude(context: RuleContext, bad: BadReturn): Conclusion {
  const frames = allCrashFrames(context);
  const foreign = callbackFrame(frames) ?? callFrame(frames);
  const beside = clearedBeside(context, bad);
  const evidence: Evidence[] = [...bad.evidence, ...beside];
  if (foreign !== undefined)
    evidence.push({ statement: `Foreign code is on the stack: ${code(foreign.function ?? '')}.`, source: foreign.source });
  const own = bad.function !== undefined && !isRuntimeFunction(bad.function) ? code(bad.function) : undefined;
  const bogus: BogusPointer = { value: bad.value, why: 'zero in a return slot' };
  if (bad.slot !== undefined) bogus.at = bad.slot;
  return conclusion({
    headline: own === undefined ? 'A return address is zero' : `The return address of ${own} is zero`,
    confidence: 'likely',
    explanation: `Each call keeps a return address on the stack: the place at which its caller goes on. The runtime found 0 where that of ${code(bad.function ?? 'a function')} belongs. Something cleared the word: foreign code that was given a buffer on the stack and wrote past its end, or a call that still writes to the place from which the stack has moved away${foreign === undefined ? '' : '; foreign code is on this stack'}.`,
    evidence,
    against:
      foreign === undefined
        ? [{ statement: 'No foreign code is on the printed stack; a pure Go program rarely does this.' }]
        : [],
    checks: [
      { statement: 'The runtime itself found the zero', held: bad.complained },
      { statement: 'Foreign code is on the stack', held: foreign !== undefined },
      { statement: 'Words beside the slot are zero too', held: beside.length > 0 },
    ],
    next: [
      ...(bad.slot === undefined
        ? []
        : [
            { why: 'See how far the zeros reach (gdb)', command: `x/16gx ${formatAddress(offsetBy(bad.slot, -64))}` },
            {
              why: 'Under a recording debugger, find the writer (rr)',
              command: `watch -l *(long *)${formatAddress(bad.slot)}\nreverse-continue`,
            },
          ]),
      { why: 'List the buffers that are passed to C or to the system, and compare their sizes with what is written' },
      { why: 'Check declared frame sizes of assembly functions', command: 'go vet -asmdecl ./...' },
    ],
    references: ['golang/go#36287', 'shirou/gopsutil#1451'],
    bogus: [bogus],
    focus: {
      ...(bad.goroutine === undefined ? {} : { goroutine: bad.goroutine }),
      ...(bad.slot === undefined ? {} : { address: bad.slot }),
    },
  });
}

export const ra05: Rule = {
  id: 'RA-05',
  title: 'Return address is zero',
  explains: ['NIL-01', 'FAULT-01', 'GC-08'],
  weight: 10,
  examine(context) {
    const bad = badReturns(context.snapshot).find((one) => one.value === 0n && !isInjected(one));
    return bad === undefined ? [] : [conclude(context, bad)];
  },
};
