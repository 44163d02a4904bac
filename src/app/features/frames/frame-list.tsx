import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { firstRect, observeRect, scrollOnlyAway } from '../../hooks/observe-rect.ts';
import { printedHeight, usePrinting } from '../../hooks/use-printing.ts';
import type { FrameItem } from './frame-items.ts';
import { FrameRow } from './frame-row.tsx';

interface FrameListProps {
  items: readonly FrameItem[];
  selected: number | undefined;
  label: string;
  onChoose: (item: FrameItem) => void;
}

const tall = 42;
const low = 26;

function keyOf(item: FrameItem): string {
  if (item.kind === 'frame') return `frame${item.frame.row}.${item.index}`;
  return item.kind === 'fold' || item.kind === 'heading' ? `${item.kind}${item.key}` : item.kind;
}

/** The calls as a list with one tab stop; ↑ and ↓ move, Enter opens a folded run. */
export function FrameList({ items, selected, label, onChoose }: FrameListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // By key: choosing a frame can fold or open other runs, which moves the indices.
  const [cursor, setCursor] = useState('');
  const chosen = items.findIndex((item) => item.kind === 'frame' && item.frame.row === selected);
  const at = items.findIndex((item) => keyOf(item) === cursor);
  const active =
    at >= 0
      ? at
      : chosen >= 0
        ? chosen
        : Math.max(
            0,
            items.findIndex((item) => item.kind !== 'heading'),
          );
  const printing = usePrinting();
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    observeElementRect: observeRect,
    initialRect: firstRect,
    scrollToFn: scrollOnlyAway,
    estimateSize: (index) => (items[index]?.kind === 'frame' || items[index]?.kind === 'created' ? tall : low),
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: printing ? printedHeight / low : 12,
  });
  useEffect(() => {
    if (chosen < 0) return;
    // With the next frame: it needs the layout, which must not be made in the middle of the drawing.
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(chosen, { align: 'auto' }));
    return () => cancelAnimationFrame(frame);
  }, [chosen, virtual]);
  const choose = (index: number, focus: boolean) => {
    const item = items[index];
    if (item === undefined || item.kind === 'heading') return;
    const key = keyOf(item);
    setCursor(key);
    virtual.scrollToIndex(index, { align: 'auto' });
    if (item.kind !== 'fold' || !focus) onChoose(item);
    if (focus) requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus());
  };
  /** A heading is no stop: the next row that way, or at the end back to the first. */
  const pastHeading = (index: number, step: 1 | -1): number => {
    let at = index;
    while (items[at]?.kind === 'heading') at += step;
    return items[at] === undefined ? active : at;
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choose(pastHeading(Math.max(0, Math.min(items.length - 1, to)), to < active ? -1 : 1), true);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(active, false);
    }
  };
  /** Said of the first row under a heading. */
  const headingOver = (index: number): string | undefined => {
    const over = items[index - 1];
    return over?.kind === 'heading' ? over.text : undefined;
  };
  return (
    <div ref={scroller} className="frame-scroller">
      <div
        role="listbox"
        aria-label={label}
        className="frame-list"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-item]') : null;
          if (element !== null) choose(Number(element.dataset['item']), false);
        }}
      >
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          if (item.kind === 'heading') {
            return (
              <div
                key={row.key}
                role="presentation"
                className="frame-heading"
                style={{ transform: `translateY(${row.start}px)`, height: row.size }}
              >
                {item.text}
              </div>
            );
          }
          const user = item.kind === 'frame' && item.user;
          const quiet = item.kind === 'fold' || item.kind === 'elided' || (item.kind === 'frame' && item.quiet);
          return (
            <div
              key={row.key}
              role="option"
              aria-description={headingOver(row.index)}
              aria-selected={row.index === chosen}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              tabIndex={row.index === active ? 0 : -1}
              data-item={row.index}
              data-key={keyOf(item)}
              className={`frame-row${user ? ' is-user' : ''}${quiet ? ' is-quiet' : ''}`}
              style={{ transform: `translateY(${row.start}px)`, height: row.size }}
            >
              <FrameRow item={item} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
