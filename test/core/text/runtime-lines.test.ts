/** Lines of the runtime that are read at once give what the registry gives, as they are printed and mutilated. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutated, mutation, same } from '../../support/closely.ts';
import { read } from './render.ts';

const folder = new URL('../../fixtures/text/', import.meta.url);
const longest = 20_000;
const dumps = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);
const heads = dumps.map(([, text]) => text.slice(0, longest));

describe('lines of the runtime', () => {
  it.each(dumps)('give the same both ways: %s', (_, text) => {
    same(text);
  });

  it('give the same both ways, mutilated', () => {
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.array(mutation, { minLength: 1, maxLength: 6 }), (text, mutations) => {
        same(mutations.reduce(mutated, text));
      }),
      { numRuns: 300 },
    );
  });

  it('are left to the registry where a debugger speaks', () => {
    const rows = 'rax            0x1                 1\nrbx            0x2                 2\n';
    const origins = (text: string) =>
      read(text).records.facts.flatMap((fact) => (fact.kind === 'registers' ? [fact.origin] : []));
    expect(origins(rows)).toEqual(['debugger']);
    expect(origins('rax    0x1\nrbx    0x2\n')).toEqual(['runtime']);
    same('(gdb) info registers rax rbx\nrax    0x1\nrbx    0x2\n(gdb) c\nruntime: pointer 0x1\nfatal error: x\n');
  });
});
