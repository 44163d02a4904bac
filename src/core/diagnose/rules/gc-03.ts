/**
 * GC-03: a bad pointer that came through the write barrier.
 *
 * Mechanism (runtime/mwbbuf.go): while the collector marks, each pointer store records the new value and the old contents of the slot
 * in a buffer; wbBufFlush1 looks the recorded words up. Old contents of memory that is not Go's may be anything. Up to Go 1.20 the
 * buffer holds pairs (new, old); since 1.21 gcWriteBarrier1 to 8 reserve one to eight words for a store.
 */
import type { Evidence } from '../../model/finding.ts';
import { formatAddress } from '../../model/address.ts';
import { argumentWords } from '../facts/arguments.ts';
import { hex } from '../facts/addresses.ts';
import { badPointer, badPointers, complaintEvidence, flushFrame, storingFrame } from '../facts/heap.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const gc03: Rule = {
  id: 'GC-03',
  title: 'Bad pointer recorded by the write barrier',
  explains: ['GC-01', 'GC-02'],
  weight: 8,
  examine(context) {
    const complaint = badPointers(context.snapshot)[0];
    const flush = flushFrame(context);
    if (complaint === undefined || complaint.foundIn !== undefined || flush === undefined) return [];
    const storing = storingFrame(context);
    const evidence: Evidence[] = [
      complaintEvidence(complaint),
      { statement: `${frameText(flush)} looked the pointer up: it was in the write-barrier buffer.`, source: flush.source },
    ];
    if (storing !== undefined)
      evidence.push({
        statement: storing.direct
          ? `${frameText(storing.frame)} made the store that filled the buffer; the bad word is of this store or of an earlier one.`
          : `${frameText(storing.frame)} was running when the buffer was flushed; the bad word may be of an earlier store.`,
        source: storing.frame.source,
        inferred: true,
      });
    const p = argumentWords(flush.arguments)[0]?.value;
    const name = storing?.frame.function;
    return [
      {
        headline:
          storing?.direct === true && name !== undefined
            ? `${code(name)} stored a pointer over memory that held the stale pointer ${hex(complaint.pointer)}`
            : `The write barrier recorded ${hex(complaint.pointer)}, which points to freed heap memory`,
        confidence: 'very likely',
        explanation: `While the collector runs, every pointer store in Go records two words: the value that is stored and the value that it overwrites. One of the recorded words is ${hex(complaint.pointer)}, which points to heap memory that was freed. Most often it is the overwritten one: the slot lay in memory that Go does not clear, such as a C struct, and still held an old word.`,
        evidence,
        against: [
          { statement: 'The dump does not say which of the recorded words it was: the stored value itself may be stale.' },
        ],
        checks: [
          { statement: 'The pointer was found while the write-barrier buffer was flushed', held: true },
          { statement: 'The runtime found it in no heap object', held: true },
        ],
        next: [
          ...(p === undefined
            ? []
            : [
                {
                  why: 'Find the word in the buffer, which lies in the P structure (gdb); its neighbours belong to the same store',
                  command: `find /g ${formatAddress(p)}, +0x3000, ${formatAddress(complaint.pointer)}`,
                },
              ]),
          {
            why: 'Then, under a recording debugger, watch that buffer word backwards to the store (rr)',
            command: 'reverse-continue',
          },
          { why: 'Clear C structs before Go stores into them: memset or calloc' },
        ],
        references: ['apache/arrow-adbc#729'],
        bogus: [badPointer(complaint, 'recorded by the write barrier; points to freed heap memory')],
        focus: { address: complaint.pointer },
      },
    ];
  },
};
