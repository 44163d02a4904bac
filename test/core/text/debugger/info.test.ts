import { describe, expect, it } from 'vitest';
import { factsOf, proseOf, read } from './support.ts';

describe('info frame', () => {
  it('gives the word in the return slot', () => {
    const reading = read(`(gdb) info frame
Stack level 0, frame at 0xc000067f00:
 rip = 0x4878cf in main.look (/home/m/main.go:20); saved rip = 0x487ad3
 called by frame at 0xc000067fb8
 source language unknown.
 Arglist at 0xc000067eb8, args: s=0xc000018090, key=[]uint8
 Locals at 0xc000067eb8, Previous frame's sp is 0xc000067f00
 Saved registers:
  rip at 0xc000067ef8
(gdb) p 1
$1 = 1
`);
    const words = factsOf(reading, 'words').flatMap((fact) => fact.words);
    expect(words.map(({ address, value }) => [address, value])).toEqual([[0xc000067ef8n, 0x487ad3n]]);
    expect(proseOf(reading)).toEqual([]);
  });

  it('gives none where no slot is printed and the architecture is not known', () => {
    expect(factsOf(read('Stack level 0, frame at 0xc000067f00:\n pc = 0x1 in f; saved pc = 0x2\n'), 'words')).toEqual([]);
  });
});

describe('ends of frames', () => {
  const rbp = { rip: 0x7ec0n - 8n, rbp: 0x7ec0n - 16n };
  const told = (saved = rbp, place = ' called by frame at 0x7ee0, caller of frame at 0x7e80') =>
    factsOf(
      read(`(gdb) info frame
Stack level 2, frame at 0x7ec0:
 rip = 0x401172 in mid (c.c:7); saved rip = 0x401186
${place}
 source language c.
 Arglist at 0x7eb0, args: a=3
 Locals at 0x7eb0, Previous frame's sp is 0x7ec0
 Saved registers:
  rbx at 0x7ea8, rbp at 0x${saved.rbp.toString(16)}, rip at 0x${saved.rip.toString(16)}
(gdb) p 1
`),
      'frame-end',
    );

  it('are those of the frame, its caller and the frame that it called', () => {
    expect(told()).toMatchObject([
      { level: 2, fp: 0x7ec0n, callerFp: 0x7ee0n, calleeFp: 0x7e80n, pc: 0x401172n, savedPc: 0x401186n },
    ]);
  });

  it('are not taken where a printed slot lies elsewhere', () => {
    expect(told({ ...rbp, rip: 0x7eb0n })).toEqual([]);
    expect(told({ ...rbp, rbp: 0x7ea0n })).toEqual([]);
  });

  it('of an inlined call are those of its frame, and the slots are not its own', () => {
    const inlined = ' inlined into frame 3, caller of frame at 0x7e80';
    expect(told({ rip: 0x7e78n, rbp: 0x7e70n }, inlined)).toMatchObject([{ fp: 0x7ec0n, calleeFp: 0x7e80n }]);
    const text = `Stack level 1, frame at 0x7ec0:
 rip = 0x401172 in inl (c.c:6); saved rip = 0x401186
 inlined into frame 2, caller of frame at 0x7e80
 Saved registers:
  rip at 0x7e78
`;
    const words = factsOf(read(text), 'words').flatMap((fact) => fact.words);
    expect(words.map(({ address, value }) => [address, value])).toEqual([[0x7eb8n, 0x401186n]]);
  });

  it('need an architecture that pushes the return address', () => {
    const text = 'Stack level 0, frame at 0x7f00:\n pc = 0x1 in f; saved pc = 0x2\n called by frame at 0x7f40\n';
    expect(factsOf(read(text), 'frame-end')).toEqual([]);
  });
});

describe('info goroutines', () => {
  it('lists goroutines that belong to no crash report', () => {
    const reading = read(`(gdb) info goroutines
  1 waiting  runtime.gopark
* 25 runnable main.(*shard).lookup
`);
    const { goroutines, strings } = reading.sink.columns;
    expect(factsOf(reading, 'goroutine').map((fact) => fact.listed)).toEqual(['other', 'other']);
    expect([...goroutines.data.id.subarray(0, 2)]).toEqual([1n, 25n]);
    expect(strings.at(goroutines.data.status[1] ?? 0)).toBe('runnable');
    expect(proseOf(reading)).toEqual([]);
  });

  it('names the stack of a goroutine after it', () => {
    const reading = read(`(gdb) goroutine 25 bt
#0  main.(*shard).lookup (s=0xc000018090) at /src/main.go:20
#1  0x0000000000487ad3 in main.worker (id=3) at /src/main.go:36
`);
    expect(factsOf(reading, 'debugger-stack').map((fact) => fact.thread)).toEqual(['goroutine 25']);
  });
});
