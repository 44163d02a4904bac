/** Chains over placed frames, joins between frames, and the walk past what was printed. */
import { describe, expect, it } from 'vitest';
import { architectureOf } from '../../../src/core/arch/index.ts';
import type { ArchitectureName } from '../../../src/core/model/process.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { buildChain, checkJoins, placedFrames } from '../../../src/core/unwind/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../support/snapshot-spec.ts';

const go = (name: string, sp: bigint, fp: bigint): FrameSpec => ({ function: name, file: '/src/main.go', sp, fp });

function framesOf(snapshot: Snapshot, elidedAfter = -1) {
  return placedFrames(snapshot, architectureOf(snapshot.process.arch), 0, snapshot.frames.length, elidedAfter);
}

function chainOf(spec: SnapshotSpec, arch: ArchitectureName = 'amd64', elidedAfter = -1) {
  const { snapshot } = makeSnapshot({ process: { arch }, ...spec });
  const machine = architectureOf(arch);
  if (machine === undefined) throw new Error(arch);
  return buildChain(snapshot, machine, '1', framesOf(snapshot, elidedAfter), false).links;
}

function breaksOf(frames: FrameSpec[], arch: ArchitectureName = 'amd64', elidedAfter = -1) {
  const { snapshot } = makeSnapshot({ process: { arch }, frames });
  const machine = architectureOf(arch);
  if (machine === undefined) throw new Error(arch);
  return checkJoins(machine, '1', framesOf(snapshot, elidedAfter));
}

const stacks = [{ lo: 0x8000n, hi: 0x9000n }];
const three = [go('main.a', 0x8100n, 0x8130n), go('main.b', 0x8130n, 0x8180n), go('main.c', 0x8180n, 0x81c0n)];

describe('places', () => {
  it('leaves out inlined calls and frames without sp and fp', () => {
    const { snapshot } = makeSnapshot({
      process: { arch: 'amd64' },
      frames: [{ function: 'main.x', inlined: true, sp: 1n, fp: 2n }, go('main.a', 0x8100n, 0x8130n), { function: 'main.y' }],
    });
    expect(framesOf(snapshot).map(({ name, row }) => [name, row])).toEqual([['main.a', 1]]);
  });

  it('joins nothing across an elided stretch', () => {
    const { snapshot } = makeSnapshot({ process: { arch: 'amd64' }, frames: three });
    expect(framesOf(snapshot, 2).map(({ joined }) => joined)).toEqual([false, true, false]);
  });
});

describe('a chain', () => {
  it('predicts every slot when no word is known', () => {
    const links = chainOf({ frames: three });
    expect(links.map(({ slot, verdict, expected }) => [slot, verdict, expected])).toEqual([
      [0x8120n, 'unknown', 0x8170n],
      [0x8170n, 'unknown', 0x81b0n],
      [0x81b0n, 'unknown', undefined],
    ]);
  });

  it('passes over a frame that saves none', () => {
    const links = chainOf({
      frames: [go('main.a', 0x8100n, 0x8130n), go('main.leaf', 0x8130n, 0x8138n), go('main.c', 0x8138n, 0x81c0n)],
      stacks,
      words: [[0x8120n, 0x81b0n]],
    });
    expect(links.map(({ slot, verdict }) => [slot, verdict])).toEqual([
      [0x8120n, 'ok'],
      [0x81b0n, 'unknown'],
    ]);
  });

  it('marks what lies past the first bad link, and still judges it', () => {
    const links = chainOf({
      frames: three,
      stacks,
      words: [
        [0x8120n, 0x1357n],
        [0x8170n, 0x81b0n],
        [0x81b0n, 0n],
      ],
    });
    expect(links.map(({ verdict, pastBreak }) => [verdict, pastBreak])).toEqual([
      ['bogus', false],
      ['ok', true],
      ['end', true],
    ]);
    expect(links[0]).toMatchObject({ value: 0x1357n, expected: 0x8170n, frame: 'main.a', frameRow: 0 });
    expect(links[0]?.source).toBeDefined();
  });

  it('keeps the first break when a second link is bad too', () => {
    const links = chainOf({
      frames: three,
      stacks,
      words: [
        [0x8120n, 0x1357n],
        [0x8170n, 0x1359n],
      ],
    });
    expect(links.map(({ verdict, pastBreak }) => [verdict, pastBreak]).slice(0, 2)).toEqual([
      ['bogus', false],
      ['bogus', true],
    ]);
  });

  it('does not accuse assembly frames', () => {
    const assembly: FrameSpec = { function: 'main.sum', file: '/src/sum_amd64.s', sp: 0x8100n, fp: 0x8130n };
    const links = chainOf({ frames: [assembly, ...three.slice(1)], stacks, words: [[0x8120n, 0x1357n]] });
    expect(links[0]?.verdict).toBe('unknown');
  });

  it('expects nothing across an elided stretch', () => {
    const links = chainOf({ frames: three, stacks, words: [[0x8170n, 0x8900n]] }, 'amd64', 2);
    expect(links[1]).toMatchObject({ slot: 0x8170n, verdict: 'ok' });
    expect(links[1]?.expected).toBeUndefined();
  });

  it('lies one word below each frame on arm64', () => {
    const links = chainOf(
      {
        frames: three,
        stacks,
        words: [
          [0x80f8n, 0x8128n],
          [0x8128n, 0x8178n],
          [0x8178n, 0n],
        ],
      },
      'arm64',
    );
    expect(links.map(({ slot, verdict }) => [slot, verdict])).toEqual([
      [0x80f8n, 'ok'],
      [0x8128n, 'ok'],
      [0x8178n, 'end'],
    ]);
  });
});

