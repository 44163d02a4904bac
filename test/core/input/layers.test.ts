import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectExactOrigin, fixture, fixtures, open, textOf } from './support.ts';
import { wrappers } from './wrappers.ts';

describe('a layer taken off gives the text that was wrapped', () => {
  for (const wrapper of wrappers) {
    for (const name of fixtures) {
      it(`${wrapper.name}: ${name}`, async () => {
        const text = fixture(name);
        const wrapped = wrapper.wrap(text);
        const document = await open(wrapped);
        expect(textOf(document)).toBe(text);
        expect(document.layers).toEqual(wrapped === text ? [] : wrapper.layers);
        expectExactOrigin(document);
      });
    }
  }
});

/** Lone returns leave no lines to wrap again. */
const asInner = wrappers.filter(({ name }) => name !== 'lone returns');

describe('layers nest', () => {
  for (const outer of wrappers) {
    for (const inner of asInner) {
      if (outer === inner) continue;
      it(`${inner.name} in ${outer.name}`, async () => {
        const text = fixture('clobbered-frame-pointer');
        const document = await open(outer.wrap(inner.wrap(text)));
        expect(textOf(document)).toBe(text);
        expect(document.layers.length).toBeGreaterThan(0);
        expectExactOrigin(document);
      });
    }
  }
});

describe('deeper nests', () => {
  const named = (list: typeof wrappers) => fc.constantFrom(...list.map(({ name }) => name));
  const wrap = (text: string, name: string) => wrappers.find((wrapper) => wrapper.name === name)?.wrap(text) ?? text;

  it('three layers around a whole dump give it back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('clobbered-frame-pointer', 'bad-pointer', 'return-pc'),
        fc.tuple(named(asInner), named(asInner), named(wrappers)).filter((names) => new Set(names).size === names.length),
        async (name, nest) => {
          const text = fixture(name);
          const document = await open(nest.reduce(wrap, text));
          expect(textOf(document)).toBe(text);
          expectExactOrigin(document);
        },
      ),
      { seed: 20261121, numRuns: 500 },
    );
  }, 60_000);
});
