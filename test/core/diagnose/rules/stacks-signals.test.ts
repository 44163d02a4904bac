import { describe, expect, it } from 'vitest';
import { sig02 } from '../../../../src/core/diagnose/rules/sig-02.ts';
import { sig03 } from '../../../../src/core/diagnose/rules/sig-03.ts';
import { sig04 } from '../../../../src/core/diagnose/rules/sig-04.ts';
import { stk02 } from '../../../../src/core/diagnose/rules/stk-02.ts';
import { stk03 } from '../../../../src/core/diagnose/rules/stk-03.ts';
import { stk05 } from '../../../../src/core/diagnose/rules/stk-05.ts';
import { stk06 } from '../../../../src/core/diagnose/rules/stk-06.ts';
import { stk07 } from '../../../../src/core/diagnose/rules/stk-07.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import { makeSnapshot, type BuiltSnapshot } from '../../../support/snapshot.ts';
import type { ListingSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, fatal, only, statements, user } from './support.ts';

function faulted(name: string, code: number, more: SnapshotSpec = {}, pc = 0x46a2c0n): BuiltSnapshot {
  const signal = { name, code, pc: toAddress(pc) };
  return crashed([{ kind: 'signal', text: name, category: 'signal', signal }], [user('app.run')], {
    process: { arch: 'amd64' },
    ...more,
    crash: { kind: 'signal', signal: name, code, pc },
  });
}

describe('SIG-02', () => {
  const text = 'non-Go code set up signal handler without SA_ONSTACK flag';

  it('names the signal number', () => {
    const built = crashed([{ kind: 'fatal-error', text, category: 'signal-stack' }], [user('app.run')], {
      complaints: [
        { kind: 'runtime-state', what: 'signal # received …', numbers: {}, detail: { kind: 'off-signal-stack', signal: 34n } },
      ],
    });
    const found = only(sig02, built);
    expect(found.headline).toBe('C code installed a handler for signal 34 without `SA_ONSTACK`');
    expect(found.confidence).toBe('certain');
  });

  it('is silent for other troubles of signal stacks, and for a plain crash', () => {
    expect(sig02.examine(fatal('signal received during fork', 'signal-stack').context)).toEqual([]);
    expect(sig02.examine(fatal('bad g in signal handler', 'signal-stack').context)).toEqual([]);
  });
});

describe('SIG-03', () => {
  const stacks: SnapshotSpec['stacks'] = [{ lo: 0xc000080000n, hi: 0xc000080800n, owner: '4' }];
  const words = (flags: bigint, at = 0xc000080200n): [bigint, bigint][] => [
    [at, 0x469a10n],
    [at + 8n, flags],
    [at + 16n, 0x002b000000000033n],
  ];
  const complaints: SnapshotSpec['complaints'] = [
    { kind: 'unexpected-return-pc', function: 'app.run', value: toAddress(0x2000200003n) },
  ];

  it('finds the signal frame on the goroutine stack', () => {
    const found = only(sig03, faulted('SIGSEGV', 1, { stacks, words: words(0x10246n), complaints }));
    expect(found.headline).toContain('on the stack of goroutine 4');
    expect(found.confidence).toBe('likely');
    expect(statements(found)).toContain('`0x469a10`');
  });

  it('is a mere possibility when nothing is known to be overwritten', () => {
    expect(only(sig03, faulted('SIGSEGV', 1, { stacks, words: words(0x10246n) })).confidence).toBe('possible');
  });

  it('is silent without flags before the segments, and on a thread of the system', () => {
    expect(sig03.examine(faulted('SIGSEGV', 1, { stacks, words: words(0xc000080400n), complaints }).context)).toEqual([]);
    const thread: SnapshotSpec['stacks'] = [{ lo: 0xc000080000n, hi: 0xc000080800n, owner: 'm1', kind: 'gsignal' }];
    expect(sig03.examine(faulted('SIGSEGV', 1, { stacks: thread, words: words(0x10246n), complaints }).context)).toEqual([]);
  });
});

describe('SIG-04', () => {
  const mappings = [{ start: 0x7ffd0a1c0000n, end: 0x7ffd0a1c2000n, permissions: 'r-xp', file: '[vdso]' }];

  it('sees the program counter in the vDSO', () => {
    const found = only(sig04, faulted('SIGSEGV', 1, { mappings }, 0x7ffd0a1c0a10n));
    expect(found.headline).toContain('`[vdso]`');
    expect(found.bogus).toEqual([]);
  });

  it('sees an unknown pc of the unwinder there', () => {
    const complaints: SnapshotSpec['complaints'] = [
      { kind: 'traceback', form: 'unknown-pc', what: 'unknown pc', pc: toAddress(0x7ffd0a1c0a10n) },
    ];
    expect(only(sig04, faulted('SIGSEGV', 1, { mappings, complaints })).confidence).toBe('likely');
  });

  it('is silent elsewhere, and for a signal that was sent', () => {
    expect(sig04.examine(faulted('SIGSEGV', 1, { mappings }).context)).toEqual([]);
    expect(sig04.examine(faulted('SIGQUIT', 0, { mappings }, 0x7ffd0a1c0a10n).context)).toEqual([]);
  });
});

