import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchesRule } from '../../../src/core/diagnose/ranking.ts';
import { rules } from '../../../src/core/diagnose/rules/index.ts';

const folder = new URL('../../../src/core/diagnose/rules/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts');

describe('the list of rules', () => {
  it('has unique ids', () => {
    const ids = rules.map((rule) => rule.id);
    expect([...new Set(ids)]).toEqual(ids);
  });

  it('holds every rule file, under the id that its name tells', () => {
    // A file without a rule is a helper of the rules; one that exports a rule must be listed.
    const withRule = files.filter((name) => /export const \w+: Rule\b/.test(readFileSync(new URL(name, folder), 'utf8')));
    expect(withRule.map((name) => name.replace('.ts', '').toUpperCase()).sort()).toEqual(rules.map((rule) => rule.id).sort());
  });

  it('has titles, and a pattern of `explains` only for rules that exist', () => {
    for (const rule of rules) {
      expect(rule.title).not.toBe('');
      for (const pattern of rule.explains ?? []) {
        expect(
          rules.some((other) => other.id !== rule.id && matchesRule(other.id, pattern)),
          `${rule.id} explains ${pattern}`,
        ).toBe(true);
      }
    }
  });
});
