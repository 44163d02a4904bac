import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowMap, RowRanges } from '../../../src/core/assemble/row-map.ts';

const ranges = fc.array(fc.tuple(fc.nat(60), fc.nat(12)).map(([start, length]) => ({ start, end: start + length })));

describe('rows of a snapshot', () => {
  it('keep their order, each once', () => {
    fc.assert(
      fc.property(ranges, (added) => {
        const gathered = new RowRanges();
        for (const { start, end } of added) gathered.add(start, end);
        const map = new RowMap(gathered.finish());
        const taken = Array.from({ length: 80 }, (_unused, row) => row).filter((row) =>
          added.some(({ start, end }) => row >= start && row < end),
        );
        expect(map.length).toBe(taken.length);
        const expected = Array.from({ length: 80 }, (_unused, row) => taken.indexOf(row));
        expect(expected.map((_unused, row) => map.to(row))).toEqual(expected);
        expect(map.to(-1)).toBe(-1);
        expect(map.keepsNumbers).toBe(taken.every((row, index) => row === index));
      }),
    );
  });

  it('are one range where they follow each other', () => {
    const gathered = new RowRanges();
    for (let row = 5; row < 1000; row++) gathered.add(row, row + 1);
    expect(gathered.finish()).toEqual([{ start: 5, end: 1000 }]);
  });
});
