/** Fragments are found in one pass, wherever they stand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fragments } from '../../../src/core/text/fragments.ts';

const texts = ['panic: ', 'SIG', 'ernel', 'kernel:', '(0x', 'ab', 'bab'];
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('fragments', () => {
  it('stand in a line where the text has them, and nowhere else', () => {
    const fragments = new Fragments();
    const bits = texts.map((text) => fragments.maskOf([text]));
    const piece = fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 4 }), fc.constantFrom('ker', 'pan', '0x', 'é'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('', 'SI', 'pani'), (pieces, before) => {
        const line = pieces.join('');
        const bytes = bytesOf(`${before}${line}G: `);
        const found = fragments.in(bytes, before.length, bytes.length - 3);
        expect(bits.map((bit) => (found & bit) !== 0)).toEqual(texts.map((text) => line.includes(text)));
      }),
    );
  });

  it('make one set of several, the same for the same texts', () => {
    const fragments = new Fragments();
    const both = fragments.maskOf(['SIG', 'ab']);
    expect(both).toBe(fragments.maskOf(['SIG']) | fragments.maskOf(['ab']));
    expect(fragments.in(bytesOf('x ab y'), 0, 6) & both).toBe(fragments.maskOf(['ab']));
    expect(fragments.in(bytesOf(''), 0, 0)).toBe(0);
  });
});
