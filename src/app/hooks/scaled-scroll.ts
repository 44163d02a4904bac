/**
 * Scrolling through more rows than a browser can lay out. Engines cap the height of an element (Chromium and Safari near 33.5 million
 * pixels, Firefox near 17.9 million), so a longer list gets a shorter scroll range: the bar stands in proportion, the wheel and the
 * keys move by exact distances.
 */

/** Height of the scrolled box at most, in CSS pixels; below all caps. */
export const tallest = 12_000_000;

export interface Scroll {
  /** Height of all rows, and of the part in sight. */
  total: number;
  client: number;
}

/** Height that the scrolled box gets. */
export function extentOf({ total }: Pick<Scroll, 'total'>): number {
  return Math.min(total, tallest);
}

/** Where the list stands when the bar stands at `scrollTop`. */
export function topFromBar(scroll: Scroll, scrollTop: number): number {
  const range = extentOf(scroll) - scroll.client;
  if (scroll.total <= tallest || range <= 0) return scrollTop;
  return Math.min(1, Math.max(0, scrollTop / range)) * (scroll.total - scroll.client);
}

/** Where the bar stands for the list at `top`. */
export function barFromTop(scroll: Scroll, top: number): number {
  const range = scroll.total - scroll.client;
  if (scroll.total <= tallest || range <= 0) return top;
  return (top / range) * (extentOf(scroll) - scroll.client);
}

/** `top` kept inside the list. */
export function clampTop({ total, client }: Scroll, top: number): number {
  return Math.max(0, Math.min(Math.max(0, total - client), top));
}
