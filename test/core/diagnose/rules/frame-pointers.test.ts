import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { fp01 } from '../../../../src/core/diagnose/rules/fp-01.ts';
import { fp02 } from '../../../../src/core/diagnose/rules/fp-02.ts';
import { fp03 } from '../../../../src/core/diagnose/rules/fp-03.ts';
import { fp04 } from '../../../../src/core/diagnose/rules/fp-04.ts';
import { fp05 } from '../../../../src/core/diagnose/rules/fp-05.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, quoted, statements, user } from './support.ts';

const constant = 0x5bd1e995n;
const reader: FrameSpec = { function: 'runtime.fpTracebackPartialExpand', file: '/go/src/runtime/mprof.go', line: 592 };
const send: FrameSpec = { function: 'runtime.chansend1', file: '/go/src/runtime/chan.go', line: 161 };

/** A frame-pointer reader that failed at `address`, above `frames`. */
function readerFailed(address: bigint | undefined, more: SnapshotSpec = {}, frames: FrameSpec[] = []): BuiltSnapshot {
  const fault = address === undefined ? {} : { faultAddress: address };
  return crashed(
    [{ kind: 'fatal-error', text: 'unexpected signal during runtime execution', category: 'unexpected-signal' }],
    [
      { function: 'runtime.throw' },
      { function: 'runtime.sigpanic' },
      reader,
      send,
      ...(frames.length > 0 ? frames : [user('app.(*queue).put', 31), user('app.run', 50)]),
      { function: 'runtime.goexit' },
    ],
    {
      process: { arch: 'amd64' },
      ...more,
      crash: { signal: 'SIGSEGV', code: 1, faultFrame: 2, ...fault, ...more.crash },
    },
  );
}

const att = {
  function: 'app/hash.Sum',
  code: ['mov 0x8(%rsp),%rax', `mov $0x${constant.toString(16)},%rbp`, 'xor %rbp,%rax', 'ret'],
};

