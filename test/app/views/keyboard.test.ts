import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/app/features/stack/items.ts';
import { moveFrom, problemFrom, stepFor } from '../../../src/app/features/stack/keyboard.ts';
import { layoutStack } from '../../../src/app/features/stack/layout.ts';
import { at, band, brokenPicture, picture, row } from './picture.ts';

const options = {
  flipped: false,
  folded: true,
  toggled: new Set<string>(),
  openCallout: 0x1040n,
  calloutHeight: 40,
  rowHeight: 20,
};
const layout = layoutStack(brokenPicture(), options);
const where = (index: number) => {
  const item = layout.items[index];
  return item === undefined ? undefined : addressOf(item);
};
const indexOf = (address: bigint) => layout.items.findIndex((item) => addressOf(item) === address);

describe('moveFrom', () => {
  it('steps over the callout in both directions', () => {
    expect(where(moveFrom(layout, indexOf(0x1040n), 'next', 10))).toBe(0x1048n);
    expect(where(moveFrom(layout, indexOf(0x1048n), 'previous', 10))).toBe(0x1040n);
  });

  it('stops at both ends', () => {
    expect(moveFrom(layout, 0, 'previous', 10)).toBe(0);
    expect(moveFrom(layout, layout.items.length - 1, 'next', 10)).toBe(layout.items.length - 1);
    expect(where(moveFrom(layout, 5, 'first', 10))).toBe(0x1000n);
    expect(where(moveFrom(layout, 0, 'last', 10))).toBe(0x1078n);
  });

  it('pages within the stack', () => {
    expect(where(moveFrom(layout, 0, 'page-down', 6))).toBe(0x1040n);
    expect(where(moveFrom(layout, 0, 'page-down', 500))).toBe(0x1078n);
    expect(where(moveFrom(layout, 4, 'page-up', 500))).toBe(0x1000n);
  });

  it('goes to the head of this frame first, then to the frame before', () => {
    const middle = indexOf(0x1040n);
    expect(where(moveFrom(layout, middle, 'previous-frame', 10))).toBe(0x1030n);
    expect(where(moveFrom(layout, indexOf(0x1030n), 'previous-frame', 10))).toBe(0x1000n);
    expect(where(moveFrom(layout, middle, 'next-frame', 10))).toBe(0x1050n);
    expect(moveFrom(layout, indexOf(0x1058n), 'next-frame', 10)).toBe(indexOf(0x1058n));
  });

  it('has nowhere to go in an empty stack', () => {
    const empty = layoutStack(picture([]), options);
    expect(moveFrom(empty, 0, 'next', 10)).toBe(-1);
    expect(stepFor(empty, 0, 'ArrowDown', 10)).toBeUndefined();
    expect(problemFrom(empty, 0, 1)).toBe(-1);
  });
});

describe('stepFor', () => {
  it('toggles folds, follows words, copies the command of a gap', () => {
    expect(stepFor(layout, 0, 'Enter', 10)).toEqual({ do: 'toggle', item: 0 });
    expect(stepFor(layout, 0, 'ArrowRight', 10)).toEqual({ do: 'toggle', item: 0 });
    expect(stepFor(layout, 0, 'ArrowLeft', 10)).toBeUndefined();
    expect(stepFor(layout, 1, 'Enter', 10)).toEqual({ do: 'follow', item: 1 });
    const gap = { start: at(0x1008), bytes: 8, command: 'x/1xg 0x1008' };
    const gaps = layoutStack(picture([band('main.f', 0x1000, 0x1010, [row(0x1000, 1)], { gaps: [gap] })]), options);
    expect(stepFor(gaps, 1, 'Enter', 10)).toEqual({ do: 'copy-command', item: 1 });
  });

  it('leaves other keys alone', () => {
    expect(stepFor(layout, 1, 'e', 10)).toBeUndefined();
    expect(stepFor(layout, 1, 'Tab', 10)).toBeUndefined();
  });
});

describe('problemFrom', () => {
  it('goes round', () => {
    const bad = indexOf(0x1040n);
    expect(problemFrom(layout, 0, 1)).toBe(bad);
    expect(problemFrom(layout, bad + 2, 1)).toBe(bad);
    expect(problemFrom(layout, bad, 1)).toBe(bad);
    expect(problemFrom(layout, 0, -1)).toBe(bad);
  });
});
