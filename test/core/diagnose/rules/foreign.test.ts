import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { cgo01 } from '../../../../src/core/diagnose/rules/cgo-01.ts';
import { cgo02 } from '../../../../src/core/diagnose/rules/cgo-02.ts';
import { cgo03 } from '../../../../src/core/diagnose/rules/cgo-03.ts';
import { gc01 } from '../../../../src/core/diagnose/rules/gc-01.ts';
import { gc03 } from '../../../../src/core/diagnose/rules/gc-03.ts';
import { mc01 } from '../../../../src/core/diagnose/rules/mc-01.ts';
import { stk04 } from '../../../../src/core/diagnose/rules/stk-04.ts';
import { uns01 } from '../../../../src/core/diagnose/rules/uns-01.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { ReasonCategory } from '../../../../src/core/model/event.ts';
import { caseOf, type BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, fatal, only, panicked, statements, user } from './support.ts';

type Complaints = NonNullable<SnapshotSpec['complaints']>;
const source = { document: 0, start: 0, end: 1 };
const stale = {
  kind: 'bad-heap-pointer' as const,
  pointer: toAddress(0xc000600000n),
  where: 'unused-region' as const,
  span: { base: toAddress(0xc0000bc000n), limit: toAddress(0xc0000bdfe0n), source },
};
const flush: FrameSpec[] = [
  { function: 'runtime.throw' },
  { function: 'runtime.findObject' },
  { function: 'runtime.wbBufFlush1' },
];
const store: FrameSpec[] = [
  { function: 'runtime.wbBufFlush' },
  { function: 'gcWriteBarrier' },
  user('app.(*exporter).finish', 45),
];
const fromC: FrameSpec[] = [
  { function: '_cgoexp_eb46494b3022_goExport', file: '_cgo_gotypes.go' },
  { function: 'runtime.cgocallback' },
];

function flushed(frames: FrameSpec[], more: SnapshotSpec = {}): BuiltSnapshot {
  return crashed([{ kind: 'fatal-error', text: 'found bad pointer in Go heap', category: 'bad-heap-pointer' }], frames, {
    process: { arch: 'amd64' },
    complaints: [stale],
    threads: [{ frames: flush }],
    ...more,
    crash: { thread: 0 },
  });
}

describe('CGO-01', () => {
  it('names the storing function when C called it', () => {
    const found = only(cgo01, flushed([...store, ...fromC]));
    expect(found.headline).toBe('`app.(*exporter).finish` stores into C memory that still held the stale pointer `0xc000600000`');
    expect(found.confidence).toBe('very likely');
    expect(found.culprit?.function).toBe('app.(*exporter).finish');
  });

  it('shows the pair in the buffer', () => {
    const words: [bigint, bigint][] = [
      [0xc00004fd10n, 0x7f8e0c000d20n],
      [0xc00004fd18n, 0xc000600000n],
    ];
    expect(statements(only(cgo01, flushed([...store, ...fromC], { words })))).toContain('`0x7f8e0c000d20`');
  });

  it('comes first and explains the collector’s rules', () => {
    const { snapshot, documents } = flushed([...store, ...fromC]);
    const findings = diagnoseWith([gc01, gc03, cgo01], [snapshot], documents)[0]?.findings ?? [];
    expect(findings[0]?.rule).toBe('CGO-01');
    expect(findings[0]?.explains).toContain('GC-03');
  });

  it('accuses no function when another goroutine is in C', () => {
    const goroutines = [{ id: 9, status: 'syscall', frames: [{ function: 'runtime.cgocall' }, user('app.pull')] }];
    const found = only(cgo01, flushed([{ function: 'runtime.gcBgMarkWorker' }], { goroutines }));
    expect(found.confidence).toBe('likely');
    expect(found.culprit).toBeUndefined();
  });

  it('is silent without C anywhere', () => {
    expect(cgo01.examine(flushed(store).context)).toEqual([]);
  });

  it('is silent when a heap object holds the pointer', () => {
    const foundIn = { base: toAddress(0xc00008c050n), offset: 8n, source };
    expect(cgo01.examine(flushed([...store, ...fromC], { complaints: [{ ...stale, foundIn }] }).context)).toEqual([]);
  });
});

describe('CGO-02', () => {
  it('names who passed the pointer and to which C function', () => {
    const built = panicked(
      'runtime error: cgo argument has Go pointer to unpinned Go pointer',
      'cgo-pointer',
      { function: 'main._Cfunc_take' },
      user('main.dispatch'),
    );
    expect(only(cgo02, built).headline).toBe('`main.dispatch` passed memory that holds Go pointers to C (`take`)');
  });

  it('knows the store into C memory', () => {
    expect(only(cgo02, fatal('Go pointer stored into non-Go memory', 'cgo-check', user('main.keep'))).headline).toContain(
      'stored a Go pointer',
    );
  });

  it('is silent for other panics', () => {
    expect(cgo02.examine(panicked('boom', 'user-value').context)).toEqual([]);
    expect(
      cgo02.examine(panicked('index out of range', 'index', { function: 'main._Cfunc_take' }, user('main.f')).context),
    ).toEqual([]);
  });
});

function inC(name: string, code: number, more: SnapshotSpec['crash'] = {}, duringCgo = true): BuiltSnapshot {
  const signal = { name, code, ...(duringCgo ? { duringCgo } : {}) };
  return crashed(
    [{ kind: 'signal', text: name, category: 'signal', signal }],
    [{ function: 'runtime.cgocall' }, { function: 'main._Cfunc_weigh', file: '_cgo_gotypes.go' }, user('main.total', 34)],
    { crash: { kind: 'signal', signal: name, code, ...more } },
  );
}

