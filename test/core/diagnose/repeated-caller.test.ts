/** A caller that the unwinder found twice, in a real dump of a write barrier on arm. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

const text = readFileSync(new URL('../../fixtures/diagnose/padding/repeated-caller-go1.23.4-arm.txt', import.meta.url), 'utf8');

async function rulesOf(dump: string): Promise<string[]> {
  const { snapshots } = await analyse([{ name: 'dump.txt', bytes: new TextEncoder().encode(dump) }]);
  return (snapshots[0]?.findings ?? []).map((finding) => finding.rule);
}

describe('a caller that was found twice', () => {
  it('makes no return address bogus', async () => {
    const rules = await rulesOf(text);
    expect(rules[0]).toMatch(/^GC-0[1-4]$/);
    expect(rules).not.toContain('RA-04');
  });

  it('near miss: behind a function with a frame, a caller of the same pc recurs and the word counts', async () => {
    expect(await rulesOf(text.replace('fp=0x45ae34 sp=0x45ae34 pc=0x86c10', 'fp=0x45ae34 sp=0x45ae30 pc=0x86c10'))).toContain(
      'RA-04',
    );
  });

  it('near miss: another caller is no repetition', async () => {
    const at = text.lastIndexOf('pc=0xc45d8');
    expect(await rulesOf(`${text.slice(0, at)}pc=0xc45e0${text.slice(at + 10)}`)).toContain('RA-04');
  });
});
