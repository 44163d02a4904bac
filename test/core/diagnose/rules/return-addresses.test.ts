import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { ra01 } from '../../../../src/core/diagnose/rules/ra-01.ts';
import { ra02 } from '../../../../src/core/diagnose/rules/ra-02.ts';
import { ra03 } from '../../../../src/core/diagnose/rules/ra-03.ts';
import { ra04 } from '../../../../src/core/diagnose/rules/ra-04.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, quoted, statements, user } from './support.ts';

const page = 0x7fffffffe000n;
const lo = 0xc0000ae000n;
const hi = 0xc0000b2000n;

function complained(value: bigint, more: SnapshotSpec = {}, frames = 1): BuiltSnapshot {
  const complaints = Array.from({ length: frames }, (_, index) => ({
    kind: 'unexpected-return-pc' as const,
    function: 'app.handle',
    value: toAddress(value),
    goroutine: '7',
    frame: { sp: toAddress(0xc0000b1ec8n), fp: toAddress(0xc0000b1f20n), source: { document: 0, start: index, end: index } },
    stack: { lo: toAddress(lo), hi: toAddress(hi) },
  }));
  return crashed([{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }], [user('app.handle')], {
    process: { arch: 'amd64' },
    complaints,
    stacks: [{ lo, hi, owner: '7' }],
    ...more,
  });
}

describe('RA-01', () => {
  it('names the probed function, the value and the slot', () => {
    const built = complained(page);
    const found = only(ra01, built);
    expect(found.headline).toBe('A return probe (uretprobe) on `app.handle` replaced its return address with `0x7fffffffe000`');
    expect(found.bogus).toMatchObject([{ value: page, at: 0xc0000b1f18n }]);
    expect(found.focus).toEqual({ goroutine: '7', address: 0xc0000b1f18n });
    expect(quoted(built, found)).toBe('unexpected-return-pc');
  });

  it('is certain when the value lies in the mapping of the probes', () => {
    const mappings = [{ start: 0x7ffff7e25000n, end: 0x7ffff7e26000n, permissions: '--xp', file: '[uprobes]' }];
    expect(only(ra01, complained(0x7ffff7e25000n, { mappings })).confidence).toBe('certain');
  });

  it('finds the trampoline among stack words where nothing was complained about', () => {
    const mappings = [{ start: 0x7ffff7e25000n, end: 0x7ffff7e26000n, permissions: '--xp', file: '[uprobes]' }];
    const words: [bigint, bigint][] = [[0xc0000b1f18n, 0x7ffff7e25000n]];
    const frame = { ...user('app.handle'), sp: 0xc0000b1ec8n, fp: 0xc0000b1f20n };
    const found = only(ra01, crashed([], [frame], { process: { arch: 'amd64' }, mappings, words }));
    expect(found.bogus).toMatchObject([{ value: 0x7ffff7e25000n, at: 0xc0000b1f18n }]);
    expect(found.headline).toContain('on `app.handle`');
  });

  it('names a slot once although the dump prints it twice', () => {
    expect(ra01.examine(complained(page, {}, 2).context)).toHaveLength(1);
  });

  it('is silent for the same number on arm64, where it is no trampoline', () => {
    expect(ra01.examine(complained(page, { process: { arch: 'arm64' } }).context)).toEqual([]);
  });

  it('is silent for a value that starts no page', () => {
    expect(ra01.examine(complained(page + 8n).context)).toEqual([]);
  });

  it('is silent about the mapping of probes alone', () => {
    const mappings = [{ start: 0x7ffff7e25000n, end: 0x7ffff7e26000n, permissions: '--xp', file: '[uprobes]' }];
    expect(ra01.examine(crashed([], [], { mappings }).context)).toEqual([]);
  });
});

const unwinder: FrameSpec = {
  function: 'runtime.(*unwinder).next',
  file: 'runtime/traceback.go',
  line: 458,
  arguments: '0x7ffd5d215e08',
};
const scan: FrameSpec = {
  function: 'runtime.scanstack',
  file: 'runtime/mgcmark.go',
  line: 861,
  arguments: '0xc0000061c0, 0xc000029750',
};

function unwinding(address: bigint | undefined, frames: FrameSpec[] = [unwinder, scan], tail: FrameSpec[] = []): BuiltSnapshot {
  const fault = address === undefined ? {} : { faultAddress: address };
  return crashed([{ kind: 'signal', text: 'SIGSEGV: segmentation violation', category: 'signal' }], [], {
    process: { arch: 'amd64' },
    threads: [{ name: 'goroutine 0', kind: 'goroutine-0', frames }],
    goroutines: [
      { id: 19, frames: [{ function: 'runtime.gcBgMarkWorker' }, { function: 'runtime.goexit' }] },
      {
        id: 1,
        status: 'wait for GC cycle',
        gp: 0xc0000061c0n,
        frames: [{ function: 'runtime.gopark' }, { ...user('app.handle', 34), sp: 0xc00008cec8n, fp: 0xc00008cf20n }, ...tail],
      },
    ],
    crash: { kind: 'signal', signal: 'SIGSEGV', code: 1, thread: 0, ...fault },
  });
}

