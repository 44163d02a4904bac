/** Whatever a snapshot holds, no rule throws, ids are unique, and every finding has a headline and possible evidence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseWith, type RuleFailure } from '../../../src/core/diagnose/engine.ts';
import { headlineOf } from '../../../src/core/report/headline.ts';
import { rules } from '../../../src/core/diagnose/rules/index.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import type { TracebackForm } from '../../../src/core/model/complaint.ts';
import type { CrashEvent, ReasonCategory } from '../../../src/core/model/event.ts';
import { confidences } from '../../../src/core/model/finding.ts';
import type { ZombieRow } from '../../../src/core/model/memory.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../support/snapshot-spec.ts';

const categories: ReasonCategory[] = [
  'nil-dereference',
  'index',
  'slice-bounds',
  'type-assertion',
  'nil-map',
  'channel',
  'divide',
  'make-size',
  'unhashable',
  'shift',
  'unsafe-size',
  'cgo-pointer',
  'nil-panic',
  'user-value',
  'waitgroup',
  'test-timeout',
  'test-panic',
  'fault-panic',
  'deadlock',
  'concurrent-map',
  'mutex',
  'stack-overflow',
  'out-of-memory',
  'fault',
  'unexpected-signal',
  'bad-heap-pointer',
  'bad-stack-pointer',
  'unknown-caller-pc',
  'traceback',
  'free-object',
  'span-corruption',
  'checkptr',
  'cgo-check',
  'morestack',
  'runtime-internal',
  'signal',
  'dump',
];

const value = fc.oneof(
  fc.constantFrom(0n, 1n, 8n, 0x118n, 0x30bc5b31n, 0xc000010000n, 0xc3ffa97ffc05n, 0x7fffffffe000n, (1n << 64n) - 1n),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
);
const functionName = fc.constantFrom(
  '',
  'main.main',
  'main.(*T).Do',
  'panic',
  'runtime.sigpanic',
  'runtime.throw',
  'runtime.gcWriteBarrier',
  'runtime.wbBufFlush1',
  'runtime.fpTracebackPCs',
  'runtime.(*unwinder).next',
  'runtime.cgocall',
  'runtime.goexit',
  'sync.(*Mutex).lockSlow',
  'testing.tRunner',
  '_cgoexp_1_f',
  '((((',
);
const frame: fc.Arbitrary<FrameSpec> = fc.record(
  {
    function: functionName,
    file: fc.constantFrom('', '/src/a.go', 'a.s', 'x.c', '_cgo_gotypes.go'),
    line: fc.nat(9),
    arguments: fc.constantFrom('', '0x0', '0xc000010000, {0x1, ...}', '0x?, ____', '...'),
    pc: value,
    sp: value,
    fp: value,
    inlined: fc.boolean(),
  },
  { requiredKeys: [] },
);
const signal = fc.record(
  {
    name: fc.constantFrom('SIGSEGV', 'SIGBUS', 'SIGQUIT', 'SIGABRT', '0xc0000005', ''),
    code: fc.constantFrom(0, 1, 2, 128, -1, -6),
    address: value.map(toAddress),
    pc: value.map(toAddress),
    duringCgo: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);
const event: fc.Arbitrary<Omit<CrashEvent, 'source'>> = fc.record(
  {
    kind: fc.constantFrom(
      'panic',
      'fatal-error',
      'throw',
      'signal',
      'exception',
      'runtime-message',
      'race',
      'stop',
      'watchpoint',
      'log',
    ),
    category: fc.constantFrom(...categories),
    text: fc.oneof(
      fc.constantFrom(
        '',
        'index out of range [-1] with length 0',
        'slice bounds out of range [::] with capacity',
        'interface conversion: ',
        'test timed out after\nrunning tests:\n\t',
        'concurrent map writes',
        'no goroutines',
      ),
      fc.string({ maxLength: 60 }),
    ),
    recovered: fc.boolean(),
    nested: fc.boolean(),
    repanicked: fc.boolean(),
    valueType: fc.constantFrom('', 'main.T'),
    bytes: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    address: value.map(toAddress),
    signal,
  },
  { requiredKeys: ['kind', 'text'] },
);

const snapshot: fc.Arbitrary<SnapshotSpec> = fc.record(
  {
    process: fc.record(
      {
        arch: fc.constantFrom('amd64', 'arm64', '386', 'wasm'),
        os: fc.constantFrom('linux', 'darwin'),
        goVersion: fc.constantFrom('1.19', '1.26'),
      },
      { requiredKeys: [] },
    ),
    goroutines: fc.array(
      fc.record(
        {
          id: fc.nat(5),
          status: fc.constantFrom('running', 'chan receive', 'sync.Mutex.Lock', 'semacquire', '', 'select (no cases)'),
          frames: fc.array(frame, { maxLength: 8 }),
          flags: fc.nat(127),
          elided: fc.record({ count: fc.nat(9), after: fc.nat(9) }),
          createdBy: frame,
        },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    ),
    threads: fc.array(
      fc.record({ kind: fc.constantFrom('runtime-stack', 'goroutine-0', 'debugger'), frames: fc.array(frame, { maxLength: 4 }) }),
      { maxLength: 2 },
    ),
    events: fc.array(event, { maxLength: 4 }),
    registers: fc.dictionary(fc.constantFrom('rax', 'rbp', 'rsp', 'rip', 'r29', 'sp', 'pc'), value),
    words: fc.array(fc.tuple(value, value), { maxLength: 6 }),
    mappings: fc.array(fc.record({ start: value, end: value, permissions: fc.constantFrom('r-xp', '---p', '') }), {
      maxLength: 3,
    }),
    stacks: fc.array(fc.record({ lo: value, hi: value }), { maxLength: 2 }),
    complaints: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('bad-heap-pointer' as const), pointer: value.map(toAddress) }),
        fc.record({ kind: fc.constant('unexpected-return-pc' as const), function: functionName, value: value.map(toAddress) }),
        fc.record({
          kind: fc.constant('bad-frame-pointer-word' as const),
          function: functionName,
          at: value.map(toAddress),
          value: value.map(toAddress),
        }),
        fc.record({
          kind: fc.constant('zombies' as const),
          elementSize: fc.nat(),
          freeIndex: fc.nat(),
          rows: fc.constant<ZombieRow[]>([]),
        }),
        fc.record({ kind: fc.constant('stack-limit' as const), bytes: value }),
        fc.record({
          kind: fc.constant('traceback' as const),
          form: fc.constantFrom<TracebackForm>('unfinished', 'stuck', 'spwrite', 'unknown-pc', 'pc-table', 'stack-map'),
          what: fc.string(),
          function: functionName,
        }),
        fc.record({
          kind: fc.constant('runtime-state' as const),
          what: fc.string(),
          numbers: fc.constant({}),
          detail: fc.oneof(
            fc.record({
              kind: fc.constant('span-record' as const),
              counts: fc.record({ elements: value, marked: value, allocated: value }),
            }),
            fc.record({ kind: fc.constant('off-signal-stack' as const), signal: value }),
            fc.record({
              kind: fc.constant('system-stack-bounds' as const),
              lo: value.map(toAddress),
              hi: value.map(toAddress),
              sp: value.map(toAddress),
            }),
            fc.record({ kind: fc.constant('split-overflow' as const), lo: value.map(toAddress), sp: value.map(toAddress) }),
            fc.record({ kind: fc.constant('pointer-store' as const) }),
          ),
        }),
      ),
      { maxLength: 3 },
    ),
    chains: fc.array(
      fc.record({
        links: fc.array(
          fc.record({
            slot: value,
            value,
            expected: value,
            verdict: fc.constantFrom('ok', 'bogus', 'end', 'unknown', 'crossing'),
            pastBreak: fc.boolean(),
            frameRow: fc.nat(20),
          }),
          { maxLength: 4 },
        ),
      }),
      { maxLength: 2 },
    ),
    listings: fc.array(
      fc.record({
        function: functionName,
        code: fc.array(fc.constantFrom('mov $0x30bc5b29,%rbp', 'call *%rax', 'ret', 'stp x29, x30, [sp, #-16]!', '', '%%%'), {
          maxLength: 4,
        }),
      }),
      { maxLength: 2 },
    ),
    searches: fc.array(
      fc.record({ value, hits: fc.array(fc.record({ address: value, symbol: functionName }), { maxLength: 2 }) }),
      { maxLength: 2 },
    ),
    crash: fc.record(
      {
        kind: fc.constantFrom('panic', 'fatal-error', 'signal', 'exception', 'race', 'timeout', 'dump'),
        event: fc.integer({ min: -1, max: 5 }),
        signal: fc.constantFrom('SIGSEGV', 'SIGBUS', 'SIGQUIT'),
        code: fc.constantFrom(0, 1, 2, 128, -6),
        faultAddress: value,
        pc: value,
        goroutine: fc.nat(6),
        victim: fc.nat(6),
        faultFrame: fc.nat(40),
        firstUserFrame: fc.nat(40),
        thread: fc.nat(3),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

describe('odd snapshots', () => {
  it('make no rule throw', () => {
    fc.assert(
      fc.property(fc.array(snapshot, { minLength: 1, maxLength: 3 }), (specs) => {
        const built = specs.map((spec) => makeSnapshot(spec));
        const failures: RuleFailure[] = [];
        const analysed = diagnoseWith(
          rules,
          built.map((each) => each.snapshot),
          built[0]?.documents ?? [],
          (failure) => failures.push(failure),
        );
        expect(failures.map((failure) => `${failure.rule}: ${String(failure.error)}`)).toEqual([]);
        for (const each of analysed) {
          const ids = each.findings.map((finding) => finding.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(headlineOf(each)).not.toBe('');
          for (const finding of each.findings) {
            expect(finding.headline).not.toBe('');
            // The runtime's functions are innocent; rules about damage may name one as the victim.
            if (!/^(?:FP|RA|GC|CGO|MC|NC|UNS|STK-04)/.test(finding.rule)) expect(finding.headline).not.toMatch(/`runtime\.\S+`/);
            expect(confidences).toContain(finding.confidence);
            expect(ids).toEqual(expect.arrayContaining(finding.explains));
          }
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
