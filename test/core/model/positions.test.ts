import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineStartsOf } from '../../../src/core/input/lines.ts';
import {
  editorText,
  isRemoved,
  lineOfOffset,
  offsetToPosition,
  offsetToString,
  originalToText,
  positionToOffset,
  positionsToRange,
  rangeToPositions,
  stringToOffset,
} from '../../../src/core/model/positions.ts';

const encoder = new TextEncoder();
const source = (bytes: Uint8Array) => ({ bytes, lineStarts: lineStartsOf(bytes) });

/** Lines as Monaco splits them: CR LF, LF and a lone CR end a line. */
const editorLines = (text: string) => text.split(/\r\n|\n|\r/);

/** Text with astral characters, line ends of all kinds, and broken UTF-8. */
const bytesLikeText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }).map((text) => [...encoder.encode(text)]),
      fc.constantFrom([10], [13, 10], [13], [0xf0, 0x9f, 0x98, 0x80], [0xef, 0xbb, 0xbf], [0xe2, 0x82], [0xf0, 0x9f], [0xc3]),
      fc.array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 4 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

describe('positions', () => {
  it('gives lines and columns from 1, in UTF-16 units', () => {
    const document = source(encoder.encode('aé\n😀x\r\n'));
    expect(offsetToPosition(document, 0)).toEqual({ line: 1, column: 1 });
    expect(offsetToPosition(document, 3)).toEqual({ line: 1, column: 3 });
    expect(offsetToPosition(document, 4)).toEqual({ line: 2, column: 1 });
    expect(offsetToPosition(document, 6)).toEqual({ line: 2, column: 1 });
    expect(offsetToPosition(document, 8)).toEqual({ line: 2, column: 3 });
    // The return of CR LF is the end of its line.
    expect(offsetToPosition(document, 10)).toEqual({ line: 2, column: 4 });
    expect(offsetToPosition(document, 11)).toEqual({ line: 3, column: 1 });
    expect(offsetToPosition(document, 99)).toEqual({ line: 3, column: 1 });
    expect(positionToOffset(document, 2, 2)).toBe(4);
    expect(positionToOffset(document, 2, 3)).toBe(8);
    expect(positionToOffset(document, 2, 99)).toBe(9);
    expect(positionToOffset(document, 0, 5)).toBe(0);
    expect(positionToOffset(document, 9, 1)).toBe(11);
    expect(rangeToPositions(document, { start: 1, end: 8 })).toEqual({
      startLineNumber: 1,
      startColumn: 2,
      endLineNumber: 2,
      endColumn: 3,
    });
  });

  it('shows lone returns, so that the editor counts the same lines', () => {
    expect(editorText(encoder.encode('a\rb\r\nc\r\r\nd\r'))).toBe('a␍b\r\nc␍\r\nd␍');
    fc.assert(
      fc.property(bytesLikeText, (bytes) => {
        const { lineStarts } = source(bytes);
        const shown = editorLines(editorText(bytes));
        const closed = bytes.length === 0 || bytes.at(-1) === 10;
        expect(shown.length).toBe(lineStarts.length - 1 + (closed ? 1 : 0));
      }),
    );
  });

  it('agrees with TextDecoder on every character start', () => {
    fc.assert(
      fc.property(bytesLikeText, (bytes) => {
        const text = new TextDecoder().decode(bytes);
        expect(offsetToString(bytes, bytes.length)).toBe(text.length);
        for (let index = 0; index <= text.length; index++) {
          const offset = stringToOffset(bytes, index);
          const back = offsetToString(bytes, offset);
          // Between the halves of a pair, the pair's start.
          const inside =
            index < text.length && /[\udc00-\udfff]/.test(text[index] ?? '') && /[\ud800-\udbff]/.test(text[index - 1] ?? '');
          expect(back).toBe(inside ? index - 1 : index);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('every editor position goes to an offset and back', () => {
    fc.assert(
      fc.property(bytesLikeText, (bytes) => {
        const document = source(bytes);
        editorLines(editorText(bytes)).forEach((line, index) => {
          let column = 1;
          for (const character of [...Array.from(line), '']) {
            const offset = positionToOffset(document, index + 1, column);
            expect(offsetToPosition(document, offset)).toEqual({ line: index + 1, column });
            column += character.length;
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('every offset goes to the start of its character', () => {
    fc.assert(
      fc.property(bytesLikeText, fc.nat(), (bytes, any) => {
        const document = source(bytes);
        const offset = any % (bytes.length + 1);
        const { line, column } = offsetToPosition(document, offset);
        const back = positionToOffset(document, line, column);
        expect(offsetToPosition(document, back)).toEqual({ line, column });
        expect(Math.abs(back - offset)).toBeLessThanOrEqual(3);
        const range = rangeToPositions(document, { start: back, end: bytes.length });
        expect(positionsToRange(document, range)).toEqual({
          start: back,
          end: Math.max(back, positionToOffset(document, range.endLineNumber, range.endColumn)),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds the line of an offset', () => {
    const starts = Uint32Array.of(0, 2, 3, 9);
    expect([0, 1, 2, 3, 8, 9, 50].map((offset) => lineOfOffset(starts, offset))).toEqual([0, 0, 1, 2, 2, 2, 2]);
    expect(lineOfOffset(Uint32Array.of(0), 0)).toBe(0);
  });
});

describe('originalToText', () => {
  // Document: 'xxabcxxdef', text: 'abc' + made '!' for the second 'xx' + 'ef'.
  const origin = {
    textStart: Float64Array.of(0, 3, 4),
    originStart: Float64Array.of(2, 5, 8),
    originEnd: Float64Array.of(5, 7, 10),
    copied: Uint8Array.of(1, 0, 1),
  };

  it('is the inverse of the map, and passes over what was removed', () => {
    expect([0, 2, 4, 5, 6, 7, 8, 9].map((offset) => originalToText(origin, offset))).toEqual([0, 0, 2, 3, 3, 4, 4, 5]);
    expect(originalToText(origin, 10)).toBeUndefined();
    expect([0, 1, 2, 6, 7, 8, 10].map((offset) => isRemoved(origin, offset))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});
