/** Geometry of the chain lane: beads, links, the broken tail and the dotted line to where the next link should be. */
import type { ChainLink } from '../../../core/model/chain.ts';
import { itemAt, type StackLayout } from './items.ts';

/** x of the lane's middle and of the ✕ that ends a broken link, in design pixels from the diagram's left edge. */
export const laneX = 226;
export const crossX = 182;

/** good: solid. rest: past the break. expected: dotted. Form tells them apart, not only colour. */
export type LineKind = 'good' | 'rest' | 'expected';
export type BeadKind = 'good' | 'rest' | 'bad' | 'end' | 'unknown';

export interface LaneBead {
  y: number;
  kind: BeadKind;
  link: number;
}

export interface LaneLine {
  from: number;
  to: number;
  kind: LineKind;
}

export interface LaneTail {
  y: number;
  /** Where the ✕ is: below the bead, in no row's column. */
  crossY: number;
}

export interface Lane {
  beads: LaneBead[];
  lines: LaneLine[];
  tails: LaneTail[];
}

const beadRadius = 5;
/** An arrow ends this far from the middle of the bead it points at. */
const headRoom = 9;
const tailDrop = 24;
/** A link that leaves the picture is drawn this long. */
const stubLength = 26;

export function beadKind(link: ChainLink): BeadKind {
  if (link.verdict === 'bogus') return 'bad';
  if (link.verdict === 'end') return 'end';
  if (link.verdict === 'unknown') return 'unknown';
  return link.pastBreak ? 'rest' : 'good';
}

/** Everything in the lane; `visibleLane` picks what a range shows. */
export function laneOf(layout: StackLayout, links: readonly ChainLink[]): Lane {
  const lane: Lane = { beads: [], lines: [], tails: [] };
  const sign = layout.flipped ? -1 : 1;
  const middleOf = (address: bigint): number | undefined => {
    const item = layout.items[itemAt(layout, address)];
    return item === undefined ? undefined : item.top + item.height / 2;
  };
  const connect = (from: number, to: number, kind: LineKind) => {
    const way = Math.sign(to - from);
    lane.lines.push({ from: from + way * beadRadius, to: to - way * headRoom, kind });
  };
  const middles = links.map((link) => middleOf(link.slot));
  links.forEach((link, index) => {
    const y = middles[index];
    if (y === undefined) return;
    lane.beads.push({ y, kind: beadKind(link), link: index });
    if (link.verdict === 'end') return;
    const next = middles[index + 1];
    if (link.verdict === 'bogus' || link.verdict === 'unknown') {
      if (link.verdict === 'bogus') lane.tails.push({ y, crossY: y + tailDrop });
      const expected = link.expected === undefined ? next : (middleOf(link.expected) ?? next);
      if (expected !== undefined && expected !== y) connect(y, expected, 'expected');
      return;
    }
    const kind = link.pastBreak ? 'rest' : 'good';
    // The last link, or one into another stack, leaves the picture.
    if (next === undefined || next === y) lane.lines.push({ from: y + sign * beadRadius, to: y + sign * stubLength, kind });
    else connect(y, next, kind);
  });
  return lane;
}

/** What touches [top, bottom]. */
export function visibleLane(lane: Lane, top: number, bottom: number): Lane {
  const margin = tailDrop + beadRadius;
  return {
    beads: lane.beads.filter(({ y }) => y >= top - margin && y <= bottom + margin),
    lines: lane.lines.filter(({ from, to }) => Math.max(from, to) >= top && Math.min(from, to) <= bottom),
    tails: lane.tails.filter(({ y, crossY }) => crossY >= top - margin && y <= bottom + margin),
  };
}
