/** Rows of words in columns are those that objects give, whatever their units, digits, symbols and places are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameColumns, GoroutineColumns, StringTable } from '../../../../../src/core/model/columns.ts';
import { readText } from '../../../../../src/core/text/index.ts';
import { documentOf } from '../../../../support/document.ts';

function wordsOf(text: string, closely: boolean): unknown {
  const columns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const { facts, lineClass } = readText(documentOf(text), columns, undefined, undefined, closely);
  const read = facts.map((fact) => (fact.kind === 'words' ? [fact.textLine, fact.wordSize, fact.words] : fact));
  return [read, Array.from(lineClass)];
}

const value = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: 0n, max: 0xffffn }),
  fc.constantFrom(0n, 0x40n, 0x47c001n, 0x12345678n),
);
const row = fc.record({
  values: fc.array(value, { minLength: 1, maxLength: 9 }),
  digits: fc.constantFrom(0, 2, 4, 8, 8, 16, 16),
  symbols: fc.array(fc.constantFrom('', '', '', ' <main.f+1>', ' <main.(*t).g>')),
  gap: fc.constantFrom(0, 0, 0, 0, 1, 2, 8, 4096),
  stride: fc.constantFrom(0, 0, 0, 0, 1, 2, 4, 8),
  own: fc.constantFrom('', '', '', ' <runtime.m0+8>'),
  cut: fc.constantFrom(false, false, false, false, false, true),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function listing(command: string, start: bigint, rows: readonly Row[], usual: Row): string {
  let text = command === '' ? '(gdb) p 1\n$1 = 1\n' : `(gdb) ${command} $sp\n`;
  let address = start;
  for (const [index, { values, symbols, gap, stride, own, cut }] of rows.entries()) {
    const digits = index % 5 === 4 ? (rows[index]?.digits ?? 0) : usual.digits;
    address += BigInt(gap);
    const size = stride > 0 ? stride : digits === 0 ? 8 : digits / 2;
    const printed = values.map((wide, at) => {
      const number = digits === 0 ? wide : BigInt.asUintN(4 * digits, wide);
      return `\t0x${number.toString(16).padStart(digits, '0')}${digits === 0 || at > 5 ? (symbols[at] ?? '') : ''}`;
    });
    const place = `0x${address.toString(16)}${own}:`;
    text += cut ? `${place}\tCannot access memory at address 0x${address.toString(16)}\n` : `${place}${printed.join('')}\n`;
    address += BigInt(size * values.length);
  }
  return `${text}(gdb) p 2\n$2 = 2\n`;
}

describe('rows of words', () => {
  it('are the same in columns', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('x/8xg', 'x/4xw', 'x/6a', 'x/16xb', 'x/8xh', 'x', 'x/3x', ''),
        fc.constantFrom(0xc000040000n, 0xfffffff8n, 0x1003n, 0xffffffffffffffe0n, 0x7ffe10n),
        fc.array(row, { minLength: 1, maxLength: 6 }),
        row,
        (command, start, rows, usual) => {
          const text = listing(command, start, rows, usual);
          expect({ text, read: wordsOf(text, false) }).toEqual({ text, read: wordsOf(text, true) });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
