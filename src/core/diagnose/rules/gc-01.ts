/**
 * GC-01: a pointer to an unused region of a span.
 *
 * Mechanism (runtime/mbitmap.go findObject): the page's entry leads to a span record that is in use but does not cover the pointer.
 * Far from the span: the memory was freed and its record used again elsewhere, so the pointer is stale. Just past the limit: the
 * pointer runs past the end of an allocation.
 */
import { spanSentence } from '../facts/examined.ts';
import { badPointer, badPointers, complaintEvidence, distanceToSpan } from '../facts/heap.ts';
import { hex } from '../facts/addresses.ts';
import { heapSteps, heapReferences } from '../facts/heap-steps.ts';
import { code } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const gc01: Rule = {
  id: 'GC-01',
  title: 'Stale pointer to memory that was freed',
  weight: 5,
  examine({ snapshot }) {
    return badPointers(snapshot)
      .filter((complaint) => complaint.where === 'unused-region')
      .slice(0, 4)
      .map((complaint) => {
        const { place, bytes } = distanceToSpan(complaint);
        const near = place === 'near';
        const distance = (bytes < 0n ? -bytes : bytes).toLocaleString('en-US');
        const far = `${distance} bytes ${bytes < 0n ? 'before its base' : 'past its limit'}`;
        return {
          title: near ? 'Pointer past the end of an allocation' : 'Stale pointer to memory that was freed',
          headline: near
            ? `${hex(complaint.pointer)} points just past the end of a heap span`
            : `${hex(complaint.pointer)} points to heap memory that was freed`,
          confidence: 'likely' as const,
          explanation: near
            ? `The collector found ${hex(complaint.pointer)}, which lies ${distance} bytes past the end of the last object of its span (a block of pages that holds objects of one size): no object is there. Pointer arithmetic with ${code('unsafe')}, or a length that is too large, makes such a pointer.`
            : `The collector found ${hex(complaint.pointer)}, a pointer to heap memory that is not in use any more. The heap's record for this address describes another piece of memory (${place === 'unknown' ? 'its bounds were not printed' : `the address lies ${far}`}), so the page was freed and the record used again: something kept the pointer where the collector could not see it and brought it back.`,
          evidence: [complaintEvidence(complaint)],
          against: [],
          checks: [
            { statement: 'The pointer lies more than a page outside the span that answers for it', held: place === 'far' },
          ],
          next: heapSteps(complaint),
          references: heapReferences,
          bogus: [badPointer(complaint, near ? 'points past the end of its span' : 'points to heap memory that was freed')],
          focus: { address: complaint.pointer },
        };
      });
  },
  checked: ({ snapshot }) => spanSentence(snapshot),
};
