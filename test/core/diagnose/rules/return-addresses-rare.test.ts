import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { ra02 } from '../../../../src/core/diagnose/rules/ra-02.ts';
import { ra04 } from '../../../../src/core/diagnose/rules/ra-04.ts';
import { ra05 } from '../../../../src/core/diagnose/rules/ra-05.ts';
import { ra06 } from '../../../../src/core/diagnose/rules/ra-06.ts';
import { ra07 } from '../../../../src/core/diagnose/rules/ra-07.ts';
import { ra08 } from '../../../../src/core/diagnose/rules/ra-08.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { TracebackForm } from '../../../../src/core/model/complaint.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

function complained(value: bigint, more: SnapshotSpec = {}, name = 'app.handle'): BuiltSnapshot {
  const complaint = {
    kind: 'unexpected-return-pc' as const,
    function: name,
    value: toAddress(value),
    goroutine: '1',
    frame: { sp: toAddress(0xc0000b1ec8n), fp: toAddress(0xc0000b1f20n), source: { document: 0, start: 0, end: 1 } },
  };
  return crashed([{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }], [user('app.handle')], {
    process: { arch: 'amd64' },
    complaints: [complaint],
    ...more,
  });
}

describe('RA-05', () => {
  it('names the frame, the slot and the zeros around it', () => {
    const words: [bigint, bigint][] = [
      [0xc0000b1f10n, 0n],
      [0xc0000b1f18n, 0n],
      [0xc0000b1f20n, 0n],
    ];
    const found = only(ra05, complained(0n, { words }));
    expect(found.headline).toBe('The return address of `app.handle` is zero');
    expect(found.bogus).toMatchObject([{ value: 0n, at: 0xc0000b1f18n }]);
    expect(found.confidence).toBe('likely');
    expect(statements(found)).toContain('2 words beside the slot are zero too');
  });

  it('says so when foreign code is on the stack', () => {
    const built = complained(0n, { frames: [{ function: 'runtime.cgocall' }, user('app.handle')] });
    expect(only(ra05, built).against).toEqual([]);
  });

  it('leaves other values to RA-04, and a program counter of 0 to JMP-01', () => {
    expect(ra05.examine(complained(0x2000200003n).context)).toEqual([]);
    expect(ra05.examine(complained(0n, {}, 'runtime.sigpanic').context)).toEqual([]);
    expect(ra04.examine(complained(0n).context)).toEqual([]);
  });
});

const unwinder: FrameSpec = { function: 'runtime.(*unwinder).next', file: 'runtime/traceback.go' };
const scan: FrameSpec = { function: 'runtime.scanstack', file: 'runtime/mgcmark.go', arguments: '0x40000061c0, 0x4000029750' };

function preempted(frameBytes: bigint, arch: 'arm64' | 'amd64' = 'arm64', top = 'runtime.asyncPreempt'): BuiltSnapshot {
  const sp = 0x400008a000n;
  return crashed([{ kind: 'signal', text: 'SIGSEGV: segmentation violation', category: 'signal' }], [], {
    process: { arch },
    threads: [{ name: 'goroutine 0', kind: 'goroutine-0', frames: [unwinder, scan] }],
    goroutines: [
      { id: 19, frames: [{ function: 'runtime.gcBgMarkWorker' }] },
      {
        id: 7,
        status: 'runnable (scan)',
        gp: 0x40000061c0n,
        frames: [{ function: top }, { ...user('app.render', 34), sp, fp: sp + frameBytes }, { function: 'runtime.goexit' }],
      },
    ],
    crash: { kind: 'signal', signal: 'SIGSEGV', code: 1, thread: 0, faultAddress: 0x118n },
  });
}

