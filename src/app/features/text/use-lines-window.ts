/** The window of lines in sight: equal heights, any number. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { barFromTop, clampTop, extentOf, tallest, topFromBar, type Scroll } from './scaled-scroll.ts';

export interface LinesWindow {
  /** To be given to the scrolling box. */
  attach: (box: HTMLDivElement | null) => (() => void) | undefined;
  onScroll: () => void;
  /** Height of the box in it. */
  height: number;
  /** Lines to mount, end excluded, and where line `first` lies inside the box. */
  first: number;
  end: number;
  offset: number;
  scrollToLine: (line: number, align: 'start' | 'center' | 'nearest') => void;
}

/** Mounted beyond the lines in sight, on each side. */
const overscan = 12;
/** Pixels by which the bar may differ from where it was put: browsers round. */
const rounding = 1.5;

/** `onTop` is told the first line in sight. */
export function useLinesWindow(count: number, rowHeight: number, onTop: (line: number) => void): LinesWindow {
  const box = useRef<HTMLDivElement | null>(null);
  const [place, setPlace] = useState({ top: 0, bar: 0, client: 0 });
  // What the bar was last set to, so that its own echo is not taken for a drag; the exact place of the text.
  const exact = useRef({ top: 0, bar: 0 });
  const told = useRef(onTop);
  useEffect(() => {
    told.current = onTop;
  });
  const total = count * rowHeight;

  /** Renders what stands in sight now. */
  const draw = useCallback(() => {
    const client = box.current?.clientHeight ?? 0;
    setPlace({ ...exact.current, client });
    told.current(Math.floor(exact.current.top / rowHeight));
  }, [rowHeight]);

  /** Brings the text to `wanted`; the scroll event or the next frame draws it. */
  const move = useCallback(
    (wanted: number) => {
      const element = box.current;
      if (element === null) return;
      const scroll: Scroll = { total, client: element.clientHeight };
      const top = clampTop(scroll, wanted);
      exact.current = { top, bar: barFromTop(scroll, top) };
      element.scrollTop = exact.current.bar;
      exact.current.bar = element.scrollTop;
      requestAnimationFrame(draw);
    },
    [total, draw],
  );

  const onScroll = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const scroll: Scroll = { total, client: element.clientHeight };
    const bar = element.scrollTop;
    const top = Math.abs(bar - exact.current.bar) < rounding ? exact.current.top : clampTop(scroll, topFromBar(scroll, bar));
    exact.current = { top: total <= tallest ? bar : top, bar };
    draw();
  }, [total, draw]);

  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      if (element === null) return undefined;
      const observer = new ResizeObserver(() => {
        setPlace((old) => ({ ...old, client: element.clientHeight }));
      });
      observer.observe(element);
      // The bar of a long text stands for many lines per pixel: the wheel moves the text itself.
      const onWheel = (event: WheelEvent) => {
        if (total <= tallest || event.ctrlKey || event.deltaY === 0) return;
        event.preventDefault();
        const unit =
          event.deltaMode === WheelEvent.DOM_DELTA_LINE
            ? rowHeight
            : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
              ? element.clientHeight
              : 1;
        move(exact.current.top + event.deltaY * unit);
      };
      element.addEventListener('wheel', onWheel, { passive: false });
      return () => {
        observer.disconnect();
        element.removeEventListener('wheel', onWheel);
      };
    },
    [total, rowHeight, move],
  );

  const scrollToLine = useCallback(
    (line: number, align: 'start' | 'center' | 'nearest') => {
      const client = box.current?.clientHeight ?? 0;
      const { top } = exact.current;
      const start = line * rowHeight;
      if (align === 'start') move(start);
      else if (align === 'center') move(start - (client - rowHeight) / 2);
      else if (start < top) move(start);
      else if (start + rowHeight > top + client) move(start + rowHeight - client);
    },
    [rowHeight, move],
  );

  const first = Math.max(0, Math.floor(place.top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((place.top + place.client) / rowHeight) + overscan);
  return {
    attach,
    onScroll,
    height: extentOf({ total, client: place.client }),
    first,
    end,
    offset: first * rowHeight - place.top + place.bar,
    scrollToLine,
  };
}
