/** One saved frame pointer: what is accused, and above all what must not be. */
import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../src/core/model/address.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { judgeLink, type LinkFacts } from '../../../src/core/unwind/judge.ts';
import { regionsOf } from '../../../src/core/words/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { SnapshotSpec } from '../../support/snapshot-spec.ts';

const slot = 0xc000040ec8n;
const expected = 0xc000040ef8n;

/** Enough mappings that "in no mapping" means unmapped. */
const mappings = [
  { start: 0x400000n, end: 0x472000n, permissions: 'r-xp', file: '/srv/app' },
  { start: 0x508000n, end: 0x531000n, permissions: 'rw-p', file: '/srv/app' },
  { start: 0xc000000000n, end: 0xc000400000n, permissions: 'rw-p' },
  { start: 0xc000400000n, end: 0xc004000000n, permissions: '---p' },
  { start: 0x7ffff7a00000n, end: 0x7ffff7b00000n, permissions: 'r--p', file: '/usr/lib/libc.so.6' },
  { start: 0x7ffffffde000n, end: 0x7ffffffff000n, permissions: 'rw-p', file: '[stack]' },
];

const world: SnapshotSpec = {
  process: { arch: 'amd64' },
  goroutines: [
    { id: 7, frames: [{ function: 'main.add', pc: 0x471915n, entryOffset: 0x55, sp: 0xc000040ed8n, fp: 0xc000040f08n }] },
    { id: 8, status: 'chan receive', frames: [{ function: 'main.main', sp: 0xc000060e00n, fp: 0xc000060f00n }] },
  ],
  stacks: [
    { lo: 0xc000040000n, hi: 0xc000041000n, owner: '7' },
    { lo: 0xc000060000n, hi: 0xc000061000n, owner: '8' },
    { lo: 0x7ffff0000000n, hi: 0x7ffff0008000n, owner: 'g0', kind: 'g0' },
  ],
};

const mapped = makeSnapshot({ ...world, mappings }).snapshot;
const unmapped = makeSnapshot(world).snapshot;

function judge(value: bigint | undefined, change: Partial<LinkFacts> = {}, snapshot: Snapshot = mapped) {
  return judgeLink({
    snapshot,
    slot: toAddress(slot),
    value: value === undefined ? undefined : toAddress(value),
    expected: toAddress(expected),
    outerSlots: new Set([expected, 0xc000040f38n, 0xc000040fb8n]),
    stack: regionsOf(snapshot).stackOf('7'),
    compiled: true,
    systemStack: false,
    owner: '7',
    ...change,
  });
}

describe('a sound link', () => {
  it('holds the slot of the next frame', () => {
    expect(judge(expected)).toEqual({ verdict: 'ok' });
  });

  it('may skip frames: the caller of a frameless leaf saved nothing', () => {
    expect(judge(0xc000040f38n).verdict).toBe('ok');
    expect(judge(0xc000040f38n).reason).toMatch(/skips/);
  });

  it('ends the chain with zero, expected or not', () => {
    expect(judge(0n).verdict).toBe('end');
    expect(judge(0n, { expected: undefined }).verdict).toBe('end');
  });

  it('points up its stack where no next frame is printed', () => {
    expect(judge(0xc000040f50n, { expected: undefined }).verdict).toBe('ok');
    expect(judge(0xc000040100n, { expected: undefined }).verdict).toBe('unknown');
  });
});