describe('RA-06', () => {
  it('names the interrupted function and its frame, and explains the failed walk', () => {
    const built = preempted(0x2010n);
    const found = only(ra06, built);
    expect(found.headline).toBe('`app.render` was interrupted while it released its frame of 8208 bytes');
    expect(found.focus).toEqual({ goroutine: '7' });
    const findings = diagnoseWith([ra02, ra06], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['RA-06', 'RA-02']);
    expect(findings[0]?.explains).toEqual(['RA-02']);
  });

  it('is silent for a small frame, on amd64 and without preemption', () => {
    expect(ra06.examine(preempted(0x200n).context)).toEqual([]);
    expect(ra06.examine(preempted(0x2010n, 'amd64').context)).toEqual([]);
    expect(ra06.examine(preempted(0x2010n, 'arm64', 'runtime.gopark').context)).toEqual([]);
  });
});

function stoppedAt(pc: bigint, code = 1, more: SnapshotSpec = {}): BuiltSnapshot {
  const signal = { name: 'SIGILL', code, pc: toAddress(pc) };
  return crashed([{ kind: 'signal', text: 'SIGILL: illegal instruction', category: 'signal', signal }], [user('app.handle')], {
    process: { arch: 'amd64' },
    ...more,
  });
}

describe('RA-07', () => {
  it('knows the trampoline page, one byte behind its breakpoint', () => {
    const found = only(ra07, stoppedAt(0x7fffffffe001n));
    expect(found.headline).toContain('trampoline `0x7fffffffe001`');
    expect(found.confidence).toBe('very likely');
    expect(found.bogus).toEqual([]);
  });

  it('knows the mapping of the probes', () => {
    const mappings = [{ start: 0x7ffff7e25000n, end: 0x7ffff7e26000n, permissions: '--xp', file: '[uprobes]' }];
    expect(statements(only(ra07, stoppedAt(0x7ffff7e25001n, 1, { mappings })))).toContain('[uprobes]');
  });

  it('is silent elsewhere in that page, on arm64, and for a signal that was sent', () => {
    expect(ra07.examine(stoppedAt(0x7fffffffe800n).context)).toEqual([]);
    expect(ra07.examine(stoppedAt(0x7fffffffe001n, 1, { process: { arch: 'arm64' } }).context)).toEqual([]);
    expect(ra07.examine(stoppedAt(0x7fffffffe001n, 0).context)).toEqual([]);
  });
});

function gaveUp(form: TracebackForm, frames: FrameSpec[] = [user('app.handle')], met?: string): BuiltSnapshot {
  return crashed([{ kind: 'fatal-error', text: 'traceback did not unwind completely', category: 'traceback' }], frames, {
    complaints: [
      {
        kind: 'traceback',
        form,
        what: 'gave up',
        goroutine: '1',
        sp: toAddress(0xc0000b1f88n),
        ...(met !== undefined && { function: met }),
      },
    ],
  });
}

describe('RA-08', () => {
  const assembly: FrameSpec = { function: 'app/merkle.digest', file: '/src/app/merkle/digest_amd64.s', line: 71 };

  it('names the assembly function on the stack', () => {
    const found = only(ra08, gaveUp('unfinished', [assembly, user('app.handle')]));
    expect(found.headline).toContain('`app/merkle.digest`');
    expect(found.confidence).toBe('likely');
    expect(found.culprit).toEqual({ function: 'app/merkle.digest', inferred: true });
  });

  it('is surer of the function that the runtime names', () => {
    const found = only(ra08, gaveUp('spwrite', [user('app.handle')], 'app/merkle.digest'));
    expect(found.confidence).toBe('very likely');
    expect(found.culprit).toEqual({ function: 'app/merkle.digest', inferred: false });
  });

  it('is a mere possibility without assembly', () => {
    expect(only(ra08, gaveUp('stuck')).confidence).toBe('possible');
  });

  it('is silent about an unknown pc, and when a return address is known to be bad', () => {
    expect(ra08.examine(gaveUp('unknown-pc', [assembly]).context)).toEqual([]);
    const both = complained(0x2000200003n);
    both.snapshot.complaints.push(...gaveUp('stuck').snapshot.complaints);
    expect(ra08.examine(both.context)).toEqual([]);
  });
});
