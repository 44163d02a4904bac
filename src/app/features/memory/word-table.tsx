import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { firstRect, observeRect, scrollOnlyAway } from '../../hooks/observe-rect.ts';
import type { StackPicture } from '../../../core/model/picture.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import { wordIndex } from '../../../core/model/memory-lookup.ts';
import { contains } from '../../../core/model/address.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Value } from '../../ui/value.tsx';
import { meaningsOf, wordRow } from './word-rows.ts';

const rowHeight = 20;

/** Where a value points, for words that no picture explains. */
function place(snapshot: Snapshot, value: bigint): string {
  const mapping = value < 4096n ? undefined : snapshot.mappings.find((one) => contains(one, value));
  return mapping === undefined ? '' : `in ${mapping.file?.split('/').at(-1) ?? 'anonymous memory'}`;
}

/** Known words, ascending; one tab stop, ↑ and ↓ move. */
export function WordTable({ snapshot, picture }: { snapshot: Snapshot; picture: StackPicture | undefined }) {
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useSelection((state) => state.address);
  const { memory } = snapshot;
  const count = memory.addresses.length;
  const chosen = selected === undefined ? -1 : wordIndex(memory, selected);
  const active = Math.max(0, chosen);
  const meanings = useMemo(() => meaningsOf(picture), [picture]);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    observeElementRect: observeRect,
    initialRect: firstRect,
    scrollToFn: scrollOnlyAway,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, virtual]);
  const choose = (index: number, focus: boolean) => {
    const at = Math.max(0, Math.min(count - 1, index));
    const row = wordRow(snapshot, at);
    useSelection.getState().select({ address: row.address, source: row.source }, 'list');
    virtual.scrollToIndex(at, { align: 'auto' });
    if (focus) requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-word="${at}"]`)?.focus());
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(active + step, true);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Known words"
      aria-rowcount={count + 1}
      aria-colcount={4}
      className="word-scroller"
      // Few words leave the rest of the view to the other tables.
      style={{ maxHeight: `calc(1.75rem + ${((count + 1) * rowHeight).toString()}px)` }}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-word]') : null;
        if (element !== null) choose(Number(element.dataset['word']), false);
      }}
    >
      <div role="row" aria-rowindex={1} className="word-row word-head">
        {['Address', 'Value', 'Symbol', 'Meaning'].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" className="word-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = wordRow(snapshot, item.index);
          return (
            <div
              key={item.index}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={item.index === chosen}
              tabIndex={item.index === active ? 0 : -1}
              data-word={item.index}
              className={row.afterHole ? 'word-row is-after-hole' : 'word-row'}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <span role="gridcell" className="mono word-address">
                0x{row.address.toString(16)}
              </span>
              <span role="gridcell" className="mono">
                <Value value={row.value} wordSize={memory.wordSize} />
              </span>
              <span role="gridcell" className="mono word-symbol">
                {row.symbol}
              </span>
              <span role="gridcell" className="word-meaning">
                <CodeText text={meanings.get(row.address) ?? place(snapshot, row.value)} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
