/** What the lines of the runtime's state mean, from their words to typed values. */
import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../../src/core/model/complaint.ts';
import { read } from './render.ts';

function complaintOf(text: string): Complaint | undefined {
  const [complaint] = read(text).records.facts.flatMap((fact) => (fact.kind === 'complaint' ? [fact.complaint] : []));
  return complaint;
}

describe('a line of the allocator, sweeper or scheduler', () => {
  it.each([
    [
      'runtime: nelems=42 nalloc=7 previous allocCount=3 nfreed=65532\n',
      { kind: 'span-record', counts: { elements: 42n, marked: 7n, allocated: 3n } },
    ],
    ['runtime: bad span s.state=2 s.sweepgen=8 sweepgen=12\n', { kind: 'span-record' }],
    ['s.allocCount=5 s.nelems=4\n', { kind: 'span-record' }],
    ['signal 34 received but handler not on signal stack\n', { kind: 'off-signal-stack', signal: 34n }],
    [
      'runtime: morestack on g0, stack [0x7f0000010000 0x7f0000012000], sp=0x7f0000010040, called from\n',
      { kind: 'system-stack-bounds', lo: 0x7f0000010000n, hi: 0x7f0000012000n, sp: 0x7f0000010040n },
    ],
    [
      'runtime: split stack overflow: 0xc000031e50 < 0xc000032000\n',
      { kind: 'split-overflow', sp: 0xc000031e50n, lo: 0xc000032000n },
    ],
    ['write of Go pointer 0xc000012345 to non-Go memory 0x7f12a0\n', { kind: 'pointer-store' }],
    ['write of unpinned Go pointer 0xc000012345 to non-Go memory 0x7f12a0\n', { kind: 'pointer-store' }],
    ['runtime: out of memory: cannot allocate 4194304-byte block (8388608 in use)\n', { kind: 'refused-block', bytes: 4194304n }],
  ])('%s', (text, detail) => {
    const complaint = complaintOf(text);
    expect(complaint?.kind === 'runtime-state' ? complaint.detail : complaint).toEqual(detail);
  });

  it('has no meaning for rules otherwise, and tells where frames follow', () => {
    expect(complaintOf('casgstatus: oldval=0x2 newval=0x3\n')).not.toHaveProperty('detail');
    expect(complaintOf('casgstatus: oldval=0x2 newval=0x3\n')).not.toHaveProperty('framesFollow');
    expect(complaintOf('runtime: morestack on g0, stack [0x1000 0x2000], sp=0x1010, called from\n')).toHaveProperty(
      'framesFollow',
      true,
    );
    // Half a line gives no bounds.
    expect(complaintOf('runtime: split stack overflow: 0xc000031e50\n')).not.toHaveProperty('detail');
  });
});

describe('the unwinder', () => {
  it.each([
    ['traceback: unexpected SPWRITE function app/merkle.digest\n', { form: 'spwrite', function: 'app/merkle.digest' }],
    ['runtime: traceback stuck. pc=0x45a8a1 sp=0xc000077fe8\n', { form: 'stuck' }],
    ['runtime: g19: frame.sp=0xc00004bd88 top=0xc00004bfd8\n\tstack=[0xc00004b000-0xc00004c000\n', { form: 'unfinished' }],
    ['runtime: g 18 gp=0xc000102380: unknown pc 0xdead\n', { form: 'unknown-pc' }],
    ['runtime: found invalid frame pointer\nbp=0x1 min=0x2 max=0x3\n', { form: 'invalid-frame-pointer' }],
    ['runtime: frame app.run untyped locals 0xc000077f00+0x38\n', { form: 'stack-map' }],
  ])('%s', (text, expected) => {
    expect(complaintOf(text)).toMatchObject({ kind: 'traceback', ...expected });
  });
});
