import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { gc01 } from '../../../../src/core/diagnose/rules/gc-01.ts';
import { gc02 } from '../../../../src/core/diagnose/rules/gc-02.ts';
import { gc03 } from '../../../../src/core/diagnose/rules/gc-03.ts';
import { gc04 } from '../../../../src/core/diagnose/rules/gc-04.ts';
import { gc05 } from '../../../../src/core/diagnose/rules/gc-05.ts';
import { gc08 } from '../../../../src/core/diagnose/rules/gc-08.ts';
import { nc01 } from '../../../../src/core/diagnose/rules/nc-01.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { ReasonCategory } from '../../../../src/core/model/event.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

type Complaints = NonNullable<SnapshotSpec['complaints']>;
const source = { document: 0, start: 0, end: 1 };

function refused(
  complaints: Complaints,
  stack: FrameSpec[] = [{ function: 'runtime.throw' }, { function: 'runtime.findObject' }],
  frames: FrameSpec[] = [],
): BuiltSnapshot {
  return crashed([{ kind: 'fatal-error', text: 'found bad pointer in Go heap', category: 'bad-heap-pointer' }], frames, {
    process: { arch: 'amd64' },
    complaints,
    threads: [{ frames: stack }],
    crash: { thread: 0 },
  });
}

function complaint(pointer: bigint, where: 'unused-region' | 'unallocated-span', base: bigint, limit: bigint) {
  return {
    kind: 'bad-heap-pointer' as const,
    pointer: toAddress(pointer),
    where,
    span: { base: toAddress(base), limit: toAddress(limit), source },
  };
}

const stale = complaint(0xc000400000n, 'unused-region', 0xc000062000n, 0xc000063fe0n);

describe('GC-01', () => {
  it('calls a pointer far from its span stale', () => {
    const found = only(gc01, refused([stale]));
    expect(found.headline).toBe('`0xc000400000` points to heap memory that was freed');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0xc000400000n]);
    expect(found.checks[0]?.held).toBe(true);
  });

  it('calls a pointer just past the limit one past the end', () => {
    const found = only(gc01, refused([complaint(0xc000063fe8n, 'unused-region', 0xc000062000n, 0xc000063fe0n)]));
    expect(found.title).toBe('Pointer past the end of an allocation');
  });

  it('leaves unallocated spans to GC-02, and is silent without a complaint', () => {
    expect(gc01.examine(refused([complaint(0xc000400000n, 'unallocated-span', 0xc000380000n, 0xc000480000n)]).context)).toEqual(
      [],
    );
    expect(gc01.examine(refused([]).context)).toEqual([]);
  });
});

describe('GC-02', () => {
  it('tells of a freed span', () => {
    const found = only(gc02, refused([complaint(0xc000400000n, 'unallocated-span', 0xc000380000n, 0xc000480000n)]));
    expect(found.headline).toBe('`0xc000400000` points into a heap span that was freed');
    expect(found.checks[0]?.held).toBe(true);
  });

  it('takes the complaint without a span', () => {
    expect(gc02.examine(refused([{ kind: 'bad-heap-pointer', pointer: toAddress(0xdeaddeaddeaddeadn) }]).context)).toHaveLength(
      1,
    );
  });

  it('leaves used spans to GC-01, and is silent without a complaint', () => {
    expect(gc02.examine(refused([stale]).context)).toEqual([]);
    expect(gc02.examine(refused([]).context)).toEqual([]);
  });
});

const flushing: FrameSpec[] = [
  { function: 'runtime.throw' },
  { function: 'runtime.badPointer' },
  { function: 'runtime.findObject' },
  { function: 'runtime.wbBufFlush1', file: 'runtime/mwbbuf.go', line: 240, arguments: '0xc000026008' },
];
const barrier: FrameSpec[] = [
  { function: 'runtime.wbBufFlush' },
  { function: 'gcWriteBarrier' },
  user('app.(*exporter).finish', 45),
];

