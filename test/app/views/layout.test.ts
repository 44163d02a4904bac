import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addressOf, itemAt, itemsBetween, type StackLayout } from '../../../src/app/features/stack/items.ts';
import { bandGap, layoutStack, type LayoutOptions } from '../../../src/app/features/stack/layout.ts';
import { mountedBands, maximumMounted, scrollFor } from '../../../src/app/features/stack/mounted.ts';
import { at, band, brokenPicture, picture, row } from './picture.ts';

const options: LayoutOptions = {
  flipped: false,
  folded: true,
  toggled: new Set(),
  openCallout: 0x1040n,
  calloutHeight: 40,
  rowHeight: 20,
};
const broken = brokenPicture();
const shape = (layout: StackLayout) => layout.items.map((item) => `${item.kind} ${addressOf(item).toString(16)}`);

describe('layoutStack', () => {
  it('folds quiet runs and keeps links, return addresses and words near the problem', () => {
    expect(shape(layoutStack(broken, options))).toEqual([
      'fold 1000',
      'row 1020',
      'row 1028',
      'row 1030',
      'row 1038',
      'row 1040',
      'callout 1040',
      'row 1048',
      'row 1050',
      'row 1058',
      'fold 1060',
      'row 1070',
      'row 1078',
    ]);
  });

  it('places items without holes and bands with the gap between them', () => {
    const layout = layoutStack(broken, options);
    const [first, second, third] = layout.bands;
    expect(first).toMatchObject({ top: 0, height: 60 });
    expect(second).toMatchObject({ top: 60 + bandGap, height: 4 * 20 + 40 });
    expect(third?.top).toBe(60 + 120 + 2 * bandGap);
    expect(layout.height).toBe((third?.top ?? 0) + (third?.height ?? 0));
  });

  it('turns over with all its rows', () => {
    const flipped = layoutStack(broken, { ...options, flipped: true, folded: false });
    const addresses = flipped.items.filter((item) => item.kind === 'row').map(addressOf);
    expect(addresses).toEqual([...addresses].sort((a, b) => (a < b ? 1 : -1)));
    expect(addresses).toHaveLength(16);
    expect(flipped.bands[0]?.band.function).toBe('main.outer');
  });

  it('opens one run by its key, in either direction', () => {
    for (const flipped of [false, true]) {
      const closed = layoutStack(broken, { ...options, flipped });
      const fold = closed.items.find((item) => item.kind === 'fold' && item.rows.length === 4);
      expect(fold?.kind === 'fold' && fold.key).toBe('1000');
      const open = layoutStack(broken, { ...options, flipped, toggled: new Set(['1000']) });
      expect(open.items.length).toBe(closed.items.length + 4);
      expect(itemAt(open, 0x1008n)).not.toBe(itemAt(open, 0x1000n));
    }
  });

  it('does not fold a word that another register than the stack pointer names', () => {
    const words = [row(0x1000, 1, { pointedBy: ['RSP'] }), row(0x1008, 2), row(0x1010, 3)];
    const folded = layoutStack(picture([band('main.f', 0x1000, 0x1018, words)]), options);
    expect(shape(folded)).toEqual(['fold 1000']);
    const named = words.map((one) => (one.address === at(0x1008) ? { ...one, pointedBy: ['RBP'] } : one));
    expect(shape(layoutStack(picture([band('main.f', 0x1000, 0x1018, named)]), options))).toEqual([
      'row 1000',
      'row 1008',
      'row 1010',
    ]);
  });

  it('puts gaps among the rows, by address', () => {
    const gap = { start: at(0x1008), bytes: 16, command: 'x/2xg 0x1008' };
    const one = band('main.f', 0x1000, 0x1020, [row(0x1000, 0xc000000001n), row(0x1018, 9)], { gaps: [gap] });
    expect(shape(layoutStack(picture([one]), options))).toEqual(['row 1000', 'gap 1008', 'row 1018']);
    expect(shape(layoutStack(picture([one]), { ...options, flipped: true }))).toEqual(['row 1018', 'gap 1008', 'row 1000']);
  });

  it('says when bands do not meet', () => {
    const apart = picture([band('a.f', 0x1000, 0x1010, [row(0x1000, 1)]), band('a.g', 0x1020, 0x1030, [row(0x1020, 1)])]);
    expect(layoutStack(apart, options).bands.map((box) => box.divider)).toEqual([
      undefined,
      '16 B between these frames belong to neither',
    ]);
    const far = picture([band('a.f', 0x1000, 0x1010, []), band('a.g', 0x7fff00000000, 0x7fff00000010, [])]);
    expect(layoutStack(far, options).bands[1]?.divider).toContain('Stack switches here');
    const named = { ...far, bands: far.bands.map((band, index) => (index === 1 ? { ...band, stack: 'signal stack' } : band)) };
    expect(layoutStack(named, options).bands[1]?.divider).toMatch(
      /^Stack switches here: signal stack, 0x[0-9a-f]+ → 0x[0-9a-f]+$/,
    );
  });
});

describe('itemAt and itemsBetween', () => {
  const layout = layoutStack(broken, options);
  it('finds the fold of a folded word, the row of any byte of a word, and nothing outside', () => {
    expect(layout.items[itemAt(layout, 0x1008n)]?.kind).toBe('fold');
    expect(layout.items[itemAt(layout, 0x1043n)]).toMatchObject({ kind: 'row', row: { address: 0x1040n } });
    expect(itemAt(layout, 0x900n)).toBe(-1);
    expect(itemAt(layout, 0x1080n)).toBe(-1);
  });

  it('gives exactly the items that touch the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 500 }), fc.integer({ min: 1, max: 300 }), (top, height) => {
        const { first, end } = itemsBetween(layout, top, top + height, 1000);
        const touching = layout.items.flatMap((item, index) =>
          item.top + item.height > top && item.top < top + height ? [index] : [],
        );
        expect(touching).toEqual(Array.from({ length: end - first }, (_, i) => first + i));
      }),
    );
  });
});

describe('mountedBands', () => {
  const words = Array.from({ length: 20_000 }, (_, i) => row(0x10000 + 8 * i, 0x5000 + i));
  const big = layoutStack(picture([band('main.big', 0x10000, 0x10000 + 8 * 20_000, words)]), { ...options, folded: false });

  it('mounts at most the limit, and always the row with the tab stop', () => {
    const [mounted] = mountedBands(big, 200_000, 200_000 + 5000, 3);
    expect(mounted?.items.length).toBe(maximumMounted + 1);
    expect(mounted?.items[0]?.index).toBe(3);
  });

  it('scrolls exactly far enough', () => {
    const item = big.items[10_000];
    expect(item).toBeDefined();
    if (item === undefined) return;
    const to = scrollFor(item, 0, 600) ?? 0;
    expect(item.top).toBeGreaterThan(to);
    expect(item.top + item.height).toBeLessThan(to + 600);
    expect(scrollFor(item, to, 600)).toBeUndefined();
    const up = scrollFor(item, item.top + 5000, 600) ?? 0;
    expect(item.top).toBeGreaterThanOrEqual(up);
  });
});