describe('FP-01', () => {
  it('names the caller of the function that left the constant', () => {
    const built = readerFailed(constant + 8n);
    const found = only(fp01, built);
    expect(found.headline).toBe(
      '`app.(*queue).put` called a function that left `0x5bd1e995` in the frame-pointer register `rbp`',
    );
    expect(found.confidence).toBe('likely');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([constant]);
    expect(found.culprit).toBeUndefined();
    expect(quoted(built, found)).toContain('fpTracebackPartialExpand');
    expect(statements(found)).toContain('`app.run`');
  });

  it('is surer when a register still holds the value', () => {
    const found = only(fp01, readerFailed(constant + 8n, { registers: { rax: 4, rsi: constant, rip: 0x451787 } }));
    expect(found.confidence).toBe('very likely');
    expect(found.bogus[0]?.at).toBe('rsi');
  });

  it.each([
    ['AT&T', 'att', `mov $0x${constant.toString(16)},%rbp`],
    ['Intel', 'intel', `mov rbp,0x${constant.toString(16)}`],
    ['Go, decimal', 'go', `MOVQ $${constant.toString()}, BP`],
  ] as const)('is certain of the function whose listing writes the constant (%s)', (_name, syntax, text) => {
    const ret = syntax === 'go' ? 'RET' : 'ret';
    const found = only(
      fp01,
      readerFailed(constant + 8n, { listings: [{ function: 'app/hash.Sum', syntax, code: ['nop', text, ret] }] }),
    );
    expect(found.headline).toBe('`app/hash.Sum` leaves `0x5bd1e995` in the frame-pointer register `rbp`');
    expect(found.confidence).toBe('certain');
    expect(found.culprit).toEqual({ function: 'app/hash.Sum', inferred: false });
    expect(statements(found)).toContain('`app.(*queue).put`');
  });

  it('names the function in whose code a search found the constant', () => {
    const searches = [{ value: constant, hits: [{ address: 0x487df0n, symbol: 'app/hash.Sum+48' }] }];
    const found = only(fp01, readerFailed(constant + 8n, { searches }));
    expect(found.culprit).toEqual({ function: 'app/hash.Sum', inferred: true });
    expect(found.confidence).toBe('very likely');
  });

  it('takes the slot of a broken chain, and the frame behind it as the caller', () => {
    const chains = [
      {
        links: [
          {
            slot: 0xc000040ec8n,
            value: constant,
            expected: 0xc000040ef8n,
            verdict: 'bogus' as const,
            frameRow: 3,
            reason: 'it is odd',
          },
        ],
      },
    ];
    const found = only(fp01, readerFailed(constant + 8n, { chains }));
    expect(found.bogus[0]?.at).toBe(0xc000040ec8n);
    expect(found.focus).toEqual({ goroutine: '1', address: 0xc000040ec8n });
    expect(found.headline).toContain('app.(*queue).put');
  });

  it('works without a printed fault address when one register cannot be anything else', () => {
    const registers = {
      rax: 4,
      rsi: constant,
      rbp: 0xc000040d98n,
      r8: 0xc00008c000n,
      rsp: 0xc000040d48n,
      rip: 0x451787,
      rflags: 0x10202,
    };
    const stacks = [{ lo: 0xc000040000n, hi: 0xc000041000n }];
    const found = only(fp01, readerFailed(undefined, { registers, stacks }));
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([constant]);
    expect(found.confidence).toBe('very likely');
  });

  it('keeps the cause when the kernel gave no address and no register was printed', () => {
    const found = only(fp01, readerFailed(undefined, { crash: { code: 0x80 } }));
    expect(found.headline).toContain('`app.(*queue).put` called a function that left a value');
    expect(found.bogus).toEqual([]);
  });

  it('takes a small number for what it is', () => {
    expect(only(fp01, readerFailed(0x48n)).bogus[0]?.value).toBe(0x40n);
    expect(fp01.examine(readerFailed(8n).context)).toEqual([]);
  });

  it('explains the class marker and the fault', () => {
    const { snapshot, documents } = readerFailed(constant + 8n);
    const findings = diagnoseWith([fp02, fp03, fp01], [snapshot], documents)[0]?.findings ?? [];
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings[0]?.explains).toEqual(['FP-02']);
  });

  it('knows the debugger’s register and the listing before any crash', () => {
    const { context } = crashed([], [], { registers: { rbp: constant }, listings: [att] });
    const withoutCrash = { ...context, snapshot: { ...context.snapshot } };
    delete withoutCrash.snapshot.crash;
    const [found] = fp01.examine(withoutCrash);
    expect(found?.culprit?.function).toBe('app/hash.Sum');
  });

  it('compares the register before and after a call into assembly', () => {
    const built = crashed([], [], {
      process: { arch: 'amd64' },
      words: [[0xc000067ef0n, 0xc000067fa8n]],
      threads: [
        {
          name: 'Thread 1',
          kind: 'debugger',
          frames: [{ function: 'app/hash.Sum', file: '/src/app/hash/sum_amd64.s' }, user('app.find')],
        },
      ],
    });
    const at = (start: number) => ({ document: 0, start, end: start + 1 });
    const set = (value: bigint, start: number) => ({
      values: [{ name: 'rbp', value: toAddress(value), source: at(start) }],
      frame: 0,
      step: 0,
      origin: 'debugger' as const,
    });
    built.snapshot.registers = [set(0xc000067ef0n, 5000), set(constant, 6000)];
    expect(fp01.examine(built.context)).toEqual([]);
    built.snapshot.memory.unreadable = [{ address: toAddress(constant), source: at(7000) }];
    const found = only(fp01, built);
    expect(found.culprit).toEqual({ function: 'app/hash.Sum', inferred: true });
    expect(statements(found)).toContain('`app.find` (`main.go:10`) called `app/hash.Sum`');
  });

  it('is silent when another function failed at the same address', () => {
    const built = crashed(
      [{ kind: 'fatal-error', text: 'fault', category: 'fault' }],
      [{ function: 'runtime.throw' }, { function: 'runtime.sigpanic' }, user('app.run')],
      { process: { arch: 'amd64' }, crash: { signal: 'SIGSEGV', code: 1, faultAddress: constant + 8n, faultFrame: 2 } },
    );
    expect(fp01.examine(built.context)).toEqual([]);
  });

  it('is silent when the value lies in a stack: then the chain is stale, not overwritten', () => {
    expect(fp01.examine(readerFailed(0xc000040e08n, { stacks: [{ lo: 0xc000040000n, hi: 0xc000041000n }] }).context)).toEqual([]);
  });

  it('does not take a function for the culprit that restores the register', () => {
    const code = ['push %rbp', `mov $0x${constant.toString(16)},%rbp`, 'pop %rbp', 'ret'];
    const found = only(fp01, readerFailed(constant + 8n, { listings: [{ function: 'app/hash.Sum', code }] }));
    expect(found.culprit).toBeUndefined();
  });
});