describe('what is accused', () => {
  it.each([
    [0x30bc5b29n, /1 past a multiple of 8 and in no mapping/],
    [0x61c88648n, /in no mapping/],
    [0xc000040ef9n, /1 past a multiple of 8$/],
    [0x471918n, /code/],
    [0x9ae16a3b2f904040n, /no canonical address/],
    [0x20n, /small integer/],
    [0x6f6c6c6568202020n, /text/],
    [0xdeadbeefdeadbeefn - 7n, /no canonical address/],
  ])('%#x', (value, reason) => {
    const { verdict, reason: why } = judge(value);
    expect(verdict).toBe('bogus');
    expect(why).toMatch(reason);
  });

  it('two instructions on arm64', () => {
    const { snapshot } = makeSnapshot({ ...world, process: { arch: 'arm64' } });
    // ldp x29,x30,[sp]; ret
    expect(judge(0xd65f03c0_a9407bfdn, {}, snapshot)).toMatchObject({ verdict: 'bogus' });
    // nop; ret is a multiple of 8 too
    expect(judge(0xd503201f_d65f03c0n, {}, snapshot).reason).toMatch(/two instructions: ret; nop/);
  });

  it('a value outside the printed stack and every known range', () => {
    expect(judge(0x61c88648n, {}, unmapped).verdict).toBe('bogus');
  });
});

describe('what is not accused', () => {
  it('a word that is not in the case', () => {
    expect(judge(undefined)).toMatchObject({ verdict: 'unknown' });
  });

  it('a stale link into this stack', () => {
    expect(judge(0xc000040200n).verdict).toBe('unknown');
  });

  it('a link left by a stack that has moved: heap memory that was the old stack', () => {
    expect(judge(0xc000012ef8n)).toMatchObject({ verdict: 'unknown' });
    expect(judge(0xc000012ef8n).reason).toMatch(/moved/);
    expect(judge(0xc000500000n).verdict).toBe('unknown');
  });

  it('a link into another stack', () => {
    expect(judge(0xc000060ef0n).verdict).toBe('crossing');
    expect(judge(0x7ffff0001000n).verdict).toBe('crossing');
  });

  it('data, files and the main thread’s stack', () => {
    for (const value of [0x508010n, 0x7ffff7a00010n, 0x7ffffffdf000n]) expect(judge(value).verdict).toBe('unknown');
  });

  it('anything in an assembly frame, which may move sp by hand', () => {
    for (const value of [0x30bc5b29n, 0x471918n, 0x20n]) {
      const { verdict, reason } = judge(value, { compiled: false });
      expect(verdict).toBe('unknown');
      expect(reason).toMatch(/assembly/);
    }
  });

  it('anything on a system stack, which may lead into C', () => {
    for (const value of [0x30bc5b29n, 0x471918n, 0x20n, 0x7ffff7a00010n])
      expect(judge(value, { systemStack: true, owner: 'g0' }).verdict).toBe('unknown');
  });

  it('a system stack that goes on in a goroutine’s', () => {
    expect(judge(0xc000040ef0n, { systemStack: true, owner: 'g0', stack: undefined }).verdict).toBe('crossing');
  });

  it('an aligned value of unknown place where the stack’s bounds are guessed', () => {
    const { snapshot } = makeSnapshot({
      ...world,
      stacks: [{ lo: 0xc000040000n, hi: 0xc000041000n, owner: '7', known: 'guessed' }],
    });
    expect(judge(0x61c88648n, {}, snapshot).verdict).toBe('unknown');
    expect(judge(0x61c88648n, { expected: undefined }, unmapped).verdict).toBe('unknown');
  });

  it('but the read 8 bytes above it, when that is what failed', () => {
    const spec: SnapshotSpec = {
      ...world,
      stacks: [{ lo: 0xc000040000n, hi: 0xc000041000n, owner: '7', known: 'guessed' }],
      events: [{ kind: 'fatal-error', text: 'unexpected signal during runtime execution' }],
    };
    const dead = makeSnapshot({ ...spec, crash: { faultAddress: 0x61c88650n } }).snapshot;
    expect(judge(0x61c88648n, {}, dead).verdict).toBe('bogus');
    const elsewhere = makeSnapshot({ ...spec, crash: { faultAddress: 0x61c88668n } }).snapshot;
    expect(judge(0x61c88648n, {}, elsewhere).verdict).toBe('unknown');
  });
});
