/**
 * GC-08: the heap's own records are damaged.
 *
 * Mechanism: allocator and collector keep a record for every span (state, counts, mark and allocation bits). When one of them is
 * overwritten, the runtime either notices (`sweep increased allocation count`, `bad span s.state`) or dies in its own code while it
 * follows a wrecked field. The code that fails is the victim; the writer is elsewhere.
 */
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import type { ReasonCategory } from '../../model/event.ts';
import { firstLegalPointer } from '../facts/addresses.ts';
import { failedInAllocator, spanComplaint } from '../facts/allocator.ts';
import { crashEvent } from '../facts/crash.ts';
import { failingFrames } from '../facts/death.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { hasNoAddress, looksLike, registerText, wildRegisters } from '../facts/wild.ts';
import { code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const faults: ReadonlySet<ReasonCategory> = new Set(['unexpected-signal', 'signal', 'exception', 'fault', 'nil-dereference']);
/** A check of the allocator's own, or a bounds check inside it; running out of memory and the like are other stories. */
const throws: ReadonlySet<ReasonCategory> = new Set([
  'span-corruption',
  'runtime-internal',
  'index',
  'slice-bounds',
  'divide',
  'shift',
]);

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const event = crashEvent(context);
  if (event === undefined || snapshot.crash === undefined) return [];
  if (
    snapshot.complaints.some((one) => one.kind === 'bad-heap-pointer' || one.kind === 'zombies') ||
    badReturns(snapshot).length > 0
  )
    return [];
  const failed = failedInAllocator(failingFrames(context));
  const inAllocator = failed !== undefined;
  const complaint = spanComplaint(snapshot);
  const signal =
    snapshot.crash.signal !== undefined &&
    snapshot.crash.code !== 0 &&
    event.category !== undefined &&
    faults.has(event.category);
  const thrown =
    event.category === 'span-corruption' ||
    (event.category !== undefined && throws.has(event.category) && (inAllocator || complaint !== undefined));
  const faulted = signal && inAllocator;
  if (!faulted && !thrown) return [];
  const evidence: Evidence[] = [eventEvidence(event)];
  if (complaint !== undefined)
    evidence.push({
      statement: `The runtime printed ${code(complaint.what)} with numbers that contradict each other.`,
      source: complaint.source,
    });
  if (failed !== undefined)
    evidence.push({ statement: `${frameText(failed)} failed; it works on the heap's own records.`, source: failed.source });
  const bogus: BogusPointer[] = [];
  const address = snapshot.crash.faultAddress;
  const wild = faulted && hasNoAddress(snapshot) ? wildRegisters(snapshot) : [];
  for (const register of wild.slice(0, 2)) {
    evidence.push({
      statement: `Register ${registerText(register)} is no possible address${looksLike(snapshot, register.value)}.`,
      source: register.source,
    });
    bogus.push({
      value: register.value,
      at: register.name,
      why: 'no possible address, followed by the allocator or the collector',
    });
  }
  if (faulted && !hasNoAddress(snapshot) && address !== undefined && address >= firstLegalPointer)
    bogus.push({ value: address, why: 'followed by the allocator or the collector' });
  const what = failed?.function === undefined ? 'the allocator' : code(failed.function);
  return [
    {
      headline: faulted
        ? `The heap's own records are damaged: the collector or allocator followed a wrong pointer`
        : `The heap's own records are damaged`,
      confidence: 'likely',
      explanation: [
        faulted
          ? `The process died in ${what}, code of the runtime that works on the records of the heap (which of its pages are in use, which objects are allocated and alive), not on the program's data.`
          : `A check of the runtime found that the record of a heap span (a block of pages that holds objects of one size) contradicts itself.`,
        'These records are out of reach for correct Go code, so something wrote over them: wrong use of `unsafe`, C code, an assembly function, or damaged memory. The function that failed is the victim, and the writer may have run long before.',
      ].join(' '),
      evidence,
      against: [{ statement: 'One dump does not show who wrote over the record.' }],
      checks: [
        { statement: "The failing function works on the heap's own records", held: inAllocator },
        { statement: 'The runtime printed numbers of a span that contradict each other', held: complaint !== undefined },
      ],
      next: [
        {
          why: 'Collect more dumps: the same function each time points to one writer, changing functions to memory corruption',
          command: 'export GOTRACEBACK=crash',
        },
        { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
        { why: 'Check C code', command: 'go build -asan ./...' },
        { why: 'Check the declared frames of assembly functions', command: 'go vet -asmdecl ./...' },
      ],
      references: ['golang/go#20427', 'golang/go#36101'],
      bogus,
    },
  ];
}

export const gc08: Rule = {
  id: 'GC-08',
  title: 'Heap records damaged',
  explains: ['NC-01', 'FAULT-01', 'NIL-01', 'NIL-02'],
  weight: 6,
  examine,
};
