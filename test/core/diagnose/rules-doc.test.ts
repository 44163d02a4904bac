/** docs/rules.md says of every rule what it needs and what would refute it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refutations } from '../../../src/core/diagnose/refutations.ts';
import { readKnowledge } from '../../../src/core/diagnose/knowledge/read.ts';
import { rules } from '../../../src/core/diagnose/rules/index.ts';

const text = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
const rows = [...text.matchAll(/^\| ([A-Z]+-\d\d) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)];

describe('docs/rules.md', () => {
  it('has a row for every rule, and for no other', () => {
    expect(rows.map((row) => row[1]).sort()).toEqual(rules.map((rule) => rule.id).sort());
  });

  it('says what the findings say would refute them', () => {
    for (const [, id, , , refutedBy] of rows) expect(refutedBy, id).toBe(refutations[id ?? '']);
  });

  it('shows a file of knowledge that is accepted', () => {
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(readKnowledge(example, 'example').problems).toEqual([]);
  });
});
