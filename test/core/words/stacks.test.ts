/** Bounds of stacks: printed ones win, others are guessed from frames, and a guess says that it is one. */
import { describe, expect, it } from 'vitest';
import { goroutineStacks, guessStack, regionsOf } from '../../../src/core/words/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { FrameSpec } from '../../support/snapshot-spec.ts';

const at = (sp: bigint, fp: bigint, name = 'main.f'): FrameSpec => ({ function: name, sp, fp });

describe('guessing', () => {
  it('takes the smallest of Go’s sizes that holds the frames', () => {
    expect(guessStack('1', 0xc000040d48n, 0xc000040fe8n)).toMatchObject({ start: 0xc000040800n, end: 0xc000041000n });
    expect(guessStack('1', 0xc000040148n, 0xc000040fe8n)).toMatchObject({ start: 0xc000040000n, end: 0xc000041000n });
    expect(guessStack('1', 0xc000039000n, 0xc000040fe8n)).toMatchObject({ end: 0xc000041000n, start: 0xc000039000n });
  });

  it('gives up where no stack could be so large or so low', () => {
    expect(guessStack('1', 0x1000n, 0xc000040fe8n)).toBeUndefined();
    expect(guessStack('1', 0x10n, 0x20n)).toMatchObject({ start: 0n, end: 0x800n });
  });
});

describe('the stacks of a snapshot', () => {
  it('keeps printed bounds and guesses the rest, sorted', () => {
    const { snapshot } = makeSnapshot({
      goroutines: [
        { id: 5, frames: [at(0xc000060e00n, 0xc000060f00n)] },
        { id: 4, frames: [at(0xc000040e00n, 0xc000040f00n)] },
        { id: 6, frames: [{ function: 'main.noPlace' }] },
      ],
      stacks: [{ lo: 0xc000060000n, hi: 0xc000064000n, owner: '5' }],
    });
    expect(goroutineStacks(snapshot).map(({ owner, known, start }) => [owner, known, start])).toEqual([
      ['4', 'guessed', 0xc000040800n],
      ['5', 'printed', 0xc000060000n],
    ]);
  });

  it('guesses no second stack where printed bounds without an owner hold the frames', () => {
    const { snapshot } = makeSnapshot({
      goroutines: [{ id: 4, frames: [at(0xc000040e00n, 0xc000040f00n)] }],
      stacks: [{ lo: 0xc000040000n, hi: 0xc000041000n, owner: '' }],
    });
    expect(goroutineStacks(snapshot)).toHaveLength(1);
  });

  it('guesses a debugger stack only when it ends in goexit: a system stack does not', () => {
    const frames = [at(0xc000040e00n, 0xc000040fe0n), at(0xc000040fe0n, 0xc000040fe8n, 'runtime.goexit')];
    const withRoot = makeSnapshot({ threads: [{ name: 'Thread 1', kind: 'debugger', frames }] }).snapshot;
    expect(regionsOf(withRoot).stackOf('Thread 1')).toMatchObject({ known: 'guessed', end: 0xc000041000n });
    const cut = makeSnapshot({ threads: [{ name: 'Thread 1', kind: 'debugger', frames: frames.slice(0, 1) }] }).snapshot;
    expect(goroutineStacks(cut)).toEqual([]);
  });

  it('guesses from the frames on the goroutine’s own stack, not from the signal handler’s or g0’s', () => {
    const frames = [
      at(0xc000053240n, 0xc0000532b0n, 'runtime.sigtrampgo'),
      at(0xc00005dfc0n, 0xc00005dfd8n, 'runtime.mcall'),
      at(0xc000086dd0n, 0xc000086e38n),
    ];
    expect(goroutineStacks(makeSnapshot({ goroutines: [{ id: 4, frames }] }).snapshot)).toMatchObject([
      { owner: '4', start: 0xc000086800n, end: 0xc000087000n },
    ]);
    expect(goroutineStacks(makeSnapshot({ goroutines: [{ id: 4, frames: frames.slice(0, 2) }] }).snapshot)).toEqual([]);
  });

  it('counts both stretches of a goroutine that C called back into', () => {
    const frames = [
      at(0xc000086800n, 0xc000086900n, 'runtime.cgocallback'),
      at(0x7ffd10000000n, 0x7ffd10000100n, 'runtime.asmcgocall'),
      at(0xc000086f00n, 0xc000086fe0n, 'runtime.cgocall'),
    ];
    expect(goroutineStacks(makeSnapshot({ goroutines: [{ id: 4, frames }] }).snapshot)).toMatchObject([
      { start: 0xc000086800n, end: 0xc000087000n },
    ]);
  });
});
