import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { fp01 } from '../../../../src/core/diagnose/rules/fp-01.ts';
import { fp02 } from '../../../../src/core/diagnose/rules/fp-02.ts';
import { fp06 } from '../../../../src/core/diagnose/rules/fp-06.ts';
import { fp07 } from '../../../../src/core/diagnose/rules/fp-07.ts';
import { fp08 } from '../../../../src/core/diagnose/rules/fp-08.ts';
import { fp09 } from '../../../../src/core/diagnose/rules/fp-09.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { readerFailed } from './readers.ts';
import { only, statements, user } from './support.ts';

const stacks: NonNullable<SnapshotSpec['stacks']> = [
  { lo: 0xc000040000n, hi: 0xc000042000n, owner: '1' },
  { lo: 0xc000080000n, hi: 0xc000084000n, owner: '9' },
];

describe('FP-06', () => {
  const link = (slot: bigint, value: bigint, expected: bigint) => ({ slot, value, expected, verdict: 'bogus' as const });

  it('names the other stack and the slot, and explains the marker', () => {
    const chains = [{ links: [link(0xc000040f00n, 0xc000083f40n, 0xc000041f40n)] }];
    const built = readerFailed(0x1008n, { stacks, chains });
    const found = only(fp06, built);
    expect(found.headline).toContain('leads into the stack of goroutine 9');
    expect(found.confidence).toBe('likely');
    expect(found.bogus).toMatchObject([{ value: 0xc000083f40n, at: 0xc000040f00n }]);
    const findings = diagnoseWith([fp02, fp06], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['FP-06', 'FP-02']);
  });

  it('is surer when two links are off by the same distance', () => {
    const links = [link(0xc000040f00n, 0xc000083f40n, 0xc000041f40n), link(0xc000041f40n, 0xc000083f80n, 0xc000041f80n)];
    const found = only(fp06, readerFailed(0x1008n, { stacks, chains: [{ links }] }));
    expect(found.confidence).toBe('very likely');
    expect(statements(found)).toContain('the same 270336 bytes');
  });

  it('is silent for a constant, and for a value in the walked stack itself', () => {
    expect(fp06.examine(readerFailed(0x5bd1e99dn, { stacks }).context)).toEqual([]);
    expect(fp06.examine(readerFailed(0xc000041008n, { stacks }).context)).toEqual([]);
  });
});

describe('FP-07', () => {
  const panicking = (failed: string): FrameSpec[] => [
    { function: 'sync.(*Mutex).Unlock' },
    user('app.handle.func1', 20),
    { function: 'panic' },
    { function: 'runtime.panicmem' },
    { function: 'runtime.sigpanic' },
    { function: failed },
    user('app.handle', 33),
  ];

  it('blames the first access when it failed in a block copy', () => {
    const found = only(fp07, readerFailed(undefined, {}, panicking('runtime.duffcopy')));
    expect(found.headline).toContain('`app.handle` copied through a bad pointer');
    expect(found.confidence).toBe('likely');
  });

  it('is a mere possibility when it failed elsewhere', () => {
    expect(only(fp07, readerFailed(undefined, {}, panicking('app.read'))).confidence).toBe('possible');
  });

  it('is silent when the kernel gave an address, without an earlier panic, and on arm64', () => {
    expect(fp07.examine(readerFailed(0x5bd1e99dn, {}, panicking('runtime.duffcopy')).context)).toEqual([]);
    expect(fp07.examine(readerFailed(undefined).context)).toEqual([]);
    const arm: SnapshotSpec = { process: { arch: 'arm64' } };
    expect(fp07.examine(readerFailed(undefined, arm, panicking('runtime.duffcopy')).context)).toEqual([]);
  });
});

describe('FP-08', () => {
  const arm: SnapshotSpec = { process: { arch: 'arm64' } };
  const listings: SnapshotSpec['listings'] = [
    { function: 'app/field.mul', syntax: 'go', origin: 'assembly', code: ['MUL R4, R5, R6', 'ADDS R1, R2, R29', 'RET'] },
  ];

  it('names the listed function that uses the register', () => {
    const found = only(fp08, readerFailed(0x6d2e1f49n, { ...arm, listings }));
    expect(found.headline).toContain('`app/field.mul` uses the frame-pointer register `R29`');
    expect(found.confidence).toBe('very likely');
    expect(found.culprit).toEqual({ function: 'app/field.mul', inferred: false });
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0x6d2e1f41n]);
  });

  it('leaves a value without a listing to FP-01, which names the caller', () => {
    expect(fp08.examine(readerFailed(0x6d2e1f49n, arm).context)).toEqual([]);
    const found = only(fp01, readerFailed(0x6d2e1f49n, arm));
    expect(found.confidence).toBe('likely');
    expect(found.headline).toContain('`app.(*queue).put` called a function');
    expect(fp01.examine(readerFailed(0x6d2e1f49n, { ...arm, listings }).context)).toEqual([]);
  });

  it('is silent on amd64, for a value in a stack and for one made of instructions', () => {
    expect(fp08.examine(readerFailed(0x6d2e1f49n, { listings }).context)).toEqual([]);
    expect(fp08.examine(readerFailed(0xc000083f48n, { ...arm, listings, stacks }).context)).toEqual([]);
    expect(fp08.examine(readerFailed(0x9100c3ffa97ffc05n, { ...arm, listings }).context)).toEqual([]);
  });
});

describe('FP-09', () => {
  const arm: SnapshotSpec = { process: { arch: 'arm64' } };
  const frames = (entryOffset: number): FrameSpec[] => [
    { function: 'runtime.asyncPreempt' },
    { ...user('app.(*tree).walk', 12), entryOffset },
    user('app.run', 50),
  ];

  it('sees an interruption right behind the entry', () => {
    const found = only(fp09, readerFailed(0x6d2e1f49n, arm, frames(8)));
    expect(found.headline).toContain('`app.(*tree).walk`');
    expect(found.confidence).toBe('likely');
    expect(found.bogus).toEqual([]);
  });

  it('is a mere possibility in the middle of the function', () => {
    expect(only(fp09, readerFailed(0x6d2e1f49n, arm, frames(400))).confidence).toBe('possible');
  });

  it('is silent without preemption and on amd64', () => {
    expect(fp09.examine(readerFailed(0x6d2e1f49n, arm).context)).toEqual([]);
    expect(fp09.examine(readerFailed(0x6d2e1f49n, {}, frames(8)).context)).toEqual([]);
  });
});