describe('RA-02', () => {
  it('names the function at which the scanned stack ends, and the slot to look at', () => {
    const found = only(ra02, unwinding(0x118n));
    expect(found.headline).toBe('The return address of `app.handle` was overwritten while goroutine 1 was parked');
    expect(found.focus).toEqual({ goroutine: '1', address: 0xc00008cf18n });
    expect(found.bogus).toEqual([]);
    expect(statements(found)).toContain('does not reach `runtime.goexit`');
  });

  it('knows the crash without a printed address (up to Go 1.21)', () => {
    expect(only(ra02, unwinding(undefined)).confidence).toBe('very likely');
  });

  it('names no function when the scanned stack is whole', () => {
    const found = only(ra02, unwinding(0x110n, undefined, [{ function: 'runtime.main' }, { function: 'runtime.goexit' }]));
    expect(found.headline).toBe('A return address on a parked goroutine was overwritten');
    expect(found.confidence).toBe('likely');
  });

  it('is silent when the address is no small offset', () => {
    expect(ra02.examine(unwinding(0xc000123458n).context)).toEqual([]);
  });

  it('is silent when the unwinder printed a traceback, not walked a stack for the collector', () => {
    expect(ra02.examine(unwinding(0x118n, [unwinder, { function: 'runtime.traceback' }]).context)).toEqual([]);
  });
});

describe('RA-03', () => {
  const step = 0x60n;
  const slots = [0xc0000b1e00n, 0xc0000b1e00n + step, 0xc0000b1e00n + 2n * step];

  it('counts the different slots of one stack', () => {
    const found = only(ra03, complained(page, { words: slots.map((slot) => [slot, page]) }));
    expect(found.headline).toContain('3 return slots');
    expect(found.checks).toEqual([{ statement: 'The slots lie at equal distances', held: true }]);
  });

  it('is folded under RA-01', () => {
    const { snapshot, documents } = complained(page, { words: slots.map((slot) => [slot, page]) });
    const findings = diagnoseWith([ra03, ra04, ra01], [snapshot], documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['RA-01', 'RA-03']);
    expect(findings[0]?.explains).toEqual(['RA-03']);
  });

  it('is silent for one slot', () => {
    expect(ra03.examine(complained(page, { words: [[slots[0] ?? 0n, page]] }).context)).toEqual([]);
  });

  it('is silent when the second word lies in no stack that is known', () => {
    const words: [bigint, bigint][] = [
      [slots[0] ?? 0n, page],
      [0x7ffd00001000n, page],
    ];
    expect(ra03.examine(complained(page, { words }).context)).toEqual([]);
  });
});

describe('RA-04', () => {
  it('names the value and the frame', () => {
    const found = only(ra04, complained(0x2000200003n));
    expect(found.headline).toBe('The return address of `app.handle` was overwritten with `0x2000200003`');
    expect(found.bogus).toMatchObject([{ value: 0x2000200003n, at: 0xc0000b1f18n }]);
    expect(found.confidence).toBe('very likely');
  });

  it('speaks of a wrong stack pointer when a code address stands beside the slot', () => {
    const found = only(
      ra04,
      complained(0xc000012340n, {
        words: [[0xc0000b1f20n, 0x486170n]],
        symbols: [{ name: 'app.main', start: 0x486100, end: 0x486200 }],
      }),
    );
    expect(found.against[0]?.statement).toContain('speaks against');
    expect(found.explanation).toContain('moved the stack pointer');
  });

  it('does not accuse a runtime function whose return slot it is', () => {
    const built = complained(0x54df6126c6c3bb7cn);
    const [complaint] = built.snapshot.complaints;
    if (complaint?.kind === 'unexpected-return-pc') complaint.function = 'runtime.sigpanic';
    expect(only(ra04, built).headline).toContain('The program jumped to `0x54df6126c6c3bb7c`');
  });

  it('leaves a trampoline to RA-01', () => {
    expect(ra04.examine(complained(page).context)).toEqual([]);
  });

  it('is silent without a complaint', () => {
    expect(ra04.examine(crashed([], [user('app.handle')], { words: [[0xc0000b1f18n, 0x2000200003n]] }).context)).toEqual([]);
  });
});
