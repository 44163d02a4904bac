/** Each rule speaks about its fixtures and is silent about what only resembles them, from the bytes to the findings. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/diagnose/rules/index.ts';
import { analyse } from '../../../src/core/index.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import type { Input } from './cases/case.ts';
import { ruleCases } from './cases/index.ts';

async function findingsOf(input: Input): Promise<Finding[]> {
  const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
  expect(analysed.recognised, `${input.name} is not recognised`).toBe(true);
  return analysed.snapshots.flatMap((one) => one.findings);
}

describe('the fixtures', () => {
  it('cover every rule once: one text that it speaks about, two that resemble it', () => {
    expect(ruleCases.map((one) => one.rule).sort()).toEqual(rules.map((rule) => rule.id).sort());
    for (const { rule, fires, near } of ruleCases) {
      expect(fires.length, rule).toBeGreaterThanOrEqual(1);
      expect(near.length, rule).toBeGreaterThanOrEqual(2);
    }
  });
});

describe.each(ruleCases)('$rule', ({ rule, fires, near }) => {
  it.each([...fires])('speaks about $name', async (input) => {
    const findings = await findingsOf(input);
    const found = findings.filter((finding) => finding.rule === rule);
    expect(found, findings.map((finding) => finding.id).join(' ')).not.toEqual([]);
    expect(found[0]?.evidence.some((evidence) => evidence.source !== undefined)).toBe(true);
  });

  it.each([...near])('is silent: $why', async ({ input }) => {
    const findings = await findingsOf(input);
    expect(findings.filter((finding) => finding.rule === rule).map((finding) => finding.headline)).toEqual([]);
  });
});
