/** How the size of a virtual list is learnt: from the browser when it lays out the page, never by asking for a layout. */
import { elementScroll, type Rect, type Virtualizer } from '@tanstack/react-virtual';

/** Taken until the first layout says better: more rows than most windows show. */
export const firstRect: Rect = { width: 800, height: 800 };

/** `observeElementRect` of a virtualizer. Its own one asks at once, which lays out the whole page in the middle of the first drawing. */
export function observeRect<T extends Element>(instance: Virtualizer<T, Element>, changed: (rect: Rect) => void): () => void {
  const element = instance.scrollElement;
  if (element === null) return () => undefined;
  const observer = new ResizeObserver((entries) => {
    const size = entries.at(-1)?.borderBoxSize[0];
    if (size !== undefined) changed({ width: Math.round(size.inlineSize), height: Math.round(size.blockSize) });
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** `scrollToFn` of a virtualizer: what was just mounted stands at its top, and need not be scrolled there. */
export function scrollOnlyAway<T extends Element>(
  offset: number,
  options: { adjustments?: number; behavior?: ScrollBehavior },
  instance: Virtualizer<T, Element>,
): void {
  const top = offset + (options.adjustments ?? 0);
  if (top !== 0 || (instance.scrollOffset ?? 0) !== 0) elementScroll(offset, options, instance);
}
