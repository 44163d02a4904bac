/**
 * STK-03: foreign code probes the stack below a small goroutine stack.
 *
 * Mechanism: code built with stack probing touches each page below the stack pointer with `orq $0,(%rsp)` before it uses it. Up to Go 1.9
 * the vDSO ran on the goroutine's stack, which may be 2 KiB: the probe, 4 KiB further down, reads and writes back a word that another
 * thread uses, and undoes its concurrent write.
 */
import { isStackProbe, stackLowering } from '../../arch/index.ts';
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import { conclusion } from '../facts/conclusion.ts';
import { isUserFunction } from '../../model/function-name.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule } from '../rule.ts';

/** A page and the frame of a small function: what a probe steps over. */
const page = 4096n;

interface Probe {
  function: string;
  lowered: Instruction;
  touched: Instruction;
}

/** A large step down of the stack pointer and a read-modify-write of nothing there. */
function probeIn(listing: CodeListing): Probe | undefined {
  let lowered: Instruction | undefined;
  for (const instruction of listing.instructions) {
    const bytes = stackLowering(instruction.text);
    if (bytes !== undefined && bytes >= page) lowered = instruction;
    else if (lowered !== undefined && isStackProbe(instruction.text))
      return { function: instruction.function ?? listing.function ?? '', lowered, touched: instruction };
  }
  return undefined;
}

export const stk03: Rule = {
  id: 'STK-03',
  title: 'Stack probe below a small stack',
  weight: 9,
  explains: ['MC-01', 'GC-08', 'FAULT-01'],
  examine({ snapshot }): Conclusion[] {
    for (const listing of listingsWith(snapshot.listings, isStackProbe, ['(%rsp)', '[rsp]'])) {
      const found = probeIn(listing);
      if (found === undefined || isUserFunction(found.function)) continue;
      const name = found.function === '' ? 'A foreign function' : code(found.function);
      return [
        conclusion({
          headline: `${name} touches memory below its stack with a stack probe`,
          confidence: snapshot.crash === undefined ? 'likely' : 'very likely',
          explanation: `${name} lowers the stack pointer by a page or more and then writes back what it finds there, to make sure that the page exists. On a goroutine's stack, which may be 2 KiB, that place belongs to someone else: the probe undoes a write that another thread makes at the same moment, and memory is damaged at random. It needs several processors, so single-threaded runs are clean.`,
          evidence: [
            { statement: `The listing has ${code(found.lowered.text)},`, source: found.lowered.source },
            {
              statement: `and then ${code(found.touched.text)}, which reads a word and writes it back.`,
              source: found.touched.source,
            },
          ],
          against: [{ statement: 'The code is harmless where the runtime switches to a large stack before it calls.' }],
          checks: [{ statement: 'A read-modify-write of nothing follows a step of a page or more', held: true }],
          next: [
            { why: 'Compare with a run on one processor', command: 'export GOMAXPROCS=1' },
            { why: 'Look at the vDSO of this kernel: one built without stack probes is clean' },
            { why: 'Update Go: since 1.10 (1.9.x with a late patch) such calls run on a large stack' },
          ],
          references: ['golang/go#20427'],
          ...(found.function === '' ? {} : { culprit: { function: found.function, inferred: false } }),
        }),
      ];
    }
    return [];
  },
};
