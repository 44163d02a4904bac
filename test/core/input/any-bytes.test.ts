import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectExactOrigin, fixture, open } from './support.ts';
import { wrappers } from './wrappers.ts';

const decoder = new TextDecoder();

/** Pieces that layers look for, in any disorder. */
const pieces = fc.constantFrom(
  '\n',
  '\n',
  ' ',
  '\t',
  '> ',
  '```',
  '\r',
  '\r\n',
  '\u001b[31m',
  '\u001b]0;',
  '\u0007',
  '\ufeff',
  '\u00a0',
  '{"log":"',
  '\\n',
  '\\u00',
  '"}',
  '&lt;',
  '<pre>',
  '</pre>',
  '<br>',
  '#011',
  'app-1  | ',
  '2026/11/21 09:29:50 ',
  '2026-03-04T05:06:07Z stderr P ',
  'goroutine 1 [running]:',
  'main.main()',
  'main.f(0x1, {',
  '/x/y.go:12',
  ' +0x1',
  ' fp=0x1',
  'sp=0x2',
  'pc=0x3',
  'span.base()=0x1',
  'TEXT ·f(SB), $0 ',
  'MOVQ AX, BX ',
  'RET ',
  '#1 0x1 in f (',
  'panic: x',
);

describe('any bytes', () => {
  it('random bytes open, and the map stays exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        const document = await open(bytes);
        expect(document.byteLength).toBe(bytes.length);
        if (document.text.bytes.length > 0) expectExactOrigin(document);
      }),
    );
  });

  it('pieces of wrappings in any order open, and no line is lost but to a layer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 80 }), async (parts) => {
        const document = await open(parts.join(''));
        expectExactOrigin(document);
        if (document.layers.length === 0) expect(document.text.bytes).toBe(document.bytes);
      }),
      { numRuns: 400 },
    );
  });

  it('every filled line of a wrapped dump is covered by the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...wrappers.filter(({ name }) => name !== 'lone returns')),
        fc.nat({ max: 5000 }),
        async (wrapper, cut) => {
          const document = await open(wrapper.wrap(fixture('bad-pointer').slice(cut)));
          const { originStart, originEnd } = document.text.origin;
          const covered = new Uint8Array(document.bytes.length + 1);
          originStart.forEach((start, piece) => covered.fill(1, start, originEnd[piece]));
          for (let line = 0; line + 1 < document.lineStarts.length; line++) {
            const [start, past] = [document.lineStarts[line] ?? 0, document.lineStarts[line + 1] ?? 0];
            // Events without output are no lines of the dump.
            if (/^\{"Time":"[^"]*","Action":"(?!output)/.test(decoder.decode(document.bytes.subarray(start, past)))) continue;
            expect(covered.subarray(start, past).includes(1)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('hostile wrappings are taken off in linear time', () => {
  const size = 400_000;
  it.each([
    ['records without escapes', 'a="b" c=d msg="goroutine 1 [running]:"\n'.repeat(size / 40)],
    ['strings that end nowhere', `stack="goroutine 1 [running]:\\n\\n${'a\\n'.repeat(size)}`],
    ['many strings on a line', 'x="goroutine 1 [\\n\\n" '.repeat(size / 20)],
    ['soft line ends', 'x fp=3D0x1 sp=3D0x2 pc=3D0x3 =\n'.repeat(size / 30)],
    ['brackets in an event', `{"Time":"2026-01-01","Action":"output","Output":"${'{"'.repeat(size)}\n`],
    ['headers below frames', 'main.f()\ngoroutine 1 [running]:\n'.repeat(size / 30)],
    ['containers in turns', 'a-1 | goroutine 1 [running]:\nb-1 | goroutine 2 [running]:\n'.repeat(size / 60)],
    ['paths', 'a/'.repeat(size)],
    ['a dump behind a long log', `${'nothing here at all\n'.repeat(size)}goroutine 1 [running]:\nmain.f()\n\t/x.go:1\n`],
  ])('%s', async (_name, content) => expectExactOrigin(await open(content)), 20_000);
});
