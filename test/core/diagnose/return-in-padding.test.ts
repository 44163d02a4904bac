/** A return address that was replaced by one between two functions: real dumps of a program whose assembly does that. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

async function findingsOf(text: string) {
  const analysed = await analyse([{ name: 'dump.txt', bytes: new TextEncoder().encode(text) }]);
  return analysed.snapshots[0]?.findings ?? [];
}

function fixture(version: string): string {
  return readFileSync(new URL(`../../fixtures/diagnose/padding/ra-04-go${version}.txt`, import.meta.url), 'utf8');
}

describe('a return address in the padding behind a function', () => {
  it.each([
    ['1.18.10', 0x46a40dn, undefined],
    ['1.21.13', 0x466cadn, 0xc000036700n],
    ['1.27.1', 0x48978dn, 0x3f8275e0ee78n],
  ])('go%s: is the bogus one, not the word that the walk met next', async (version, value, at) => {
    const [first] = await findingsOf(fixture(version));
    expect(first?.rule).toBe('RA-04');
    expect(first?.bogus.map((pointer) => [pointer.value, pointer.at])).toEqual([[value, at]]);
    expect(first?.explanation).toContain('behind the end of `main.shelf`');
    if (at !== undefined) expect(first?.headline).toContain('`main.stow`');
  });

  it('follows other addresses and names', async () => {
    const text = fixture('1.21.13')
      .replaceAll('466cad', '467bae')
      .replaceAll('main.shelf', 'main.rack')
      .replaceAll('main.stow', 'main.pile');
    const [first] = await findingsOf(text);
    expect(first?.bogus[0]?.value).toBe(0x467baen);
    expect(first?.headline).toContain('`main.pile`');
    expect(first?.explanation).toContain('`main.rack`');
  });

  it('the first byte behind the end is padding too', async () => {
    const [first] = await findingsOf(fixture('1.21.13').replace('until pc=0x466cac', 'until pc=0x466cad'));
    expect(first?.bogus[0]?.value).toBe(0x466cadn);
  });

  it('near miss: a table that covers the address is damaged itself', async () => {
    const text = fixture('1.21.13').replace('targetpc=0x466cad', 'targetpc=0x466ca0');
    expect((await findingsOf(text)).map((finding) => finding.rule)).not.toContain('RA-04');
  });
});
