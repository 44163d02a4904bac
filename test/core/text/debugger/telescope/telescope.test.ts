import { describe, expect, it } from 'vitest';
import { read } from '../../render.ts';
import { facts, proseOf, readFixture, wordsIn } from '../../support.ts';

const gef = readFixture('stopped-in-assembly.gef.txt');
const pwndbg = readFixture('pwndbg.txt');

describe('GEF', () => {
  it('leaves no line unread', () => expect(proseOf(gef)).toEqual([]));

  it('makes a word of every link of a chain', () => {
    const words = wordsIn(gef);
    expect(words.get(0xc000098ef0n)).toBe(0xc000098fa8n);
    expect(words.get(0xc000098fa8n)).toBe(0xc000098fd0n);
    expect(words.get(0xc000098fd0n)).toBe(0n);
    expect(words.get(0xc000098ec8n)).toBe(0x40n);
  });

  it('learns registers and symbols from the rows', () => {
    const values = new Map(facts(gef, 'value').map((fact) => [fact.name, fact.value]));
    expect(values).toEqual(
      new Map([
        ['rsp', 0xc000098eb8n],
        ['rbp', 0xc000098ef0n],
      ]),
    );
    const symbols = new Map(facts(gef, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start]));
    expect(symbols.get('main.(*shard).lookup')).toBe(0x4878cfn - 79n);
    expect(symbols.get('main.worker')).toBe(0x487ad3n - 275n);
  });

  it('reads vmmap', () => {
    const mappings = facts(gef, 'mappings').flatMap((fact) => fact.mappings);
    expect(mappings).toHaveLength(27);
    expect(mappings[0]).toMatchObject({ start: 0x400000n, end: 0x488000n, permissions: 'r-x' });
    expect(mappings[25]).toMatchObject({ file: '[stack]' });
  });

  it('reads the newer rows with an index', () => {
    expect(wordsIn(read('0x000000c000098ec8|+0x0010|+002: 0x0000000000000040 ("@"?)\n')).get(0xc000098ec8n)).toBe(0x40n);
  });

  it('reads the registers of a context', () => {
    const reading = read(
      '$rax   : 0x1               \n$rbp   : 0x000000c000098ef0  →  0x0\n$eflags: [zero carry]\n$cs: 0x33 $ss: 0x2b\n',
    );
    expect(facts(reading, 'registers')[0]?.values.map((value) => [value.name, value.value])).toEqual([
      ['rax', 1n],
      ['rbp', 0xc000098ef0n],
    ]);
    expect(proseOf(reading)).toEqual([]);
  });
});

describe('pwndbg', () => {
  it('leaves no line unread', () => expect(proseOf(pwndbg)).toEqual([]));

  it('follows both arrows', () => {
    expect([...wordsIn(pwndbg)]).toEqual([
      [0x7fffffffe4c0n, 0x401136n],
      [0x7fffffffe4c8n, 1n],
      [0x7fffffffe4d0n, 0x7fffffffe5c0n],
      [0x7fffffffe5c0n, 0n],
      [0x7fffffffe4f0n, 0x30bc5b29n],
    ]);
  });

  it('reads vmmap and registers', () => {
    expect(facts(pwndbg, 'mappings').flatMap((fact) => fact.mappings)).toMatchObject([
      { start: 0x400000n, end: 0x488000n, permissions: 'r-xp', file: '/home/dev/a b/x' },
      { start: 0x7ffffffde000n, file: '[stack]' },
    ]);
    const [set] = facts(pwndbg, 'registers');
    expect(set?.values.find((value) => value.name === 'rbx')?.value).toBe(0x30bc5b29n);
  });
});
