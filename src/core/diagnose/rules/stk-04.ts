/**
 * STK-04: a small integer in a pointer slot of a stack frame.
 *
 * Mechanism (runtime/stack.go adjustpointers, all versions): when a stack is copied, every pointer slot of each frame is visited. A value
 * below 4096 there can be no pointer: an integer was stored in a pointer-typed variable (unsafe, an assembly function that did not
 * write its result), or the compiler's map of the frame is wrong.
 */
import { formatAddress, offsetBy } from '../../model/address.ts';
import { hex, wordAt } from '../facts/addresses.ts';
import { code } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const stk04: Rule = {
  id: 'STK-04',
  title: 'Integer in a pointer slot of a frame',
  explains: ['GC-01', 'GC-02'],
  weight: 10,
  examine({ snapshot }) {
    const seen = new Set<string>();
    return snapshot.complaints.flatMap((complaint) => {
      if (complaint.kind !== 'bad-frame-pointer-word' || seen.has(complaint.function)) return [];
      seen.add(complaint.function);
      const name = code(complaint.function);
      const word = wordAt(snapshot, complaint.at);
      return [
        {
          headline: `${name} holds ${hex(complaint.value)}, a small integer, in a pointer variable`,
          confidence: 'very likely' as const,
          explanation: `A variable of ${name} that the compiler knows as a pointer holds ${hex(complaint.value)} (${complaint.value.toString()}), which can be no address. The runtime visits all pointers of a frame when it moves a stack and stops at such a value. An integer was converted to a pointer with ${code('unsafe')}, or an assembly function left its result unwritten.`,
          evidence: [
            {
              statement: `The runtime found ${hex(complaint.value)} at ${hex(complaint.at)} in the frame of ${name}.`,
              source: complaint.source,
            },
            ...(word === undefined ? [] : [word.evidence]),
          ],
          against: [],
          checks: [
            { statement: `${hex(complaint.value)} is below 4096, where nothing is ever mapped`, held: complaint.value < 4096n },
          ],
          next: [
            {
              why: 'See the words around the slot in a core (gdb)',
              command: `x/8gx ${formatAddress(offsetBy(complaint.at, -32))}`,
            },
            { why: 'Check conversions from integers to pointers', command: 'go vet -unsafeptr ./...' },
            { why: 'Check assembly prototypes and results', command: 'go vet -asmdecl ./...' },
          ],
          references: ['golang/go#32288', 'golang/go#12253', 'golang/go#63657'],
          bogus: [
            { value: complaint.value, at: complaint.at, why: `a small integer in a pointer slot of ${complaint.function}` },
          ],
          culprit: { function: complaint.function, inferred: true },
          focus: { address: complaint.at },
        },
      ];
    });
  },
};
