import { useCallback, useState } from 'react';

export interface Viewport {
  /** Design pixels (16 to a rem): scroll position and size of the scrolled area. */
  top: number;
  height: number;
  width: number;
  /** CSS pixels per design pixel: 1 unless the browser's text size was changed. */
  unit: number;
}

function rootUnit(): number {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) && size > 0 ? size / 16 : 1;
}

/**
 * Follows scrolling and size of the element that gets `attach` as its ref; call `read` when it scrolled.
 * Browsers cap content heights at 17 million pixels or more: 1 MB of stack needs 2.6.
 */
export function useViewport(): {
  viewport: Viewport;
  attach: (box: HTMLElement) => () => void;
  read: (box: HTMLElement) => void;
} {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, height: 700, width: 960, unit: 1 });
  const read = useCallback((box: HTMLElement) => {
    const unit = rootUnit();
    const next = { top: box.scrollTop / unit, height: box.clientHeight / unit, width: box.clientWidth / unit, unit };
    setViewport((old) =>
      old.top === next.top && old.height === next.height && old.width === next.width && old.unit === unit ? old : next,
    );
  }, []);
  const attach = useCallback(
    (box: HTMLElement) => {
      // An observer reports once when it starts, before the first paint.
      const observer = new ResizeObserver(() => read(box));
      observer.observe(box);
      // The content changes its size with the browser's text size, when the box does not.
      if (box.firstElementChild !== null) observer.observe(box.firstElementChild);
      return () => observer.disconnect();
    },
    [read],
  );
  return { viewport, attach, read };
}