describe('GC-03', () => {
  it('names the function that stored', () => {
    const found = only(gc03, refused([stale], flushing, barrier));
    expect(found.headline).toContain('`app.(*exporter).finish` stored a pointer over memory');
    expect(found.next[0]?.command).toBe('find /g 0xc000026008, +0x3000, 0xc000400000');
  });

  it('accuses no function when the buffer was flushed elsewhere', () => {
    const found = only(gc03, refused([stale], flushing, [{ function: 'runtime.gopark' }, user('app.main')]));
    expect(found.headline).not.toContain('app.main');
  });

  it('takes the pointer that led to the death, not one that a text quotes before', () => {
    const built = refused([complaint(0xc000111000n, 'unused-region', 0xc000062000n, 0xc000063fe0n), stale], flushing);
    const [first, second] = built.snapshot.complaints;
    const event = built.snapshot.events[0];
    if (first === undefined || second === undefined || event === undefined) throw new Error('two complaints, one event');
    first.source = { document: 0, start: 0, end: 1 };
    second.source = { document: 0, start: 100, end: 101 };
    event.source = { document: 0, start: 200, end: 201 };
    expect(only(gc03, built).bogus[0]?.value).toBe(0xc000400000n);
  });

  it('is silent when an object holds the pointer', () => {
    const foundIn = { base: toAddress(0xc00008c050n), offset: 0x18n, source };
    expect(gc03.examine(refused([{ ...stale, foundIn }], flushing).context)).toEqual([]);
  });

  it('is silent when the write barrier took no part', () => {
    expect(gc03.examine(refused([stale]).context)).toEqual([]);
  });
});

describe('GC-04', () => {
  const foundIn = { base: toAddress(0xc00008c050n), offset: 0x18n, source };
  const object = {
    label: 'object',
    base: toAddress(0xc00008c050n),
    span: { base: toAddress(0xc00008c000n), elementSize: 80, source },
    words: [{ offset: 24, value: 0xc000400000n, marked: true, source }],
    source,
  };

  it('names object, offset and slot', () => {
    const found = only(gc04, refused([{ ...stale, foundIn, object }]));
    expect(found.headline).toBe('A heap object at `0xc00008c050` holds `0xc000400000`, a pointer to freed memory');
    expect(found.bogus).toMatchObject([{ value: 0xc000400000n, at: 0xc00008c068n }]);
    expect(found.checks.every((check) => check.held)).toBe(true);
  });

  it('comes before the span rules and explains them', () => {
    const { snapshot, documents } = refused([{ ...stale, foundIn, object }]);
    const findings = diagnoseWith([gc01, gc02, gc04], [snapshot], documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['GC-04', 'GC-01']);
    expect(findings[0]?.explains).toEqual(['GC-01']);
  });

  it('is silent without an object, and without a complaint', () => {
    expect(gc04.examine(refused([stale]).context)).toEqual([]);
    expect(gc04.examine(refused([]).context)).toEqual([]);
  });
});

describe('GC-05', () => {
  const row = (address: number, zombie: boolean) => ({ address: toAddress(address), free: true, marked: zombie, zombie, source });
  const zombies = (...rows: ReturnType<typeof row>[]): Complaints => [{ kind: 'zombies', elementSize: 32, freeIndex: 0, rows }];

  it('names the free object that is marked', () => {
    const found = only(gc05, refused(zombies(row(0xc0000ce000, false), row(0xc0000ce040, true))));
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0xc0000ce040n]);
  });

  it('names none where the runtime printed no marks', () => {
    const found = only(gc05, refused(zombies(row(0xc0000ce000, false))));
    expect(found.bogus).toEqual([]);
    expect(found.explanation).toContain('does not say which object');
  });

  it('says that the row is missing where others carry marks', () => {
    const found = only(
      gc05,
      refused(zombies({ ...row(0xc0000ce000, true), free: false, zombie: false }, row(0xc0000ce020, false))),
    );
    expect(found.bogus).toEqual([]);
    expect(found.explanation).toContain('The line that names the object is not in the input');
    expect(found.explanation).not.toContain('prints no marks');
  });

  it('is silent about other complaints', () => {
    expect(gc05.examine(refused([stale]).context)).toEqual([]);
    expect(gc05.examine(refused([]).context)).toEqual([]);
  });
});

const sweep: FrameSpec = { function: 'runtime.(*sweepLocked).sweep', file: 'runtime/mgcsweep.go', line: 605 };

