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
        expect(textOf(document)).toBe(`${wrapper.keeps ?? ''}${text}`);
        expect(document.layers).toEqual(wrapped === text ? [] : wrapper.layers);
        expectExactOrigin(document);
      });
    }
  }
});

/** Lone returns leave no lines to wrap again. */
const asInner = wrappers.filter(({ name }) => name !== 'lone returns');
const asOuter = asInner;
/** Prefixes of no known form are found by the goroutine header right behind them, quotes by their number of lines. */
const apart = (outer: string, inner: string) => {
  const oneRecord = inner === 'structured json' || inner === 'slog';
  if (outer === 'own prefix')
    return ['compose', 'docker json', 'structured json', 'html', 'go test', 'logfmt', 'slog'].includes(inner);
  if (outer.startsWith('quoted') || outer === 'comment' || outer === 'indented') {
    if (outer !== 'quoted-printable') return oneRecord || (outer === 'indented' && inner === 'quoted-printable');
  }
  // What stands in front of the string of a record stays there, for each record.
  if (outer === 'slog') return ['bom', 'html', 'quoted-printable', 'newest first'].includes(inner);
  if (outer === 'logfmt') return oneRecord;
  if (outer === 'newest first') return inner === 'quoted-printable';
  return (
    (['compose', 'html'].includes(outer) && inner === 'own prefix') ||
    // The page's end takes the place of the last line feed, and leaves its return alone.
    (outer === 'html' && inner === 'crlf')
  );
};

describe('layers nest', () => {
  for (const outer of asOuter) {
    for (const inner of asInner) {
      if (outer === inner || apart(outer.name, inner.name)) continue;
      it(`${inner.name} in ${outer.name}`, async () => {
        const text = fixture('clobbered-frame-pointer');
        const document = await open(outer.wrap(inner.wrap(text)));
        expect(textOf(document)).toBe(`${outer.keeps ?? ''}${inner.keeps ?? ''}${text}`);
        expect(document.layers.length).toBeGreaterThan(0);
        expectExactOrigin(document);
      });
    }
  }
});
