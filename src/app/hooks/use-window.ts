/**
 * The rows of a long list that are in sight. Places are worked out, not kept: three million lines cost no memory. Lists
 * that are higher than browsers draw are scrolled in scale; the wheel still moves them pixel by pixel.
 */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { firstRect } from './observe-rect.ts';
import { barFromTop, clampTop, extentOf, tallest, topFromBar } from './scaled-scroll.ts';

export interface Rows {
  length: number;
  /** Height of all rows in pixels. */
  height: number;
  topOf: (row: number) => number;
  /** The row that holds a pixel. */
  rowAt: (top: number) => number;
}

export interface RowWindow {
  /** Rows [first, end) are to be drawn. */
  first: number;
  end: number;
  /** Height of the scrolled box. */
  height: number;
  /** Where row `row` is drawn in it. */
  placeOf: (row: number) => number;
  /** Pixel of the list that is at the top of the view. */
  offset: () => number;
  moveTo: (top: number) => void;
  scrollTo: (row: number, align: 'nearest' | 'start' | 'center') => void;
}

/** Rows drawn beyond both ends, in pixels. */
const overscan = 260;

export function fixedRows(length: number, rowHeight: number): Rows {
  return {
    length,
    height: length * rowHeight,
    topOf: (row) => row * rowHeight,
    rowAt: (top) => Math.max(0, Math.min(length - 1, Math.floor(top / rowHeight))),
  };
}

interface Place {
  /** Scrolled pixels of the whole list. */
  top: number;
  /** `scrollTop` that stands for it. */
  scrolled: number;
  view: number;
}

export function useWindow(rows: Rows, scroller: RefObject<HTMLElement | null>): RowWindow {
  const height = extentOf({ total: rows.height });
  const [place, setPlace] = useState<Place>({ top: 0, scrolled: 0, view: firstRect.height });
  const latest = useRef({ rows, place });
  useLayoutEffect(() => {
    latest.current = { rows, place };
  });

  const moveTo = useCallback((box: HTMLElement, wanted: number) => {
    const scroll = { total: latest.current.rows.height, client: box.clientHeight };
    const top = clampTop(scroll, wanted);
    box.scrollTop = barFromTop(scroll, top);
    const next = { top, scrolled: box.scrollTop, view: box.clientHeight };
    latest.current.place = next;
    setPlace(next);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const read = () => {
      const { place: old } = latest.current;
      const scrolled = box.scrollTop;
      if (scrolled === old.scrolled && box.clientHeight === old.view) return;
      const scroll = { total: latest.current.rows.height, client: box.clientHeight };
      const top = scrolled === old.scrolled ? old.top : topFromBar(scroll, scrolled);
      const next = { top, scrolled, view: box.clientHeight };
      latest.current.place = next;
      setPlace(next);
    };
    // Drawn within the frame that scrolled: nothing blank is ever in sight.
    const onScroll = () => flushSync(read);
    const onWheel = (event: WheelEvent) => {
      if (latest.current.rows.height <= tallest || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? box.clientHeight : 1;
      moveTo(box, latest.current.place.top + event.deltaY * unit);
    };
    box.addEventListener('scroll', onScroll, { passive: true });
    box.addEventListener('wheel', onWheel, { passive: false });
    // It reports the size once when it starts: asking for it here would lay out the page in the middle of its drawing.
    const observer = new ResizeObserver(read);
    observer.observe(box);
    return () => {
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('wheel', onWheel);
      observer.disconnect();
    };
  }, [scroller, moveTo]);

  // Another scale: the box is scrolled to what is in sight.
  const scaledHeight = rows.height > tallest ? rows.height : 0;
  useLayoutEffect(() => {
    if (scroller.current !== null && scaledHeight > 0) moveTo(scroller.current, latest.current.place.top);
  }, [scroller, moveTo, scaledHeight]);

  const shift = place.scrolled - place.top;
  const scaled = rows.height > tallest;
  const first = rows.length === 0 ? 0 : rows.rowAt(Math.max(0, place.top - overscan));
  const end = rows.length === 0 ? 0 : rows.rowAt(place.top + place.view + overscan) + 1;
  return {
    first,
    end,
    height,
    placeOf: (row) => rows.topOf(row) + (scaled ? shift : 0),
    offset: () => latest.current.place.top,
    moveTo: (top) => {
      if (scroller.current !== null) moveTo(scroller.current, top);
    },
    scrollTo: (row, align) => {
      const box = scroller.current;
      if (box === null) return;
      const top = rows.topOf(row);
      const bottom = rows.topOf(row + 1);
      const view = box.clientHeight;
      const now = latest.current.place.top;
      const to =
        align === 'start'
          ? top
          : align === 'center'
            ? top - (view - (bottom - top)) / 2
            : top < now
              ? top
              : bottom > now + view
                ? bottom - view
                : now;
      if (to !== now) moveTo(box, to);
    },
  };
}

/**
 * Keeps what is in sight in its place when the rows change: `find` says which row the first one in sight has become, -1 =
 * it is gone. At the very top the list stays at its top.
 */
export function useAnchor<T extends Rows>(rows: T, window: RowWindow, find: (row: number, before: T) => number): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = rows;
    const top = window.offset();
    if (old === rows || top <= 0 || old.length === 0) return;
    const row = old.rowAt(top);
    const now = find(row, old);
    if (now >= 0) window.moveTo(rows.topOf(now) + top - old.topOf(row));
    // Only other rows move what is in sight.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows]);
}
