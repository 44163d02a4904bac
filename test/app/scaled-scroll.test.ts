import { describe, expect, it } from 'vitest';
import { barFromTop, clampTop, extentOf, tallest, topFromBar } from '../../src/app/hooks/scaled-scroll.ts';

describe('scrolling of a list taller than a browser can lay out', () => {
  const long = { total: 8 * tallest, client: 800 };

  it('keeps the box below the cap and reaches both ends', () => {
    expect(extentOf(long)).toBe(tallest);
    expect(topFromBar(long, 0)).toBe(0);
    expect(topFromBar(long, tallest - long.client)).toBe(long.total - long.client);
  });

  it('puts the bar where it reads the same place from it', () => {
    for (const top of [0, 20, 1_000_000, long.total / 2, long.total - long.client])
      expect(topFromBar(long, barFromTop(long, top))).toBeCloseTo(top, 3);
  });

  it('is the native scroll for all that fits', () => {
    const short = { total: 4000, client: 800 };
    expect(extentOf(short)).toBe(4000);
    expect(topFromBar(short, 123)).toBe(123);
    expect(barFromTop(short, 123)).toBe(123);
  });

  it('does not leave the text', () => {
    expect(clampTop(long, -5)).toBe(0);
    expect(clampTop(long, long.total)).toBe(long.total - long.client);
    expect(clampTop({ total: 100, client: 800 }, 50)).toBe(0);
  });
});
