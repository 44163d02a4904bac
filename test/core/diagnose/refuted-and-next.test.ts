/** Every finding says what would refute it and what to do next, on the positive fixtures of every rule. */
import { describe, expect, it } from 'vitest';
import { refutations } from '../../../src/core/diagnose/refutations.ts';
import { rules } from '../../../src/core/diagnose/rules/index.ts';
import { analyse } from '../../../src/core/index.ts';
import { ruleCases } from './cases/index.ts';

describe('refutations', () => {
  it('stand for every rule, and for no other id', () => {
    expect(Object.keys(refutations).sort()).toEqual(rules.map((rule) => rule.id).sort());
  });

  it('are sentences of their own', () => {
    for (const [id, text] of Object.entries(refutations)) expect(text, id).toMatch(/^[A-Z].{20,}[.]$/);
    expect(new Set(Object.values(refutations)).size).toBe(Object.keys(refutations).length);
  });
});

describe.each(ruleCases)('$rule', ({ rule, fires }) => {
  it.each([...fires])('$name: says what would refute it and what to do next', async (input) => {
    const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
    const own = analysed.snapshots.flatMap((one) => one.findings).filter((finding) => finding.rule === rule);
    for (const finding of own) {
      expect(finding.refutedBy, finding.id).toEqual([refutations[rule]]);
      expect(finding.next, finding.id).not.toEqual([]);
      expect(
        finding.next.some((step) => step.command !== undefined),
        `${finding.id} has a command`,
      ).toBe(true);
    }
  });
});
