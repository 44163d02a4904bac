/**
 * GC-02: a pointer to a span that is not allocated.
 *
 * Mechanism (runtime/mbitmap.go findObject): the span was freed and not used again yet; a pointer to it survived where the collector
 * did not look (a uintptr, C memory, a wrong pointer map). Also the complaint without any span.
 */
import { hex } from '../facts/addresses.ts';
import { badPointer, badPointers, complaintEvidence, distanceToSpan } from '../facts/heap.ts';
import { heapReferences, heapSteps } from '../facts/heap-steps.ts';
import { code } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const gc02: Rule = {
  id: 'GC-02',
  title: 'Stale pointer to a freed span',
  weight: 5,
  examine({ snapshot }) {
    return badPointers(snapshot)
      .filter((complaint) => complaint.where !== 'unused-region')
      .slice(0, 4)
      .map((complaint) => {
        const { place } = distanceToSpan(complaint);
        const state = complaint.state ?? complaint.span?.state;
        return {
          headline: `${hex(complaint.pointer)} points into a heap span that was freed`,
          confidence: 'likely' as const,
          explanation: `The collector found ${hex(complaint.pointer)}, a pointer to heap memory that is not allocated${state === undefined ? '' : ` (the span, a block of pages that holds objects of one size, is ${state})`}. All objects there were freed because the collector saw no pointer to them; this one was kept out of its sight, as a ${code('uintptr')}, in C memory or in a word with a wrong pointer map.`,
          evidence: [complaintEvidence(complaint)],
          against: [],
          checks: [{ statement: 'The pointer lies inside the freed span', held: place === 'inside' }],
          next: heapSteps(complaint),
          references: heapReferences,
          bogus: [badPointer(complaint, 'points into a heap span that was freed')],
          focus: { address: complaint.pointer },
        };
      });
  },
};
