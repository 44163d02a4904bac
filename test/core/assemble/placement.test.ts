/** Places of a debugger's frames from their return addresses among the words. */
import { describe, expect, it } from 'vitest';
import { architectureOf } from '../../../src/core/arch/index.ts';
import { placeFrames } from '../../../src/core/assemble/placement.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import { FrameFlag } from '../../../src/core/model/goroutine.ts';
import type { ArchitectureName } from '../../../src/core/model/process.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../support/snapshot-spec.ts';

interface Placed {
  count: number;
  frames: ([sp: bigint, fp: bigint] | undefined)[];
}

function place(spec: SnapshotSpec, sp?: bigint, fp?: bigint, name: ArchitectureName = 'amd64'): Placed {
  const { snapshot } = makeSnapshot(spec);
  const arch = architectureOf(name);
  if (arch === undefined) throw new Error(name);
  const { frames, memory } = snapshot;
  const address = (value: bigint | undefined) => (value === undefined ? undefined : toAddress(value));
  const count = placeFrames(frames, memory, arch, 0, frames.length, address(sp), address(fp));
  return {
    count,
    frames: Array.from({ length: frames.length }, (_, row) =>
      (frames.flags[row] ?? 0) & FrameFlag.placed ? [frames.sp[row] ?? 0n, frames.fp[row] ?? 0n] : undefined,
    ),
  };
}

/** gdb prints no pc for frame #0, and the others' pcs are return addresses. */
const frames: FrameSpec[] = [
  { function: 'main.leaf' },
  { function: 'main.mid', pc: 0x401100n },
  { function: 'main.outer', pc: 0x402200n },
  { function: 'runtime.goexit', pc: 0x469261n },
];

describe('amd64', () => {
  const words: [bigint, bigint][] = [
    [0x8100n, 1n],
    [0x8120n, 0x8150n],
    [0x8128n, 0x401100n],
    [0x8150n, 0x81a0n],
    [0x8158n, 0x402200n],
    [0x81a0n, 0n],
    [0x81a8n, 0x469261n],
  ];

  it('ends each frame behind its return address', () => {
    expect(place({ frames, words }, 0x8100n, 0x8120n)).toEqual({
      count: 3,
      frames: [[0x8100n, 0x8130n], [0x8130n, 0x8160n], [0x8160n, 0x81b0n], undefined],
    });
  });

  it('begins at the lowest word where the stack pointer is not printed', () => {
    expect(place({ frames, words }).frames[0]).toEqual([0x8100n, 0x8130n]);
  });

  it('passes over a stale copy of a return address: the link beside the right one tells', () => {
    const stale: [bigint, bigint][] = [[0x8108n, 0x401100n], [0x8138n, 0x402200n], ...words];
    expect(place({ frames, words: stale }, 0x8100n, 0x8120n).frames.slice(0, 3)).toEqual([
      [0x8100n, 0x8130n],
      [0x8130n, 0x8160n],
      [0x8160n, 0x81b0n],
    ]);
  });

  it('passes over it without a link too: the right one leads on to the next frame', () => {
    const stale: [bigint, bigint][] = [[0x8108n, 0x401100n], [0x8138n, 0x402200n], ...words];
    expect(place({ frames, words: stale }, 0x8100n).frames.slice(0, 3)).toEqual([
      [0x8100n, 0x8130n],
      [0x8130n, 0x8160n],
      [0x8160n, 0x81b0n],
    ]);
    const clobbered = stale.map(([address, value]): [bigint, bigint] => [address, address === 0x8120n ? 0x30bc5b29n : value]);
    expect(place({ frames, words: clobbered }, 0x8100n, 0x8120n).frames[1]).toEqual([0x8130n, 0x8160n]);
  });

  it('takes a row without a pc for a call that was inlined', () => {
    const unmarked = [frames[0] ?? {}, { function: 'main.small' }, ...frames.slice(1)];
    expect(place({ frames: unmarked, words }, 0x8100n, 0x8120n).count).toBe(3);
  });

  it('gives inlined calls no place of their own', () => {
    const inlined = [frames[0] ?? {}, { function: 'main.small', pc: 0x401100n, inlined: true }, ...frames.slice(1)];
    const placed = place({ frames: inlined, words }, 0x8100n, 0x8120n);
    expect(placed.frames).toEqual([[0x8100n, 0x8130n], undefined, [0x8130n, 0x8160n], [0x8160n, 0x81b0n], undefined]);
  });

  it('stops at the first return address that is not among the words', () => {
    const missing = words.filter(([address]) => address !== 0x8158n);
    expect(place({ frames, words: missing }, 0x8100n, 0x8120n)).toEqual({
      count: 1,
      frames: [[0x8100n, 0x8130n], undefined, undefined, undefined],
    });
  });

  it('places nothing without words, or above all of them', () => {
    expect(place({ frames }).count).toBe(0);
    expect(place({ frames, words }, 0x9000n).count).toBe(0);
  });

  it('does not look for a frame further than any frame reaches', () => {
    const far: [bigint, bigint][] = [
      [0x8100n, 1n],
      [0x8100n + 0x100000n, 0x401100n],
    ];
    expect(place({ frames, words: far }, 0x8100n).count).toBe(0);
  });
});

describe('arm64', () => {
  // Each frame keeps its link register at its bottom; the leaf's is still in the register.
  const words: [bigint, bigint][] = [
    [0x8100n, 7n],
    [0x8128n, 0x8168n],
    [0x8130n, 0x402200n],
    [0x8168n, 0x81a8n],
    [0x8170n, 0x469261n],
    [0x81b0n, 0n],
  ];

  it('begins each frame at its saved link register', () => {
    const spec = { frames: [{ function: 'main.leaf' }, { function: 'main.mid', pc: 0x401100n }, ...frames.slice(2)], words };
    const withSaved: [bigint, bigint][] = [[0x8100n, 0x401100n], ...words.slice(1)];
    expect(place({ ...spec, words: withSaved }, 0x8100n, undefined, 'arm64').frames.slice(0, 2)).toEqual([
      [0x8100n, 0x8130n],
      [0x8130n, 0x8170n],
    ]);
  });

  it('ends a leaf, which saved nothing, where its caller begins', () => {
    expect(place({ frames, words }, 0x8130n, undefined, 'arm64').frames).toEqual([
      [0x8130n, 0x8130n],
      [0x8130n, 0x8170n],
      undefined,
      undefined,
    ]);
    expect(place({ frames, words }, 0x8110n, undefined, 'arm64').frames.slice(0, 2)).toEqual([
      [0x8110n, 0x8130n],
      [0x8130n, 0x8170n],
    ]);
  });

  it('places nothing where no saved link register is among the words', () => {
    expect(place({ frames, words: [[0x8100n, 7n]] }, 0x8100n, undefined, 'arm64').count).toBe(0);
  });
});
