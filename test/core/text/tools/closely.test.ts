/** Listings of tools give the same from bytes as from expressions, as they are printed and mutilated. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { mutated, mutation, same } from '../../../support/closely.ts';

const file = new URL('../../../fixtures/debugger/listings.txt', import.meta.url);
const examples = readFileSync(file, 'utf8').split(/^@@ .*\n/m);

describe('listings of tools', () => {
  it.each(examples.map((text, index) => [index, text] as const))('give the same both ways: example %i', (_, text) => {
    same(text);
    same(text.replaceAll('\n', '\r\n'));
    for (let at = 0; at < text.length; at += 41) same(text.slice(at));
  });

  it('give the same both ways, mutilated', () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.array(mutation, { minLength: 1, maxLength: 6 }), (text, mutations) => {
        same(mutations.reduce(mutated, text));
      }),
      { numRuns: 500 },
    );
  });
});