function failed(category: ReasonCategory, frame: FrameSpec, more: SnapshotSpec = {}): BuiltSnapshot {
  return crashed(
    [{ kind: 'fatal-error', text: 'unexpected signal during runtime execution', category }],
    [{ function: 'runtime.throw' }, { function: 'runtime.sigpanic' }, frame, user('main.main')],
    { process: { arch: 'amd64' }, ...more, crash: { signal: 'SIGSEGV', code: 0x80, faultFrame: 2, ...more.crash } },
  );
}

describe('GC-08', () => {
  it('takes a fault in the sweeper, before the impossible address', () => {
    const built = failed('unexpected-signal', sweep, { registers: { rax: 0x4141414141414141n, rbx: 0xc000012000n } });
    const findings = diagnoseWith([nc01, gc08], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['GC-08', 'NC-01']);
    expect(findings[0]?.confidence).toBe('likely');
    expect(findings[0]?.bogus).toMatchObject([{ value: 0x4141414141414141n, at: 'rax' }]);
  });

  it('takes a record that contradicts itself', () => {
    const complaints: Complaints = [{ kind: 'runtime-state', what: 'bad span …', numbers: {}, detail: { kind: 'span-record' } }];
    const built = failed('span-corruption', { function: 'runtime.sweepone' }, { complaints });
    delete built.snapshot.crash?.signal;
    expect(only(gc08, built).headline).toBe("The heap's own records are damaged");
  });

  it('takes a helper that cleared memory for the allocator', () => {
    const built = failed('unexpected-signal', { function: 'runtime.memclrNoHeapPointers', file: 'runtime/memclr_amd64.s' });
    expect(gc08.examine(built.context)).toEqual([]);
    const inMalloc = crashed(
      [{ kind: 'fatal-error', text: 'unexpected signal during runtime execution', category: 'unexpected-signal' }],
      [
        { function: 'runtime.sigpanic' },
        { function: 'runtime.memclrNoHeapPointers' },
        { function: 'runtime.mallocgc' },
        user('main.main'),
      ],
      { crash: { signal: 'SIGSEGV', code: 1, faultAddress: 0x7f0012345000n, faultFrame: 1 } },
    );
    expect(only(gc08, inMalloc).bogus.map((pointer) => pointer.value)).toEqual([0x7f0012345000n]);
  });

  it('is silent when the program’s own code failed', () => {
    expect(gc08.examine(failed('unexpected-signal', user('main.work')).context)).toEqual([]);
  });

  it('is silent when memory ran out in the allocator', () => {
    const built = failed('out-of-memory', { function: 'runtime.(*mheap).grow', file: 'runtime/mheap.go' });
    delete built.snapshot.crash?.signal;
    expect(gc08.examine(built.context)).toEqual([]);
  });

  it('is silent when the collector only walked a stack', () => {
    expect(
      gc08.examine(failed('unexpected-signal', { function: 'runtime.(*unwinder).next', file: 'runtime/traceback.go' }).context),
    ).toEqual([]);
  });

  it('leaves a named bad pointer to the other rules', () => {
    expect(gc08.examine(failed('unexpected-signal', sweep, { complaints: [stale] }).context)).toEqual([]);
  });
});

describe('NC-01', () => {
  it('says that addr=0x0 is no nil pointer and names the register', () => {
    const found = only(nc01, failed('fault', user('main.work'), { registers: { rcx: 0x6f6c6c6548203a73n, rdx: 0xc000012000n } }));
    expect(found.headline).toBe('`main.work` used `0x6f6c6c6548203a73`, an address that cannot exist');
    expect(found.bogus).toMatchObject([{ value: 0x6f6c6c6548203a73n, at: 'rcx' }]);
    expect(statements(found)).toContain('means nothing');
  });

  it('is less sure without registers', () => {
    const found = only(nc01, failed('fault', user('main.work')));
    expect(found.confidence).toBe('likely');
    expect(found.bogus).toEqual([]);
  });

  it('does not take small negative numbers for pointers', () => {
    const found = only(nc01, failed('fault', user('main.work'), { registers: { rcx: 0xffffffffffffff90n } }));
    expect(found.bogus).toEqual([]);
  });

  it('is silent for a page fault with an address, and on arm64', () => {
    expect(nc01.examine(failed('fault', user('main.work'), { crash: { code: 1, faultAddress: 0x12345678n } }).context)).toEqual(
      [],
    );
    expect(nc01.examine(failed('fault', user('main.work'), { process: { arch: 'arm64' } }).context)).toEqual([]);
  });
});
