/**
 * GC-06: the sweeper counted more objects than were allocated.
 *
 * Mechanism (runtime/mgcsweep.go sweepLocked.sweep): after marking, a span may hold fewer live objects than before, never more. More
 * marks than allocations mean a pointer to an object that had been freed, or damaged mark or allocation bits.
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { spanComplaint } from '../facts/allocator.ts';
import { crashEvent } from '../facts/crash.ts';
import { heapReferences } from '../facts/heap-steps.ts';
import { code, eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const event = crashEvent(context);
  const complaint = spanComplaint(snapshot);
  const counts = complaint?.detail.counts;
  if (event?.category !== 'span-corruption' || complaint === undefined || counts === undefined) return [];
  if (snapshot.complaints.some((one) => one.kind === 'zombies' || one.kind === 'bad-heap-pointer')) return [];
  const { marked, allocated, elements } = counts;
  const evidence: Evidence[] = [eventEvidence(event)];
  evidence.push({
    statement:
      marked !== undefined && allocated !== undefined
        ? `${marked.toString()} objects of the span are marked, but only ${allocated.toString()} had been allocated.`
        : `The runtime printed ${code(complaint.what)} with numbers that contradict each other.`,
    source: complaint.source,
  });
  const impossible = marked !== undefined && elements !== undefined && marked > elements;
  return [
    conclusion({
      headline: 'The collector marked more objects of a span than were allocated',
      confidence: 'likely',
      explanation: `When it swept a span of the heap, a block of pages that holds objects of one size, the runtime found ${marked === undefined ? 'more live objects than' : `${marked.toString()} live objects where no more than`} ${marked === undefined || allocated === undefined ? 'had been allocated' : `${allocated.toString()} had been allocated`}. ${impossible ? 'The count exceeds what the span can hold, so the record itself was overwritten.' : 'A pointer leads to an object that had been freed, or the bits that say which objects live were overwritten.'} The writer is elsewhere: unsafe, C, assembly, a data race, or damaged memory.`,
      evidence,
      against: [{ statement: 'One dump does not show whether a pointer or the record is wrong.' }],
      checks: [
        { statement: 'The runtime printed the counts itself', held: true },
        { statement: 'The count fits into the span', held: !impossible },
      ],
      next: [
        { why: 'Look for unsynchronised writes', command: 'go test -race ./...' },
        { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
        { why: 'Check C code', command: 'go build -asan ./...' },
      ],
      references: ['golang/go#36101', ...heapReferences.slice(0, 1)],
    }),
  ];
}

export const gc06: Rule = { id: 'GC-06', title: 'More marked objects than allocated', explains: ['GC-08'], weight: 7, examine };
