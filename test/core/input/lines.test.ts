import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString, firstEscape, forEachLine, lineStartsOf } from '../../../src/core/input/lines.ts';
import { LineTable } from '../../../src/core/model/line-table.ts';

const encoder = new TextEncoder();

describe('lineStartsOf', () => {
  it.each([
    ['', [0]],
    ['a', [0, 1]],
    ['a\n', [0, 2]],
    ['\n', [0, 1]],
    ['a\n\nbc', [0, 2, 3, 5]],
  ])('%j', (text, starts) => {
    expect([...lineStartsOf(encoder.encode(text))]).toEqual(starts);
  });

  it('counts as many lines as there are line feeds, and the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', 'é', '\r')), (parts) => {
        const text = parts.join('');
        const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
        expect(lineStartsOf(encoder.encode(text)).length - 1).toBe(lines);
      }),
    );
  });
});

describe('LineTable', () => {
  it('finds the same lines and escapes in pieces of any size at any place in memory', () => {
    const text = fc.array(fc.constantFrom(10, 10, 9, 13, 27, 32, 97, 200, 0, 11, 26), { maxLength: 300 });
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, sizes, fc.nat(7), (values, pieces, shift) => {
        const bytes = new Uint8Array(values.length + shift).subarray(shift);
        bytes.set(values);
        const starts = values.flatMap((value, at) => (value === 10 && at + 1 < values.length ? [at + 1] : []));
        const expected = values.length === 0 ? [0] : [0, ...starts, values.length];
        const table = new LineTable(bytes.length, bytes.subarray(0, 5));
        for (let at = 0, piece = 0; at < bytes.length; piece++) {
          const end = Math.min(bytes.length, at + (pieces[piece % pieces.length] ?? 1));
          table.add(bytes.subarray(at, end));
          at = end;
        }
        expect([...table.finish()]).toEqual(expected);
        expect(table.escape).toBe(values.indexOf(27));
        expect([...lineStartsOf(bytes)]).toEqual(expected);
        expect(firstEscape(bytes)).toBe(values.indexOf(27));
      }),
      { numRuns: 300 },
    );
  });
});

describe('forEachLine', () => {
  it('visits each line with its head and its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 })), fc.integer({ min: 1, max: 40 }), (lines, columns) => {
        const bytes = encoder.encode(lines.join('\n'));
        const starts = lineStartsOf(bytes);
        let count = 0;
        forEachLine(bytes, columns, (line, start, end) => {
          expect(start).toBe(starts[count++]);
          expect(line).toBe(byteString(bytes, start, Math.min(end, start + columns)));
        });
        expect(count).toBe(starts.length - 1);
      }),
    );
  });

  it('crosses the blocks in which it decodes', () => {
    const bytes = encoder.encode(`${'x'.repeat(700_000)}\n`.repeat(4));
    const lengths: number[] = [];
    forEachLine(bytes, 1 << 24, (line) => lengths.push(line.length));
    expect(lengths).toEqual([700_000, 700_000, 700_000, 700_000]);
  });
});