describe('FP-02', () => {
  it('marks the class and keeps the runtime out of the headline', () => {
    const found = only(fp02, readerFailed(undefined));
    expect(found.headline).toBe('`app.(*queue).put` called a function that broke the chain of frame pointers');
    expect(fp02.marker).toBe(true);
  });

  it('is silent when the reader is on the stack but did not fail', () => {
    const built = readerFailed(constant + 8n, { crash: { faultFrame: 3 } });
    expect(fp02.examine(built.context)).toEqual([]);
  });

  it('is silent without a crash', () => {
    const { context } = readerFailed(constant + 8n);
    const snapshot = { ...context.snapshot };
    delete snapshot.crash;
    expect(fp02.examine({ ...context, snapshot })).toEqual([]);
  });
});

describe('FP-03', () => {
  it('tells of the inlined caller', () => {
    const found = only(fp03, readerFailed(constant + 8n, {}, [{ ...user('app.mix'), inlined: true }, user('app.run')]));
    expect(found.headline).toContain('`app.mix` is inlined');
    expect(found.confidence).toBe('possible');
  });

  it('is silent when the caller has a frame of its own', () => {
    expect(fp03.examine(readerFailed(constant + 8n).context)).toEqual([]);
  });

  it('is silent when no reader of frame pointers failed', () => {
    const built = readerFailed(constant + 8n, { crash: { faultFrame: 3 } }, [
      { ...user('app.mix'), inlined: true },
      user('app.run'),
    ]);
    expect(fp03.examine(built.context)).toEqual([]);
  });
});

/** `ldp x29,x30,[sp,#-8]`, `add sp,sp,#0x30`. */
const pair = 0x9100c3ffa97ffbfdn;

function armFailed(address: bigint | undefined, more: SnapshotSpec = {}): BuiltSnapshot {
  return readerFailed(address, { ...more, process: more.process ?? { arch: 'arm64' } });
}

describe('FP-05', () => {
  it('reads the instructions out of a whole address', () => {
    const found = only(fp05, armFailed(pair + 8n));
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([pair, pair + 8n]);
    expect(found.headline).toBe('`app.(*queue).put` called a function that overwrote a saved frame pointer with a code address');
    expect(statements(found)).toContain('ldp x29,x30');
  });

  it('puts the top byte back that Linux drops, and names both printed values', () => {
    const found = only(fp05, armFailed(0xc3ffa97ffc05n));
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0xc3ffa97ffbfdn, 0xc3ffa97ffc05n]);
    expect(statements(found)).toContain('0x9100c3ffa97ffbfd');
  });

  it('recovers the upper bits from the register that holds them', () => {
    const found = only(fp05, armFailed(0x13e0f94023e8n, { registers: { r3: 0x87, r4: 0xf90013e0f94023e0n } }));
    expect(found.bogus[0]).toMatchObject({ value: 0xf90013e0f94023e0n, at: 'r4' });
  });

  it('infers arm64 where nothing says the architecture, and says so', () => {
    const found = only(fp05, armFailed(0xc3ffa97ffc05n, { process: {} }));
    expect(found.against[0]?.statement).toContain('does not say');
  });

  it('is silent on amd64', () => {
    expect(fp05.examine(armFailed(pair + 8n, { process: { arch: 'amd64' } }).context)).toEqual([]);
  });

  it('is silent when the halves are no instructions around a call', () => {
    expect(fp05.examine(armFailed(0x1234567890n).context)).toEqual([]);
    expect(fp05.examine(armFailed(constant + 8n).context)).toEqual([]);
  });
});