describe('STK-02', () => {
  const exhausted = (sp: bigint, more: SnapshotSpec = {}) =>
    crashed([{ kind: 'fatal-error', text: 'morestack on g0', category: 'morestack' }], [user('app.run')], {
      complaints: [
        {
          kind: 'runtime-state',
          what: 'morestack on g0, stack …',
          numbers: {},
          detail: {
            kind: 'system-stack-bounds',
            lo: toAddress(0x7f0000010000n),
            hi: toAddress(0x7f0000012000n),
            sp: toAddress(sp),
          },
        },
      ],
      ...more,
    });

  it('tells a stack that is used up from one that was left', () => {
    expect(only(stk02, exhausted(0x7f0000010040n)).headline).toBe("The runtime's own stack (`g0`) is used up");
    expect(only(stk02, exhausted(0x7f0000210040n)).headline).toContain('its bounds are wrong');
  });

  it('speaks of the call from C', () => {
    const frames = [{ function: 'runtime.cgocallback' }, user('app.run')];
    expect(only(stk02, exhausted(0x7f0000010040n, { frames })).explanation).toContain('C called Go on this thread');
  });

  it('is silent for a user stack overflow and for the other reasons of that class', () => {
    expect(stk02.examine(fatal('stack overflow', 'stack-overflow').context)).toEqual([]);
    expect(stk02.examine(fatal('runtime: stack split at bad time', 'morestack').context)).toEqual([]);
  });
});

function listed(...listings: ListingSpec[]): BuiltSnapshot {
  return makeSnapshot({ process: { arch: 'amd64' }, listings });
}

describe('STK-03', () => {
  it('finds the probe in a foreign function', () => {
    const code = ['push %rbp', 'sub $0x1020,%rsp', 'orq $0x0,(%rsp)', 'add $0x1020,%rsp', 'ret'];
    const found = only(stk03, listed({ function: '__vdso_clock_gettime', code }));
    expect(found.culprit).toEqual({ function: '__vdso_clock_gettime', inferred: false });
    expect(statements(found)).toContain('`orq $0x0,(%rsp)`');
  });

  it('is silent for a small frame, and for an ordinary or', () => {
    const small = ['sub $0x20,%rsp', 'orq $0x0,(%rsp)', 'ret'];
    expect(stk03.examine(listed({ function: '__vdso_time', code: small }).context)).toEqual([]);
    const ordinary = ['sub $0x1020,%rsp', 'orq $0x8,0x10(%rsp)', 'ret'];
    expect(stk03.examine(listed({ function: 'fill', code: ordinary }).context)).toEqual([]);
  });
});

describe('STK-05', () => {
  const source = (code: string[], frameSize = 32): ListingSpec => ({
    function: 'app/pack.shuffle',
    syntax: 'go',
    origin: 'assembly',
    frameSize,
    code,
  });

  it('finds a store past the declared frame', () => {
    const found = only(stk05, listed(source(['MOVQ AX, 24(SP)', 'MOVQ BX, 40(SP)', 'RET'])));
    expect(found.headline).toContain('`app/pack.shuffle` writes past its frame of 32 bytes');
    expect(statements(found)).toContain('`MOVQ BX, 40(SP)`');
    expect(found.confidence).toBe('possible');
  });

  it('allows for the link register of arm64', () => {
    expect(stk05.examine(listed(source(['MOVD R1, 32(RSP)', 'RET'])).context)).toEqual([]);
    expect(only(stk05, listed(source(['MOVD R1, 40(RSP)', 'RET']))).culprit?.function).toBe('app/pack.shuffle');
  });

  it('is silent for stores inside, for loads, for named slots and where the stack pointer moves', () => {
    expect(stk05.examine(listed(source(['MOVQ AX, 24(SP)', 'RET'])).context)).toEqual([]);
    expect(stk05.examine(listed(source(['MOVQ 40(SP), AX', 'RET'])).context)).toEqual([]);
    expect(stk05.examine(listed(source(['MOVQ AX, ret+40(FP)', 'RET'])).context)).toEqual([]);
    expect(stk05.examine(listed(source(['SUBQ $64, SP', 'MOVQ AX, 40(SP)', 'RET'])).context)).toEqual([]);
  });
});

describe('STK-06', () => {
  const arm = (sp: bigint): SnapshotSpec => ({ process: { arch: 'arm64' }, registers: { r0: 1, sp } });

  it('accuses the stack pointer', () => {
    const found = only(stk06, faulted('SIGBUS', 1, arm(0x4000061ef8n)));
    expect(found.bogus).toMatchObject([{ value: 0x4000061ef8n, at: 'sp' }]);
    expect(found.confidence).toBe('very likely');
  });

  it('is silent for an aligned one, on amd64, and for a signal that was sent', () => {
    expect(stk06.examine(faulted('SIGBUS', 1, arm(0x4000061ef0n)).context)).toEqual([]);
    expect(stk06.examine(faulted('SIGBUS', 1, { registers: { sp: 0xc000061ef8n } }).context)).toEqual([]);
    expect(stk06.examine(faulted('SIGQUIT', 0, arm(0x4000061ef8n)).context)).toEqual([]);
  });
});

describe('STK-07', () => {
  it('speaks of foreign code', () => {
    const found = only(
      stk07,
      fatal('runtime: split stack overflow', 'morestack', { function: 'runtime.cgocall' }, user('app.run')),
    );
    expect(found.headline).toContain("left the goroutine's stack");
    expect(statements(found)).toContain('`runtime.cgocall`');
    expect(only(stk07, fatal('runtime: stack split at bad time', 'morestack')).headline).toContain('when none may');
  });

  it('is silent for other reasons of that class', () => {
    expect(stk07.examine(fatal('morestack on g0', 'morestack').context)).toEqual([]);
    expect(stk07.examine(fatal('stack overflow', 'stack-overflow').context)).toEqual([]);
  });
});