describe('past the printed frames', () => {
  it('follows the words to the end of the chain', () => {
    const links = chainOf({
      frames: three.slice(0, 1),
      stacks,
      words: [
        [0x8120n, 0x8200n],
        [0x8200n, 0x8300n],
        [0x8300n, 0n],
      ],
    });
    expect(links.map(({ slot, verdict, frameRow }) => [slot, verdict, frameRow])).toEqual([
      [0x8120n, 'ok', 0],
      [0x8200n, 'ok', undefined],
      [0x8300n, 'end', undefined],
    ]);
  });

  it('stops at the first word that is missing', () => {
    const links = chainOf({ frames: three.slice(0, 1), stacks, words: [[0x8120n, 0x8200n]] });
    expect(links.map(({ slot, verdict }) => [slot, verdict])).toEqual([
      [0x8120n, 'ok'],
      [0x8200n, 'unknown'],
    ]);
  });

  it('accuses nobody there, and ends at a loop', () => {
    const wild = chainOf({
      frames: three.slice(0, 1),
      stacks,
      words: [
        [0x8120n, 0x8200n],
        [0x8200n, 0x1357n],
      ],
    });
    expect(wild.at(-1)?.verdict).toBe('unknown');
    const loop = chainOf({
      frames: three.slice(0, 1),
      stacks,
      words: [
        [0x8120n, 0x8200n],
        [0x8200n, 0x8200n],
      ],
    });
    expect(loop).toHaveLength(2);
  });

  it('stops at the end of the stack and after a bounded number of steps', () => {
    const first: [bigint, bigint] = [0x8120n, 0x8200n];
    const run = (step: bigint): [bigint, bigint][] =>
      Array.from({ length: 1000 }, (_, index) => [0x8200n + BigInt(index) * step, 0x8200n + BigInt(index + 1) * step]);
    const short = chainOf({ frames: three.slice(0, 1), stacks, words: [first, ...run(0x100n)] });
    expect(short.at(-1)).toMatchObject({ slot: 0x8f00n, verdict: 'unknown' });
    const long = chainOf({ frames: three.slice(0, 1), stacks: [{ lo: 0x8000n, hi: 0x10000n }], words: [first, ...run(8n)] });
    expect(long).toHaveLength(1 + 256);
  });
});

describe('joins', () => {
  it('hold where a frame begins at the end of the one before', () => {
    expect(breaksOf(three)).toEqual([]);
  });

  it('break where it does not', () => {
    const [first, ...others] = breaksOf([go('main.a', 0x8100n, 0x8130n), go('main.b', 0x8150n, 0x8180n)]);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ owner: '1', after: 0, before: 1, found: 0x8150n, expected: 0x8130n });
    expect(first?.reason).toContain('main.b has sp 0x8150');
  });

  it('allow the word pair that the signal handler pushes on arm64, and only there', () => {
    const frames = [go('runtime.sigpanic', 0x8100n, 0x8130n), go('main.b', 0x8140n, 0x8180n)];
    expect(breaksOf(frames, 'arm64')).toEqual([]);
    expect(breaksOf(frames, 'amd64')).toHaveLength(1);
    expect(breaksOf([go('main.a', 0x8100n, 0x8130n), go('main.b', 0x8140n, 0x8180n)], 'arm64')).toHaveLength(1);
  });

  it.each(['runtime.systemstack', 'runtime.mcall', 'runtime.asmcgocall', 'runtime.cgocallback', 'runtime.sigtramp'])(
    'do not bind behind %s, which switches stacks',
    (name) => {
      expect(breaksOf([go(name, 0x8100n, 0x8130n), go('main.b', 0xf000n, 0xf100n)])).toEqual([]);
    },
  );

  it('do not bind across an elided stretch', () => {
    expect(breaksOf([go('main.a', 0x8100n, 0x8130n), go('main.b', 0x8f00n, 0x8f80n)], 'amd64', 1)).toEqual([]);
  });
});

