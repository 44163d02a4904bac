/** What stands in the diagram, top to bottom. Lengths in design pixels. */
import type { StackBand, StackCallout, StackGap, StackRow } from '../../../core/model/picture.ts';

interface Placed {
  top: number;
  height: number;
  /** Index into `StackLayout.bands`. */
  band: number;
}

export type StackItem = Placed &
  (
    | { kind: 'row'; row: StackRow }
    /** A folded or opened run of quiet words; `rows` in drawn order. */
    | { kind: 'fold'; rows: StackRow[]; key: string; open: boolean }
    | { kind: 'gap'; gap: StackGap }
    /** The box under a bad row: not a stop of its own, it belongs to the row above it. */
    | { kind: 'callout'; callout: StackCallout }
  );

export interface BandBox {
  band: StackBand;
  top: number;
  height: number;
  /** Items [first, end) of the layout. */
  first: number;
  end: number;
  /** Said between this band and the one above it, where they do not touch. */
  divider?: string;
}

export interface StackLayout {
  items: StackItem[];
  bands: BandBox[];
  height: number;
  flipped: boolean;
}

/** Where an item begins: the address of its word, or the lowest of its words. */
export function addressOf(item: StackItem): bigint {
  switch (item.kind) {
    case 'row':
      return item.row.address;
    case 'fold': {
      const first = item.rows[0]?.address ?? 0n;
      const last = item.rows.at(-1)?.address ?? first;
      return first < last ? first : last;
    }
    case 'gap':
      return item.gap.start;
    case 'callout':
      return item.callout.address;
  }
}

/** Words and gaps by address, ascending: entry i begins at `starts[i]` and is shown by item `items[i]`. */
interface AddressIndex {
  starts: bigint[];
  ends: bigint[];
  items: number[];
}

const indexes = new WeakMap<StackLayout, AddressIndex>();
/** Words are taken for eight bytes; the next word's start cuts shorter ones. */
const longestWord = 8n;

function indexOf(layout: StackLayout): AddressIndex {
  const known = indexes.get(layout);
  if (known !== undefined) return known;
  const entries: { start: bigint; end: bigint; item: number }[] = [];
  layout.items.forEach((item, index) => {
    const add = (start: bigint, bytes: bigint) => entries.push({ start, end: start + bytes, item: index });
    if (item.kind === 'row') add(item.row.address, longestWord);
    else if (item.kind === 'gap') add(item.gap.start, BigInt(item.gap.bytes));
    else if (item.kind === 'fold' && !item.open) item.rows.forEach((row) => add(row.address, longestWord));
  });
  // Nearly always in order already, one way or the other: sorting is then linear.
  if (layout.flipped) entries.reverse();
  entries.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const index = {
    starts: entries.map((entry) => entry.start),
    ends: entries.map((entry) => entry.end),
    items: entries.map((entry) => entry.item),
  };
  indexes.set(layout, index);
  return index;
}

/** Index of the item that shows the word around `address` (its fold, when folded), or -1. */
export function itemAt(layout: StackLayout, address: bigint): number {
  const { starts, ends, items } = indexOf(layout);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return address < (ends[low - 1] ?? 0n) ? (items[low - 1] ?? -1) : -1;
}

/** Items that touch [top, bottom): the range to mount. At most `limit` of them. */
export function itemsBetween(layout: StackLayout, top: number, bottom: number, limit: number): { first: number; end: number } {
  let low = 0;
  let high = layout.items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = layout.items[middle];
    if (item !== undefined && item.top + item.height <= top) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < layout.items.length && end - low < limit && (layout.items[end]?.top ?? Infinity) < bottom) end++;
  return { first: low, end };
}
