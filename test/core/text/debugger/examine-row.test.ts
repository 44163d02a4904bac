import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, read } from './support.ts';

const units = [
  { size: 8, perRow: 2 },
  { size: 4, perRow: 4 },
  { size: 2, perRow: 8 },
  { size: 1, perRow: 8 },
];
const hex = (value: bigint, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;

describe('rows of plain words', () => {
  it('give the words that were printed, in every size, with tabs or blanks', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 44n) - 1n }),
        fc.array(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), { minLength: 2, maxLength: 24 }),
        fc.constantFrom(...units),
        fc.constantFrom('\t', '    ', ' \t'),
        fc.constantFrom('', ' <main.table+8>', ' <main.(*shard).lookup>'),
        (place, words, { size, perRow }, gap, symbol) => {
          const start = place * 8n + 0x1000n;
          const per = 8 / size;
          const parts = words.flatMap((word) =>
            Array.from({ length: per }, (_, index) => (word >> BigInt(8 * size * index)) & ((1n << BigInt(8 * size)) - 1n)),
          );
          const rows: string[] = [];
          for (let at = 0; at < parts.length; at += perRow) {
            const values = parts.slice(at, at + perRow).map((value) => hex(value, 2 * size));
            rows.push(`${hex(start + BigInt(at * size), 1)}${symbol}:${gap}${values.join(gap)}`);
          }
          const found = factsOf(read(`${rows.join('\n')}\n`), 'words').flatMap((fact) => fact.words);
          expect(found.map(({ address, value }) => [address, value])).toEqual(
            words.map((word, index) => [start + BigInt(8 * index), word]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('name the bytes of each value', () => {
    const text = '   0x7ffe10 <x+8>:\t0x0000000000000001 <main.f+1>\t0xffffffffffffffff\r\n';
    const [words] = factsOf(read(text), 'words').map((fact) => fact.words);
    expect(words?.map(({ source }) => text.slice(source.start, source.end))).toEqual([
      '0x0000000000000001 <main.f+1>',
      '0xffffffffffffffff',
    ]);
    expect(words?.map((word) => [word.value, word.symbol])).toEqual([
      [1n, 'main.f+1'],
      [0xffffffffffffffffn, undefined],
    ]);
  });
});
