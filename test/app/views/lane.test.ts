import { describe, expect, it } from 'vitest';
import { arrowsOf, edgeMarks } from '../../../src/app/features/stack/arrows.ts';
import { laneOf, visibleLane } from '../../../src/app/features/stack/lane.ts';
import { layoutStack, type LayoutOptions } from '../../../src/app/features/stack/layout.ts';
import { minimapMarks, minimapScale } from '../../../src/app/features/stack/minimap-marks.ts';
import { band, brokenPicture, link, picture, row } from './picture.ts';

const options: LayoutOptions = {
  flipped: false,
  folded: true,
  toggled: new Set(),
  openCallout: 0x1040n,
  calloutHeight: 40,
  rowHeight: 20,
};
const broken = brokenPicture();
const layout = layoutStack(broken, options);

describe('laneOf', () => {
  const lane = laneOf(layout, broken.links);
  it('has a bead for each link, in its row', () => {
    // fold, then the slot: 20 + 10; two rows down in the second band; under the callout in the third.
    expect(lane.beads).toEqual([
      { y: 30, kind: 'good', link: 0 },
      { y: 115, kind: 'bad', link: 1 },
      { y: 260, kind: 'end', link: 2 },
    ]);
  });

  it('joins good links and points dotted to where a broken one should have led', () => {
    expect(lane.lines).toEqual([
      { from: 35, to: 106, kind: 'good' },
      { from: 120, to: 251, kind: 'expected' },
    ]);
    expect(lane.tails).toEqual([{ y: 115, crossY: 139 }]);
  });

  it('runs upwards when the stack is turned over', () => {
    const flipped = layoutStack(broken, { ...options, flipped: true });
    for (const line of laneOf(flipped, broken.links).lines) expect(line.to).toBeLessThan(line.from);
  });

  it('draws links past the break quietly, and a link that leaves the picture as a stub', () => {
    const links = [link(0x1020, 0x1040, { pastBreak: true }), link(0x1040, 0x99999, { verdict: 'crossing' })];
    const past = laneOf(layout, links);
    expect(past.beads.map((bead) => bead.kind)).toEqual(['rest', 'good']);
    expect(past.lines[0]?.kind).toBe('rest');
    expect(past.lines[1]).toEqual({ from: 120, to: 141, kind: 'good' });
  });

  it('skips links whose slot is not drawn', () => {
    expect(laneOf(layout, [link(0x9000, 0x9010)])).toEqual({ beads: [], lines: [], tails: [] });
  });

  it('keeps lines that cross the range and drops the rest', () => {
    const seen = visibleLane(lane, 160, 180);
    expect(seen.beads).toEqual([]);
    expect(seen.lines.map((line) => line.kind)).toEqual(['expected']);
  });
});

describe('arrowsOf', () => {
  const open = layoutStack(broken, { ...options, toggled: new Set(['1000']) });
  it('goes from the selected word to the word it points at', () => {
    const arrows = arrowsOf(open, 0x1010n);
    expect(arrows).toHaveLength(1);
    expect(arrows[0]).toMatchObject({ incoming: false, far: 0x1058n });
  });

  it('comes from words that point at the selected one, also out of a closed fold', () => {
    expect(arrowsOf(open, 0x1058n)).toMatchObject([{ incoming: true, far: 0x1010n }]);
    expect(arrowsOf(layout, 0x1058n)).toMatchObject([{ incoming: true, far: 0x1010n, from: 10 }]);
  });

  it('leaves chain links to the lane', () => {
    expect(arrowsOf(open, 0x1020n)).toEqual([]);
    expect(arrowsOf(open, undefined)).toEqual([]);
  });

  it('marks the edge behind which the other end is', () => {
    const arrows = arrowsOf(open, 0x1010n);
    expect(edgeMarks(arrows, 0, 100)).toEqual([{ edge: 'bottom', far: 0x1058n }]);
    expect(edgeMarks(arrows, 0, 1000)).toEqual([]);
  });
});

describe('minimap', () => {
  it('stands beside the rows while all of them fit', () => {
    expect(minimapScale(layout.height, 1000)).toBe(1);
    const bad = minimapMarks(layout, 1000).filter((mark) => mark.tone === 'bad');
    expect(bad.map((mark) => mark.y)).toEqual([105, 125]);
  });

  it('keeps a single bad word of 5,000 visible and has no more marks than lines', () => {
    const words = Array.from({ length: 5000 }, (_, i) =>
      row(0x10000 + 8 * i, 0xc000000000 + i, i === 3333 ? { verdict: 'bogus' } : {}),
    );
    const big = layoutStack(picture([band('main.big', 0x10000, 0x10000 + 40_000, words)]), { ...options, folded: false });
    const marks = minimapMarks(big, 500);
    expect(marks.length).toBeLessThanOrEqual(500);
    expect(marks.filter((mark) => mark.tone === 'bad')).toHaveLength(1);
    for (const mark of marks) expect(mark.y + mark.height).toBeLessThanOrEqual(501);
  });
});
