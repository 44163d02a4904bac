import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLine, fit, fitEnd, printable, widthOf, wrap } from '../../../src/core/report/plain.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 120 });

describe('text for a terminal', () => {
  it('lets no control or reordering character through', () => {
    expect(printable('a\u001b[31mb\u202ec\td\u0007')).toBe('a\ufffd[31mb\ufffdc    d\ufffd');
  });

  it('counts wide characters twice and marks not at all', () => {
    expect(widthOf('a漢e\u0301')).toBe(4);
    expect(widthOf('●│◂')).toBe(3);
  });

  it('never makes a line wider than asked for', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 100 }), (value, width) => {
        const one = printable(value);
        expect(widthOf(fit(one, width))).toBeLessThanOrEqual(width);
        expect(widthOf(fitEnd(one, width))).toBeLessThanOrEqual(width);
        for (const line of wrap(one, width, ' - ', '   ')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('wraps without losing a character', () => {
    fc.assert(
      fc.property(text, (value) => {
        const one = printable(value).replace(/ /g, '');
        expect(wrap(one, 20).join('')).toBe(one);
      }),
    );
  });

  it('cuts a quoted line behind spaces, and loses nothing of it', () => {
    expect(cutLine('called  from 0x7fffffffe000', 20)).toEqual(['called  from ', '0x7fffffffe000']);
    fc.assert(
      fc.property(text, (value) => {
        const one = printable(value);
        const cut = cutLine(one, 20);
        expect(cut.join('')).toBe(one);
        for (const line of cut) expect(widthOf(line)).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('hangs the lines that follow the first', () => {
    expect(wrap('one two three', 9, '- ', '  ')).toEqual(['- one two', '  three']);
  });
});