it('builds nothing of no frames', () => {
  const { snapshot } = makeSnapshot({ process: { arch: 'amd64' } });
  const amd64 = architectureOf('amd64');
  expect(amd64 && buildChain(snapshot, amd64, '1', [], false).links).toEqual([]);
});

describe('a listing that goes over several stacks', () => {
  // A signal on g0, which mcall had entered from the goroutine: the stacks lie in no order.
  const listing: FrameSpec[] = [
    go('runtime.sighandler', 0x5100n, 0x5140n),
    go('runtime.sigtrampgo', 0x5140n, 0x5180n),
    go('runtime.park_m', 0x3100n, 0x3140n),
    { ...go('runtime.mcall', 0x3140n, 0x3150n), file: '/src/asm_amd64.s' },
    go('main.a', 0x8100n, 0x8130n),
    go('main.b', 0x8130n, 0x8180n),
  ];
  const stackOf = (spec: SnapshotSpec) => framesOf(makeSnapshot({ process: { arch: 'amd64' }, ...spec }).snapshot);

  it('says on which stack each frame lies, and joins none across', () => {
    expect(stackOf({ frames: listing }).map(({ stack, joined }) => [stack, joined])).toEqual([
      ['gsignal', false],
      ['gsignal', true],
      ['g0', false],
      ['g0', true],
      ['goroutine', false],
      ['goroutine', true],
    ]);
    expect(breaksOf(listing)).toEqual([]);
  });

  it('names no stack where the frames touch, nor where another function is the last', () => {
    const touching = [go('runtime.mcall', 0x8100n, 0x8130n), ...three.slice(1)];
    expect(stackOf({ frames: touching }).map(({ stack }) => stack)).toEqual([undefined, undefined, undefined]);
    const apart = [go('main.a', 0x8100n, 0x8130n), go('main.b', 0x9130n, 0x9180n)];
    expect(stackOf({ frames: apart }).map(({ stack }) => stack)).toEqual([undefined, undefined]);
    expect(breaksOf(apart)).toHaveLength(1);
  });

  it('calls a saved frame pointer that leads to the next stack a crossing', () => {
    const links = chainOf({
      frames: listing,
      words: [
        [0x5170n, 0x3130n],
        [0x3140n, 0x8120n],
      ],
    });
    expect(links.find(({ slot }) => slot === 0x5170n)).toMatchObject({
      verdict: 'crossing',
      reason: 'continues in the frame of runtime.park_m',
    });
    expect(links.find(({ slot }) => slot === 0x3140n)).toMatchObject({ verdict: 'crossing' });
    expect(links.find(({ slot }) => slot === 0x5130n)?.expected).toBe(0x5170n);
    expect(links.find(({ slot }) => slot === 0x5170n)?.expected).toBeUndefined();
  });

  it('accuses nothing on the system stacks, and the same value on the goroutine’s', () => {
    const bad = 0x30bc5b29n;
    const links = chainOf({
      frames: listing,
      stacks,
      words: [
        [0x3130n, bad],
        [0x8120n, bad],
      ],
    });
    expect(links.map(({ slot, verdict }) => [slot, verdict]).filter(([, verdict]) => verdict === 'bogus')).toEqual([
      [0x8120n, 'bogus'],
    ]);
  });

  it('places a frame of which only the end is known by what a call pushes', () => {
    const [frame] = stackOf({ frames: [{ function: 'main.a', file: '/src/main.go', fp: 0x8130n }] });
    expect(frame).toMatchObject({ partial: true, framePointerSlot: 0x8120n, returnSlot: 0x8128n, joined: false });
    const arm = makeSnapshot({ process: { arch: 'arm64' }, frames: [{ function: 'main.a', fp: 0x8130n }] }).snapshot;
    expect(framesOf(arm)).toEqual([]);
  });
});
