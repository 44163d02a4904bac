/** A return address that was replaced by the start of a function: real dumps of a program that does that. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

async function findingsOf(text: string) {
  const analysed = await analyse([{ name: 'dump.txt', bytes: new TextEncoder().encode(text) }]);
  return analysed.snapshots[0]?.findings ?? [];
}

function fixture(version: string): string {
  return readFileSync(new URL(`../../fixtures/diagnose/padding/entry-go${version}.txt`, import.meta.url), 'utf8');
}

describe('a return address that points to the start of a function', () => {
  it.each([
    ['1.20.14', 0x4946e1n],
    ['1.26.8', 0x4ae901n],
  ])('go%s: is the bogus one, not the word that the walk met next', async (version, value) => {
    const [first] = await findingsOf(fixture(version));
    expect(first?.rule).toBe('RA-04');
    expect(first?.bogus.map((pointer) => pointer.value)).toEqual([value]);
    expect(first?.headline).toContain('`main.(*Visitor).Overwrite`');
    expect(first?.explanation).toContain('at the start of `main.pad`');
  });

  it('near miss: behind a first call somebody may return', async () => {
    const text = fixture('1.26.8')
      .replaceAll('<main.pad+0x1>', '<main.pad+0x41>')
      .replaceAll(/:64 \+0x1\b/g, ':64 +0x41');
    const [first] = await findingsOf(text);
    expect(first?.explanation).not.toContain('at the start of');
  });

  it('near miss: a signal may come at the first instruction', async () => {
    const text = fixture('1.26.8').replaceAll('main.(*Visitor).Overwrite', 'runtime.sigpanic');
    const [first] = await findingsOf(text);
    expect(first?.explanation).not.toContain('at the start of');
  });
});
