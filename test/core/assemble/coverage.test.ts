/** Every line is counted once, whatever the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { LineClass } from '../../../src/core/model/line-class.ts';
import { goroutineText, panicText, snapshotOf } from './support.ts';

const lines = fc.constantFrom(
  '',
  '   ',
  'It died again last night, and nobody knows why.',
  'panic: boom',
  'fatal error: fault',
  'goroutine 7 [running]:',
  'goroutine x [running]:',
  'main.f(0x1, 0x2)',
  '\t/src/app/main.go:10 +0x1d',
  'created by main.main in goroutine 1',
  '0xc000040d48:\t0x0000000000000000\t0x0000000000000001',
  '0xc000040d48:\t0x00000000000zz',
  '(gdb) bt',
  '#0  main.f () at /src/app/main.go:10',
  'rax            0x0                 0',
  '> quoted',
  '\r',
  'é漢字\u001b[31mred\u001b[0m',
);

const texts = fc
  .array(fc.oneof({ weight: 5, arbitrary: lines }, { weight: 1, arbitrary: fc.string() }), { maxLength: 40 })
  .chain((parts) => fc.constantFrom('\n', '\r\n').map((end) => parts.join(end)));

function linesOf(text: string): number {
  if (text === '') return 0;
  const feeds = text.split('\n').length - 1;
  return text.endsWith('\n') ? feeds : feeds + 1;
}

describe('coverage', () => {
  it('adds up for any text', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const bytes = new TextEncoder().encode(text);
        const { snapshots, lineClasses } = await analyse([{ name: 'any.txt', bytes }]);
        const coverage = snapshots[0]?.snapshot.coverage;
        expect(coverage).toBeDefined();
        if (coverage === undefined) return;
        expect(coverage.recognised + coverage.prose + coverage.unrecognised.length).toBe(coverage.lines);
        expect(coverage.lines).toBe(linesOf(text));
        expect(lineClasses?.[0]).toHaveLength(coverage.lines);
        expect(lineClasses?.[0]?.includes(LineClass.blank)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('adds up over several documents', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const parts = [panicText('one', 1, 'main.f'), 'Prose.\n', panicText('two', 2, 'main.g')];
    const { snapshots } = await analyse(parts.map((text, index) => ({ name: index.toString(), bytes: bytes(text) })));
    const coverage = snapshots[0]?.snapshot.coverage;
    expect(coverage?.lines).toBe(parts.reduce((sum, text) => sum + linesOf(text), 0));
    expect(coverage).toMatchObject({ headers: 2, frames: 2, createdBy: 0, prose: 1, unrecognised: [] });
  });

  it('gives blank lines to the recognised text beside them, others to prose', async () => {
    const snapshot = await snapshotOf(`One.\n\nTwo.\n\npanic: boom\n\n${goroutineText(1, 'running', 'main.f')}`);
    expect(snapshot.coverage).toMatchObject({ lines: 9, prose: 3, recognised: 6 });
  });

  it('counts pairs and headers as printed', async () => {
    const text = [
      'panic: boom',
      '',
      'goroutine 1 [running]:',
      'main.f(...)',
      '\t/src/app/main.go:10',
      'main.main()',
      '\t/src/app/main.go:20 +0x1d',
      '',
      'goroutine 2 [chan receive]:',
      'main.g()',
      '\t/src/app/main.go:30 +0x1d',
      'created by main.main in goroutine 1',
      '\t/src/app/main.go:21 +0x2d',
      '',
    ].join('\n');
    expect((await snapshotOf(text)).coverage).toMatchObject({ headers: 2, frames: 3, createdBy: 1, lines: 13 });
  });
});
