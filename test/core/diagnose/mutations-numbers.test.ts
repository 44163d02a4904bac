/** Sizes, offsets, counts, pids and constants of fixtures are changed one by one: the finding names the new ones and forgets the old. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { ruleCases } from './cases/index.ts';
import { otherNumbers } from './mutations/numbers.ts';

async function saidBy(rule: string, text: string): Promise<string> {
  const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(text) }]);
  const found = analysed.snapshots.flatMap((one) => one.findings).find((finding) => finding.rule === rule);
  if (found === undefined) throw new Error(`${rule} says nothing`);
  return `${found.headline}\n${found.explanation}`;
}

describe('other numbers', () => {
  it.each(otherNumbers)('$rule', async ({ rule, swaps, says }) => {
    const text = ruleCases.find((one) => one.rule === rule)?.fires[0]?.text ?? '';
    for (const [before] of swaps.slice(0, 1)) expect(text).toContain(before);
    const original = await saidBy(rule, text);
    const changed = await saidBy(
      rule,
      swaps.reduce((so, [before, after]) => so.replaceAll(before, after), text),
    );
    for (const [before, after] of says) {
      expect(original).toContain(before);
      expect(changed).toContain(after);
      expect(changed).not.toContain(before);
    }
  });
});
