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