const store = {
  function: 'app/mem._fill',
  syntax: 'arm64' as const,
  code: ['ldr x0, [sp, #8]', 'stp x29, x30, [sp, #-16]!', 'mov x29, sp', 'ldp x29, x30, [sp], #16', 'ret'],
};
const wrongLink = {
  arch: 'arm64' as const,
  links: [{ slot: 0x4000025eb8n, value: 0x96690n, verdict: 'bogus' as const, frame: 'app.set', reason: 'it is a code address' }],
};
const codeSymbols = [{ name: 'app.set', start: 0x96650, end: 0x966d0 }];

describe('FP-04', () => {
  it('is certain when the slot holds a code address and the store is listed', () => {
    const found = only(fp04, armFailed(pair + 8n, { chains: [wrongLink], listings: [store], symbols: codeSymbols }));
    expect(found.headline).toBe("`app/mem._fill` stores the link register in its caller's frame-pointer slot");
    expect(found.confidence).toBe('certain');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0x96690n, pair]);
    expect(found.culprit).toEqual({ function: 'app/mem._fill', inferred: false });
  });

  it('reads the store from its encoding in Go assembly', () => {
    const listing = {
      function: 'app/mem._fill',
      syntax: 'go' as const,
      origin: 'assembly' as const,
      code: ['MOVD buf+0(FP), R0', 'WORD $0xa9bf7bfd'],
    };
    expect(only(fp04, armFailed(pair + 8n, { listings: [listing] })).culprit?.function).toBe('app/mem._fill');
  });

  it('speaks of the slot alone, without a crash', () => {
    const { context } = armFailed(undefined, { chains: [wrongLink], symbols: codeSymbols });
    const snapshot = { ...context.snapshot };
    delete snapshot.crash;
    const [found] = fp04.examine({ ...context, snapshot });
    expect(found?.bogus[0]).toMatchObject({ value: 0x96690n, at: 0x4000025eb8n });
    expect(found?.culprit).toBeUndefined();
  });

  it('explains FP-05', () => {
    const { snapshot, documents } = armFailed(pair + 8n, { chains: [wrongLink], listings: [store], symbols: codeSymbols });
    const findings = diagnoseWith([fp05, fp04, fp02], [snapshot], documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['FP-04', 'FP-05', 'FP-02']);
    expect(findings[0]?.explains).toContain('FP-05');
  });

  it('is silent for a C function that makes the same store by right', () => {
    expect(fp04.examine(armFailed(pair + 8n, { listings: [{ ...store, function: 'memset' }] }).context)).toEqual([]);
  });

  it('is silent for a Go function that makes its frame first', () => {
    const code = ['str x30, [sp, #-48]!', 'stp x29, x30, [sp, #-16]!', 'ret'];
    expect(fp04.examine(armFailed(pair + 8n, { listings: [{ ...store, code }] }).context)).toEqual([]);
  });

  it('is silent when the slot holds a stack address', () => {
    const good = { arch: 'arm64' as const, links: [{ slot: 0x4000025eb8n, value: 0x4000025ee8n, verdict: 'ok' as const }] };
    expect(fp04.examine(armFailed(pair + 8n, { chains: [good] }).context)).toEqual([]);
  });
});
