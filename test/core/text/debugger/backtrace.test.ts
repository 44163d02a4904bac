import { describe, expect, it } from 'vitest';
import { factsOf, framesOf, proseOf, read } from './support.ts';

describe('backtraces', () => {
  it('joins frames that a mail broke over lines', () => {
    const reading = read(`(rr) bt
#0  runtime.gcWriteBarrier () at /usr/local/go/src/runtime/asm_amd64.s:1655
#1  0x00007f8e5984092d in 
example.com/pets/cdata.(*exporter).finish 
(exp=0xc000070bf0, out=0x7f8e250f9480) at 
/home/nora/pets/cdata/exports.go:338
#2  0x00007f8e59842b8d in example.com/pets/cdata.stream (handle=<optimized 
out>, out=0x7f8e250f9480, ~r0=<optimized out>) at 
/home/nora/pets/cdata/exports.go:129
`);
    const frames = framesOf(reading);
    expect(frames.map((frame) => [frame.function, frame.line, frame.pc])).toEqual([
      ['runtime.gcWriteBarrier', 1655, undefined],
      ['example.com/pets/cdata.(*exporter).finish', 338, 0x7f8e5984092dn],
      ['example.com/pets/cdata.stream', 129, 0x7f8e59842b8dn],
    ]);
    expect(frames[1]?.arguments).toBe('exp=0xc000070bf0, out=0x7f8e250f9480');
    expect(frames[1]?.file).toBe('/home/nora/pets/cdata/exports.go');
    expect(proseOf(reading)).toEqual([]);
  });

  it('reads arguments with parentheses, characters and strings in them', () => {
    const frames = framesOf(
      read(`#0  f (g={void (int)} 0x401136 <g>, c=40 '(', s=0x4006 ")) at x:1") at a dir/f.c:7
#1  0x0000000000401200 in main.Map[go.shape.struct { main.a int }] (m=(main.T *) 0xc000010000) at /src/m.go:3
#2  0x0000000000401300 in start_thread () from /lib/libc.so.6
`),
    );
    expect(frames[0]).toMatchObject({ function: 'f', file: 'a dir/f.c', line: 7 });
    expect(frames[0]?.arguments).toBe(`g={void (int)} 0x401136 <g>, c=40 '(', s=0x4006 ")) at x:1"`);
    expect(frames[1]).toMatchObject({
      function: 'main.Map[go.shape.struct { main.a int }]',
      arguments: 'm=(main.T *) 0xc000010000',
    });
    expect(frames[2]).toMatchObject({ function: 'start_thread', file: '/lib/libc.so.6' });
    expect(frames[2]?.arguments).toBeUndefined();
  });

  it('joins the noise of a pretty printer inside the arguments', () => {
    const frames = framesOf(
      read(`#0  main._fill () at /src/fill.s:5
#1  0x0000000000096690 in main.fill (buf=Python Exception <class 'gdb.error'>: value has been optimized out
[]uint8, c=0 '\\000') at /src/main.go:21
#2  0x00000000000966f4 in main.Set (buf=[]uint8 = {...}) at /src/main.go:26
`),
    );
    expect(frames.map((frame) => [frame.function, frame.line])).toEqual([
      ['main._fill', 5],
      ['main.fill', 21],
      ['main.Set', 26],
    ]);
  });

  it('marks the frame inside one without address as inlined and hands its pc out', () => {
    const frames = framesOf(
      read(`#0  main.a () at /src/a.go:1
#1  0x0000000000458571 in main.inner (x=1) at /src/a.go:2
#2  main.outer () at /src/a.go:3
#3  0x000000000043d825 in main.main () at /src/a.go:4
`),
    );
    expect(frames.map((frame) => [frame.inlined, frame.pc])).toEqual([
      [false, undefined],
      [true, 0x458571n],
      [false, 0x458571n],
      [false, 0x43d825n],
    ]);
  });

  it('knows where unwinding failed', () => {
    const stopped = read(`(gdb) bt
#0  f () at f.c:1
#1  0x00000000004012aa in g () at f.c:2
Backtrace stopped: previous frame identical to this frame (corrupt stack?)
`);
    expect(factsOf(stopped, 'debugger-stack')[0]?.unwindFailed).toBe(true);
    const words = read(`#0  f () at f.c:1
#1  0x00007ffff7e25000 in ?? ()
#2  0x0000000000000000 in ?? ()
`);
    expect(factsOf(words, 'debugger-stack')[0]?.unwindFailed).toBe(true);
    const cut = read(`#0  f () at f.c:1
#1  0x00000000004012aa in h () at f.c:9
#2  <signal handler called>
#3  0x00000000004012ab in g () at f.c:2
(More stack frames follow...)
`);
    expect(factsOf(cut, 'debugger-stack')[0]?.unwindFailed).toBeUndefined();
    expect(proseOf(cut)).toEqual([]);
  });

  it('takes the locals of bt full along', () => {
    const reading = read(`(gdb) bt full
#0  0x00000000004878cf in main.look (s=0xc000018090) at /src/main.go:20
        h = <optimized out>
#1  0x0000000000487ad3 in main.work (id=3) at /src/main.go:36
        i = 0
        key = []uint8 = {116 't', 101 'e'}
#2  0x0000000000466ca1 in runtime.goexit () at /go/asm_amd64.s:1695
No locals.
#3  0x0000000000000000 in ?? ()
No symbol table info available.
`);
    expect(framesOf(reading)).toHaveLength(4);
    expect(proseOf(reading)).toEqual([]);
  });

  it('tells threads apart', () => {
    const reading = read(`(gdb) thread apply all bt

Thread 4 (LWP 28357 "hash"):
#0  main.a () at /src/a.go:1
#1  0x00000000004586bb in main.b () at /src/a.go:2

Thread 1 (Thread 0x7ffff7dd1740 (LWP 3098) "hash"):
#0  main.c () at /src/a.go:3
#1  0x00000000004586cc in main.d () at /src/a.go:4
`);
    expect(factsOf(reading, 'debugger-stack').map((fact) => [fact.thread, fact.tid])).toEqual([
      ['Thread 4 "hash"', 28357],
      ['Thread 1 "hash"', 3098],
    ]);
  });

  it('takes a selected frame for a place, not for a stack, and registers behind it belong to it', () => {
    const reading = read(`(gdb) f 2
#2  0x0000000000430d51 in main.flush (pp=0xc00002e008) at /src/b.go:240
240			obj := find(ptr, 0, 0)
(gdb) i r rip
rip            0x430d51            0x430d51 <main.flush+81>
`);
    expect(factsOf(reading, 'debugger-stack')).toEqual([]);
    expect(factsOf(reading, 'registers')[0]?.frame).toBe(2);
    expect(proseOf(reading)).toEqual([]);
  });

  it('leaves issue numbers, lists and sanitizer frames alone', () => {
    const lines = [
      '#36670 was merged',
      '#1 the first (and best) reason',
      '    #1 0x466923 in runtime.asmcgocall /usr/local/go/src/runtime/asm_amd64.s:918',
      '#2  see (this) at once',
    ];
    expect(proseOf(read(lines.join('\n')))).toEqual(lines);
  });
});
