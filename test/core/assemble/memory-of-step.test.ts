/** The stack of a step is placed in the memory of that step. */
import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../src/core/model/address.ts';
import { buildMemory } from '../../../src/core/assemble/memory.ts';
import { memoryOfSteps } from '../../../src/core/assemble/memory-of-step.ts';
import { StringTable } from '../../../src/core/model/columns.ts';
import { wordAt } from '../../../src/core/model/memory-lookup.ts';
import { snapshotOf } from './support.ts';

const source = { document: 0, start: 0, end: 1 };
const word = (address: bigint, value: bigint, step: number) => ({
  address: toAddress(address),
  value: toAddress(value),
  step,
  source,
});

describe('the memory of a step', () => {
  const found = [
    { words: [word(0x1000n, 1n, 1), word(0x1008n, 7n, 1)], wordSize: 8 as const },
    { words: [word(0x1000n, 2n, 3)], wordSize: 8 as const },
  ];
  const strings = new StringTable();
  const memory = buildMemory(found, [], strings);
  const at = memoryOfSteps(memory, found, strings);

  it.each([
    [0, 1n],
    [1, 1n],
    [2, 1n],
    [3, 2n],
    [9, 2n],
    [2, 1n],
    [0, 1n],
  ])('step %i', (step, value) => {
    expect(wordAt(at(step), toAddress(0x1000n))).toBe(value);
    expect(wordAt(at(step), toAddress(0x1008n))).toBe(7n);
    expect(wordAt(memory, toAddress(0x1000n))).toBe(2n);
  });
});

describe('a stack printed before its words changed', () => {
  it('is placed by the words of its own step', async () => {
    const snapshot = await snapshotOf(`(gdb) break main.f
Breakpoint 1 at 0x471910: file /src/main.go, line 9.
(gdb) run
Thread 1 "app" hit Breakpoint 1, main.f () at /src/main.go:9
9	func f() {
(gdb) info registers rsp
rsp            0xc000040f00        0xc000040f00
(gdb) x/4xg $rsp
0xc000040f00:	0x0000000000000001	0x0000000000000002
0xc000040f10:	0x0000000000471960	0x0000000000000003
(gdb) bt
#0  main.f () at /src/main.go:9
#1  0x0000000000471960 in main.g () at /src/main.go:14
(gdb) continue
Continuing.
Thread 1 "app" hit Breakpoint 2, main.h () at /src/main.go:30
30	func h() {
(gdb) x/4xg 0xc000040f00
0xc000040f00:	0x0000000000000009	0x0000000000000009
0xc000040f10:	0x0000000000000009	0x0000000000000009
`);
    expect(snapshot.threads[0]?.frames[0]).toMatchObject({ function: 'main.f', sp: 0xc000040f00n, fp: 0xc000040f18n });
  });
});

describe('a session that runs backwards for long', () => {
  it('has each stack placed by the words of its own stop', async () => {
    const stops = 300;
    const slotOf = (stop: number) => 0xc000040f00 + 8 * (stop % 4);
    const lines = ['(gdb) run', 'Starting program: /app'];
    for (let stop = 0; stop < stops; stop++) {
      const target = `0x${(0x471900 + stop).toString(16)}`;
      lines.push(
        '(gdb) reverse-continue',
        'Continuing.',
        'Thread 1 "app" hit Breakpoint 1, main.f () at /src/main.go:9',
        '9	func f() {',
      );
      lines.push('(gdb) info registers rsp', 'rsp            0xc000040f00        0xc000040f00', '(gdb) x/4xg $rsp');
      for (let word = 0; word < 4; word += 2) {
        const shown = [word, word + 1].map((one) => (one === stop % 4 ? target : '0x1'));
        lines.push(`0x${(0xc000040f00 + 8 * word).toString(16)}:	${shown.join('	')}`);
      }
      lines.push('(gdb) bt', '#0  main.f () at /src/main.go:9', `#1  ${target} in main.g () at /src/main.go:14`);
    }
    const snapshot = await snapshotOf(lines.join('\n'));
    const ends = snapshot.threads.map((thread) => [thread.frames[1]?.pc, thread.frames[0]?.fp]);
    expect(ends).toHaveLength(stops);
    expect(ends).toEqual(Array.from({ length: stops }, (_, stop) => [BigInt(0x471900 + stop), BigInt(slotOf(stop) + 8)]));
  });
});
