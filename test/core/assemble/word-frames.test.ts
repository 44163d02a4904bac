import { describe, expect, it } from 'vitest';
import { snapshotOf } from './support.ts';

const framesOf = async (text: string) => {
  const snapshot = await snapshotOf(text);
  const [thread] = snapshot.threads;
  return { snapshot, foundBy: thread?.foundBy, frames: thread?.frames.map((frame) => [frame.function, frame.sp, frame.fp]) };
};

describe('frames from words alone', () => {
  it('follow the saved frame pointers from rbp', async () => {
    const { foundBy, frames, snapshot } = await framesOf(`(gdb) info registers rip rsp rbp
rip            0x4878cf            0x4878cf <main.look+79>
rsp            0xc000067e00        0xc000067e00
rbp            0xc000067e30        0xc000067e30
(gdb) x/2a 0xc000067e30
0xc000067e30:	0xc000067ef0	0x487ad3 <main.worker+275>
(gdb) x/2a 0xc000067ef0
0xc000067ef0:	0xc000067fd0	0x487d88 <main.main+72>
(gdb) x/2a 0xc000067fd0
0xc000067fd0:	0x0	0x466ca1 <runtime.goexit+1>
`);
    expect(foundBy).toBe('frame-pointers');
    expect(frames).toEqual([
      ['main.look', 0xc000067e00n, 0xc000067e40n],
      ['main.worker', 0xc000067e40n, 0xc000067f00n],
      ['main.main', 0xc000067f00n, 0xc000067fe0n],
      ['runtime.goexit', 0xc000067fe0n, undefined],
    ]);
    expect(snapshot.threads[0]?.frames.every((frame) => frame.placed)).toBe(true);
    expect(snapshot.frames.length).toBe(4);
  });

  it('follow x29 on arm64, where both words lie at the bottom of the frame', async () => {
    const { foundBy, frames } = await framesOf(`(gdb) info registers x29 sp pc
x29            0x40002cfeb8        0x40002cfeb8
sp             0x40002cfec0        0x40002cfec0
pc             0x96694             0x96694 <main.fill+68>
(gdb) x/2a 0x40002cfeb8
0x40002cfeb8:	0x40002cfee8	0x966f4 <main.Set+36>
(gdb) x/2a 0x40002cfee8
0x40002cfee8:	0x40002cff58	0x969d4 <main.main+132>
(gdb) x/2a 0x40002cff58
0x40002cff58:	0x0	0x781e4 <runtime.goexit+4>
`);
    expect(foundBy).toBe('frame-pointers');
    expect(frames?.slice(0, 3)).toEqual([
      ['main.fill', 0x40002cfec0n, 0x40002cfef0n],
      ['main.Set', 0x40002cfef0n, 0x40002cff60n],
      ['main.main', 0x40002cff60n, undefined],
    ]);
  });

  it('are return addresses behind a call where the chain is broken', async () => {
    const { foundBy, frames } = await framesOf(`(gdb) x/6a $rsp
0xc000067e00:	0x1	0x487ad3 <main.worker+275>
0xc000067e10:	0x487d80 <main.main+64>	0x487d88 <main.main+72>
0xc000067e20:	0x487e00 <main.table>	0x466ca1 <runtime.goexit+1>
(gdb) p/x $rsp
$1 = 0xc000067e00
(gdb) x/3i 0x487d7b
   0x487d7b <main.main+59>:	mov    %rax,%rbx
   0x487d80 <main.main+64>:	nop
   0x487d83 <main.main+67>:	call   0x4879c0 <main.worker>
   0x487d88 <main.main+72>:	ret
`);
    expect(foundBy).toBe('return-addresses');
    // 0x487d80 follows a mov, 0x487e00 is an entry: nobody returns there.
    expect(frames?.map(([name, sp]) => [name, sp])).toEqual([
      ['main.worker', 0xc000067e10n],
      ['main.main', 0xc000067e20n],
      ['runtime.goexit', 0xc000067e30n],
    ]);
  });

  it('are not made where a stack was printed, nor of words without code', async () => {
    const printed = await framesOf(`(gdb) bt
#0  main.f () at /src/main.go:1
#1  0x0000000000487ad3 in main.main () at /src/main.go:2
(gdb) x/2a 0xc000067e30
0xc000067e30:	0xc000067ef0	0x487ad3 <main.main+275>
(gdb) x/2a 0xc000067ef0
0xc000067ef0:	0x0	0x487d88 <main.main+72>
`);
    expect(printed.foundBy).toBeUndefined();
    const data = await framesOf(
      '(gdb) p/x $rbp\n$1 = 0xc000067e30\n(gdb) x/4xg 0xc000067e30\n0xc000067e30:\t0x000000c000067e40\t0x0000000000000005\n0xc000067e40:\t0x0000000000000000\t0x0000000000000007\n',
    );
    expect(data.snapshot.threads).toEqual([]);
  });
});
