/** Rows of whole words go to columns; what needs a closer look does not, and gives the same words. */
import { describe, expect, it } from 'vitest';
import { factsOf, read } from './support.ts';

const wordsOf = (text: string) => factsOf(read(text), 'words');
const pairs = (text: string) => wordsOf(text).flatMap((fact) => fact.words.map(({ address, value }) => [address, value]));

describe('runs of whole words', () => {
  it('go to columns, of which the fact makes words', () => {
    const text = `(gdb) x/4ag 0xffffffe0
0xffffffe0:\t0x0\t0x47a010 <main.f+16>
0xfffffff0:\t0xffffffffffffffff\t0x100000002
0x100000000:\t0x5\t0x47a010 <main.f+16>
`;
    const reading = read(text);
    const [fact] = factsOf(reading, 'words');
    expect(fact?.run).toMatchObject({ from: 0, to: 6 });
    expect(fact?.words.map(({ address, value, symbol }) => [address, value, symbol])).toEqual([
      [0xffffffe0n, 0n, undefined],
      [0xffffffe8n, 0x47a010n, 'main.f+16'],
      [0xfffffff0n, 0xffffffffffffffffn, undefined],
      [0xfffffff8n, 0x100000002n, undefined],
      [0x100000000n, 5n, undefined],
      [0x100000008n, 0x47a010n, 'main.f+16'],
    ]);
    expect(fact?.words.map(({ source }) => text.slice(source.start, source.end))[5]).toBe('0x47a010 <main.f+16>');
    expect(factsOf(reading, 'symbol').map(({ symbol }) => [symbol.name, symbol.start])).toEqual([['main.f', 0x47a000n]]);
  });

  it('carry the address over the lower half', () => {
    expect(pairs('0xfffffff8:\t0x0000000000000001\t0x0000000000000002\n')).toEqual([
      [0xfffffff8n, 1n],
      [0x100000000n, 2n],
    ]);
  });

  it('teach a symbol again where it stands beside another address', () => {
    const text = `0x1000:\t0x47a010 <main.f+16>\t0x47b010 <main.f+16>
0x1010:\t0x47a010 <main.f+16>\t0x47b010 <main.f+16>
`;
    expect(factsOf(read(text), 'symbol').map(({ symbol }) => symbol.start)).toEqual([0x47a000n, 0x47b000n]);
  });

  it('join smaller units to words, and end where nothing more can be read', () => {
    const small = '(gdb) x/4xw 0x1000\n0x1000:\t0x00000001\t0x00000002\t0x00000003\t0x00000004\n';
    const cut = '0x1000:\t0x0000000000000001\t0x0000000000000002\n0x1010:\tCannot access memory at address 0x1010\n';
    expect([small, cut].map((text) => wordsOf(text).map((fact) => fact.run?.to))).toEqual([[2], [2]]);
    expect(pairs(small)).toEqual([
      [0x1000n, 0x200000001n],
      [0x1008n, 0x400000003n],
    ]);
    expect(pairs(cut)).toHaveLength(2);
    expect(factsOf(read(cut), 'unreadable').map(({ address }) => address)).toEqual([0x1010n]);
  });

  it('join units that no aligned word holds whole, and name the bytes of all parts', () => {
    const text = '(gdb) x/8xb 0x1003\n0x1003:\t0x01\t0x02\t0x03\t0x04\t0x05\t0x06\t0x07\t0x80\n';
    expect(pairs(text)).toEqual([[0x1003n, 0x8007060504030201n]]);
    const [word] = wordsOf(text).flatMap((fact) => fact.words);
    expect(text.slice(word?.source.start, word?.source.end)).toMatch(/^0x01\t.*\t0x80$/);
  });

  it('leave to a closer look what wraps or is decimal', () => {
    const wrapped = '0x1000:\t0x0000000000000001\n0x0000000000000002\n0x1010:\t0x0000000000000003\t0x0000000000000004\n';
    const decimal = '0x1000:\t0x0000000000000001\t0x0000000000000002\n0x1010:\t-1\t7\n';
    expect([wrapped, decimal].map((text) => wordsOf(text).map((fact) => fact.run))).toEqual([[undefined], [undefined]]);
    expect(pairs(wrapped)).toHaveLength(4);
    expect(pairs(decimal).slice(0, 2)).toEqual([
      [0x1000n, 1n],
      [0x1008n, 2n],
    ]);
  });

  it('keep listings of other places in one run', () => {
    const text = '0x1000:\t0x0000000000000001\t0x0000000000000002\n0x9000:\t0x0000000000000003\t0x0000000000000004\n';
    expect(wordsOf(text)[0]?.run).toMatchObject({ from: 0, to: 4 });
    expect(pairs(text).map(([address]) => address)).toEqual([0x1000n, 0x1008n, 0x9000n, 0x9008n]);
  });
});
