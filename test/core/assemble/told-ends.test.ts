/** What `info frame` tells places the frames of the stack listed beside it. */
import { describe, expect, it } from 'vitest';
import { FrameFlag } from '../../../src/core/model/goroutine.ts';
import { snapshotOf } from './support.ts';

const stack = `(gdb) bt
#0  leaf (a=4) at c.c:5
#1  0x0000000000401172 in inl (a=3) at c.c:6
#2  mid (a=3) at c.c:7
#3  0x0000000000401186 in main () at c.c:8
`;

/** As gdb 13 printed it of an inlined call. */
const level0 = `(gdb) info frame
Stack level 0, frame at 0x7fffffffe6c0:
 rip = 0x401150 in leaf (c.c:5); saved rip = 0x401172
 called by frame at 0x7fffffffe6d0
 source language c.
 Saved registers:
  rbp at 0x7fffffffe6b0, rip at 0x7fffffffe6b8
`;

const level2 = `(gdb) info frame
Stack level 2, frame at 0x7fffffffe6d0:
 rip = 0x401172 in mid (c.c:7); saved rip = 0x401186
 called by frame at 0x7fffffffe6e0, caller of frame at 0x7fffffffe6d0
 source language c.
 Saved registers:
  rbp at 0x7fffffffe6c0, rip at 0x7fffffffe6c8
`;

type Place = [sp: bigint | undefined, fp: bigint | undefined];

async function placesIn(text: string): Promise<Place[]> {
  const { frames } = await snapshotOf(text);
  return Array.from({ length: frames.length }, (_unused, row): Place => {
    const flags = frames.flags[row] ?? 0;
    return [flags & FrameFlag.hasSp ? frames.sp[row] : undefined, flags & FrameFlag.hasFp ? frames.fp[row] : undefined];
  });
}

const none: Place = [undefined, undefined];
/** The innermost frame, as its return address places it among the words: they begin there. */
const byWord: Place = [0x7fffffffe6b8n, 0x7fffffffe6c0n];

describe('ends that info frame tells', () => {
  it('are given to the frame and to its caller, which begins where the frame ends', async () => {
    expect(await placesIn(stack + level0)).toEqual([byWord, none, [0x7fffffffe6c0n, 0x7fffffffe6d0n], none]);
  });

  it('count from the level, with the calls that were inlined', async () => {
    expect((await placesIn(stack + level2)).slice(1)).toEqual([
      none,
      [undefined, 0x7fffffffe6d0n],
      [0x7fffffffe6d0n, 0x7fffffffe6e0n],
    ]);
    expect((await placesIn(stack + level2))[0]).toEqual(none);
  });

  it('begin at the stack pointer shown at the step', async () => {
    const registers = '(gdb) info registers rsp rip\nrsp            0x7fffffffe6a0      0x7fffffffe6a0\n';
    expect((await placesIn(stack + registers + level0))[0]).toEqual([0x7fffffffe6a0n, 0x7fffffffe6c0n]);
    const shortened = '(gdb) bt 1\n#0  0x0000000000401150 in leaf (a=4) at c.c:5\n(More stack frames follow...)\n';
    expect(await placesIn(shortened + level0)).toEqual([[undefined, 0x7fffffffe6c0n]]);
    expect(await placesIn(shortened + registers + level0)).toEqual([[0x7fffffffe6a0n, 0x7fffffffe6c0n]]);
  });

  it("are not given where the code is another frame's", async () => {
    const otherCode = level0.replace('saved rip = 0x401172', 'saved rip = 0x409999');
    expect(await placesIn(stack + otherCode)).toEqual([none, none, none, none]);
    const otherLevel = level2.replace('rip = 0x401172', 'rip = 0x401199');
    expect(await placesIn(stack + otherLevel)).toEqual([none, none, none, none]);
  });

  it('are not given to a stack of another step', async () => {
    expect(await placesIn(`${stack}(gdb) continue\nContinuing.\n${level0}`)).toEqual([byWord, none, none, none]);
  });

  it("are not given to another thread's stack", async () => {
    const selected = '(gdb) thread 2\n[Switching to thread 2 (LWP 77)]\n';
    expect((await placesIn(stack + selected + level0)).slice(0, 4)).toEqual([byWord, none, none, none]);
  });

  it('leave a frame that the words have placed, and the order of the frames, as they are', async () => {
    const words = `(gdb) p/x $rsp
$1 = 0x7fffffffe6a0
(gdb) x/8gx $rsp
0x7fffffffe6a0:\t0x0000000000000001\t0x0000000000000002
0x7fffffffe6b0:\t0x00007fffffffe6c0\t0x0000000000401172
0x7fffffffe6c0:\t0x00007fffffffe6d0\t0x0000000000401186
`;
    const shifted = level0.replaceAll('fffe6', 'fffa6');
    const placed = await placesIn(stack + words);
    expect(placed[0]).toEqual([0x7fffffffe6a0n, 0x7fffffffe6c0n]);
    expect(await placesIn(stack + words + shifted)).toEqual(placed);
    expect((await placesIn(stack + words + level2)).slice(0, 4)).toEqual([
      ...placed.slice(0, 3),
      [0x7fffffffe6d0n, 0x7fffffffe6e0n],
    ]);
  });
});
