/** What is read in runs of plain lines is what the readers of single lines give, on sessions as they are printed and on mutilated ones. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { mutated, mutation, same } from '../../../../support/closely.ts';

const folder = new URL('../../../../fixtures/debugger/reference/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/^@@ .*\n/m));
const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/debugger/${name}`, import.meta.url), 'utf8');
const delve = fixture('clobbered-frame-pointer.delve.txt');
const delveStops = fixture('hot-forms.delve.txt');
const delveValues = fixture('nil-map-value.delve.txt');
const stops = fixture('hot-forms.txt');
const lldb = fixture('hot-forms.lldb.txt');
const telescopes = fixture('stopped-in-assembly.gef.txt') + fixture('pwndbg.txt');

describe('runs of plain lines', () => {
  it.each(examples.map((text, index) => [index, text] as const))(
    'give the facts of example %i, with a prompt above or not',
    (_, text) => {
      same(text);
      same(`(gdb) bt\n${text}`);
    },
  );

  it('give the facts of a session in hot forms, whole and cut anywhere', () => {
    same(stops);
    for (const session of [delve, delveStops, delveValues, lldb, telescopes]) same(session);
    for (let at = 0; at < delveStops.length; at += 211) same(delveStops.slice(0, at));
    for (let at = 0; at < stops.length; at += 37) same(stops.slice(0, at));
  });

  it('give the facts of mutilated sessions of Delve', () => {
    const texts = fc.constantFrom(delve, delveValues, ...delveStops.split(/(?=^\(dlv\) )/m));
    fc.assert(
      fc.property(texts, fc.array(mutation, { minLength: 1, maxLength: 4 }), (text, mutations) => {
        same(mutations.reduce(mutated, text));
      }),
      { numRuns: 500 },
    );
  });

  it('give the facts of mutilated sessions of LLDB and of telescopes', () => {
    const texts = fc.constantFrom(...lldb.split(/(?=^\(lldb\) )/m), ...telescopes.split(/(?=^(?:gef➤|pwndbg>))/m));
    fc.assert(
      fc.property(texts, fc.array(mutation, { minLength: 1, maxLength: 4 }), (text, mutations) => {
        same(mutations.reduce(mutated, text));
      }),
      { numRuns: 500 },
    );
  });

  it('give the facts of mutilated sessions', () => {
    const texts = fc.constantFrom(stops, delve, ...examples.map((text) => `(gdb) info registers\n${text}`));
    fc.assert(
      fc.property(texts, fc.array(mutation, { minLength: 1, maxLength: 6 }), (text, mutations) => {
        same(mutations.reduce(mutated, text));
      }),
      { numRuns: 500 },
    );
  });
});
