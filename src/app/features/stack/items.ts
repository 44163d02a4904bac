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
    case 'fold':
      return item.rows.reduce((low, row) => (row.address < low ? row.address : low), item.rows[0]?.address ?? 0n);
    case 'gap':
      return item.gap.start;
    case 'callout':
      return item.callout.address;
  }
}

function covers(item: StackItem, address: bigint, wordSize: bigint): boolean {
  switch (item.kind) {
    case 'row':
      return address >= item.row.address && address < item.row.address + wordSize;
    case 'fold':
      return !item.open && item.rows.some((row) => address >= row.address && address < row.address + wordSize);
    case 'gap':
      return address >= item.gap.start && address < item.gap.start + BigInt(item.gap.bytes);
    case 'callout':
      return false;
  }
}

/** Index of the item that shows the word at `address` (its fold, when folded), or -1. */
export function itemAt(layout: StackLayout, address: bigint, wordSize: 4 | 8 = 8): number {
  const size = BigInt(wordSize);
  for (const box of layout.bands) {
    if (address < box.band.start || address >= box.band.end) {
      // A predicted slot may lie a word outside its band (arm64): only exact rows count there.
      if (address + size < box.band.start || address > box.band.end + size) continue;
    }
    for (let i = box.first; i < box.end; i++) {
      const item = layout.items[i];
      if (item !== undefined && covers(item, address, size)) return i;
    }
  }
  return -1;
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