describe('CGO-03', () => {
  it('names the C function and the address', () => {
    const found = only(cgo03, inC('SIGSEGV', 1, { faultAddress: 0xdead008 }));
    expect(found.headline).toBe('The C function `weigh` crashed with `SIGSEGV` at `0xdead008`');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0xdead008n]);
    expect(found.explanation).toContain('`main.total`');
  });

  it('knows abort', () => {
    const found = only(cgo03, inC('SIGABRT', -6));
    expect(found.headline).toBe('The C function `weigh` aborted the process');
    expect(found.bogus).toEqual([]);
  });

  it('is silent for a dump on request that arrived during C', () => {
    expect(cgo03.examine(inC('SIGQUIT', 0).context)).toEqual([]);
    expect(cgo03.examine(inC('SIGSEGV', 0).context)).toEqual([]);
  });

  it('is silent when the thread ran Go', () => {
    expect(cgo03.examine(inC('SIGSEGV', 1, { faultAddress: 0xdead008 }, false).context)).toEqual([]);
  });
});

describe('STK-04', () => {
  const word: Complaints[number] = {
    kind: 'bad-frame-pointer-word',
    function: 'app.pack',
    at: toAddress(0xc000089f98n),
    value: toAddress(0x123),
  };

  it('names frame, slot and value', () => {
    const built = crashed([{ kind: 'fatal-error', text: 'invalid pointer found on stack', category: 'bad-stack-pointer' }], [], {
      complaints: [word, word],
    });
    const found = only(stk04, built);
    expect(found.headline).toBe('`app.pack` holds `0x123`, a small integer, in a pointer variable');
    expect(found.bogus).toMatchObject([{ value: 0x123n, at: 0xc000089f98n }]);
  });

  it('is silent without the complaint', () => {
    expect(stk04.examine(flushed(store).context)).toEqual([]);
    expect(stk04.examine(fatal('invalid pointer found on stack', 'bad-stack-pointer').context)).toEqual([]);
  });
});

describe('UNS-01', () => {
  it('names the frame below the check', () => {
    const built = fatal(
      'checkptr: misaligned pointer conversion',
      'checkptr',
      { function: 'runtime.checkptrAlignment' },
      user('app.cast', 8),
    );
    const found = only(uns01, built);
    expect(found.headline).toBe('`app.cast` breaks a rule of `unsafe`: misaligned pointer conversion');
    expect(found.bogus).toEqual([]);
    expect(found.culprit).toEqual({ function: 'app.cast', inferred: false });
  });

  it('is silent for other fatal errors, checks on the stack or not', () => {
    expect(uns01.examine(fatal('fault', 'fault', { function: 'runtime.checkptrAlignment' }, user('app.cast')).context)).toEqual(
      [],
    );
    expect(uns01.examine(fatal('concurrent map writes', 'concurrent-map').context)).toEqual([]);
  });
});

function faulted(category: ReasonCategory, frame: FrameSpec, faultAddress: bigint): BuiltSnapshot {
  return crashed(
    [{ kind: 'fatal-error', text: category, category }],
    [{ function: 'runtime.throw' }, { function: 'runtime.sigpanic' }, frame],
    {
      crash: { signal: 'SIGSEGV', code: 1, faultAddress, faultFrame: 2 },
    },
  );
}

const allocator = () =>
  faulted('unexpected-signal', { function: 'runtime.heapBitsSetType', file: 'runtime/mbitmap.go' }, 0xc41ffc7fffn);
const refusedPointer = () =>
  flushed([{ function: 'runtime.scanobject' }], {
    threads: [{ frames: [{ function: 'runtime.throw' }, { function: 'runtime.findObject' }] }],
  });
const panic = () => panicked('growslice: cap out of range', 'make-size', user('app.pad'));

describe('MC-01', () => {
  it('tells one story of several crashes and names the bad pointers', () => {
    const [found] = mc01.examine(caseOf(allocator(), panic(), refusedPointer(), faulted('fault', user('app.name'), 0x76b998n)));
    expect(found?.headline).toBe('4 crashes at different places: the memory of this program is being damaged');
    expect(found?.confidence).toBe('likely');
    expect(found?.bogus.map((pointer) => pointer.value)).toEqual([0xc000600000n, 0xc41ffc7fffn, 0x76b998n]);
  });

  it('is a mere possibility for two crashes', () => {
    expect(mc01.examine(caseOf(allocator(), refusedPointer()))[0]?.confidence).toBe('possible');
  });

  it('is silent for ordinary panics, however many', () => {
    expect(
      mc01.examine(caseOf(panic(), panicked('boom', 'user-value', user('app.other')), fatal('deadlock', 'deadlock'))),
    ).toEqual([]);
  });

  it('is silent when most crashes have the same place', () => {
    expect(mc01.examine(caseOf(allocator(), allocator(), allocator(), refusedPointer()))).toEqual([]);
  });

  it('is silent for one crash', () => {
    expect(mc01.examine(caseOf(refusedPointer()))).toEqual([]);
  });

  it('leaves crashes with a cause of their own alone', () => {
    const probe = crashed(
      [{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }],
      [user('app.handle')],
      {
        complaints: [{ kind: 'unexpected-return-pc', function: 'app.handle', value: toAddress(0x7fffffffe000n) }],
      },
    );
    expect(mc01.examine(caseOf(probe, allocator(), panic()))).toEqual([]);
  });
});
