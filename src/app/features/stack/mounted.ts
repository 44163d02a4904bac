/** Which bands and items are in the document: those in the window, and always the one that holds the tab stop. */
import { itemsBetween, type StackItem, type StackLayout } from './items.ts';

export interface MountedBand {
  band: number;
  items: { item: StackItem; index: number }[];
}

/** More mounted rows make scrolling slow; a screen of 2,000 pixels shows 100. */
export const maximumMounted = 120;

export function mountedBands(layout: StackLayout, top: number, bottom: number, current: number): MountedBand[] {
  const { first, end } = itemsBetween(layout, top, bottom, maximumMounted);
  const groups: MountedBand[] = [];
  layout.bands.forEach((box, band) => {
    const holdsCurrent = current >= box.first && current < box.end;
    if (!holdsCurrent && (box.top >= bottom || box.top + box.height <= top)) return;
    const items: MountedBand['items'] = [];
    const add = (index: number) => {
      const item = layout.items[index];
      if (item !== undefined) items.push({ item, index });
    };
    if (holdsCurrent && current < first) add(current);
    for (let index = Math.max(first, box.first); index < Math.min(end, box.end); index++) add(index);
    if (holdsCurrent && current >= end) add(current);
    groups.push({ band, items });
  });
  return groups;
}

/** Kept between a revealed row and the edge of the window; a callout under it needs no more. */
const revealMargin = 44;

/** Where to scroll so that `item` is in sight; undefined when it is. */
export function scrollFor(item: StackItem, top: number, height: number): number | undefined {
  if (item.top < top + revealMargin && top > 0) return Math.max(0, item.top - revealMargin);
  if (item.top + item.height > top + height - revealMargin) return Math.max(0, item.top + item.height - height + revealMargin);
  return undefined;
}
