import './stack.css';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Address } from '../../../core/model/address.ts';
import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { copyText } from '../../ui/copy-button.tsx';
import { printedHeight, usePrinting } from '../../hooks/use-printing.ts';
import { arrowsOf, edgeMarks } from './arrows.ts';
import { EdgeStrip } from './edge-strip.tsx';
import type { StackItem, StackLayout } from './items.ts';
import { stepFor } from './keyboard.ts';
import { laneOf, visibleLane } from './lane.ts';
import { LaneOverlay } from './lane-overlay.tsx';
import { Minimap } from './minimap.tsx';
import { mountedBands, scrollFor } from './mounted.ts';
import { RowTooltip } from './row-tooltip.tsx';
import { StackBandView } from './stack-band.tsx';
import { useHover } from './use-hover.ts';
import { useViewport } from './use-viewport.ts';

export interface StackViewProps {
  picture: StackPicture;
  layout: StackLayout;
  selected: Address | undefined;
  /** Item that holds the tab stop. */
  current: number;
  /** Changes when `current` is to be brought into sight; `focus` also moves the keyboard there. */
  reveal: { serial: number; focus: boolean };
  openCallout: bigint | undefined;
  onSelect: (address: Address, source: SourceRange | undefined) => void;
  onMove: (index: number) => void;
  onToggle: (key: string) => void;
  onFollow: (row: StackRow) => void;
  /** A click on a register beside a row, and on the name of a frame (its place in the layout). */
  onRegister: (name: string) => void;
  onBand: (index: number) => void;
  onCalloutHeight: (height: number) => void;
}

/** Mounted beyond the visible range on each side, in design pixels. */
const overscan = 160;

/** More digits than a user address has: the column must hold all of them. */
const longestShort = 1n << 48n;

function hasLongValues({ bands }: StackPicture): boolean {
  return bands.some((band) => band.rows.some(({ value }) => value !== undefined && value >= longestShort));
}

/** The diagram: header, bounds, bands in a window of mounted rows, one overlay, minimap. */
export function StackView(props: StackViewProps) {
  const { picture, layout, selected, current, reveal, openCallout } = props;
  const scroller = useRef<HTMLDivElement | null>(null);
  const { viewport, attach, read } = useViewport();
  const attachScroller = useCallback(
    (box: HTMLDivElement) => {
      scroller.current = box;
      return attach(box);
    },
    [attach],
  );
  const rowAt = (index: number): StackRow | undefined => {
    const item = layout.items[index];
    return item?.kind === 'row' ? item.row : undefined;
  };
  const { hover, enter, leave } = useHover(rowAt);

  const printing = usePrinting();
  const top = printing ? 0 : viewport.top - overscan;
  const bottom = printing ? printedHeight : viewport.top + viewport.height + overscan;
  const height = printing ? Math.min(layout.height, printedHeight) : layout.height;
  const mounted = mountedBands(layout, top, bottom, current);
  const lane = useMemo(() => laneOf(layout, picture.links), [layout, picture]);
  const pointed = hover?.row.address ?? selected;
  const arrows = useMemo(() => arrowsOf(layout, pointed, picture.wordSize), [layout, pointed, picture.wordSize]);
  const marks = edgeMarks(arrows, viewport.top, viewport.top + viewport.height);

  const isWide = useMemo(() => hasLongValues(picture), [picture]);
  const scrollTo = (y: number) => scroller.current?.scrollTo({ top: y * viewport.unit });

  // Bring the current item into sight when asked, and only then: folding must not scroll by itself.
  const latest = useRef({ layout, current, unit: viewport.unit });
  useLayoutEffect(() => {
    latest.current = { layout, current, unit: viewport.unit };
  });
  useLayoutEffect(() => {
    const box = scroller.current;
    const item = latest.current.layout.items[latest.current.current];
    if (item === undefined || box === null) return;
    const { unit } = latest.current;
    const to = scrollFor(item, box.scrollTop / unit, box.clientHeight / unit);
    if (to !== undefined) box.scrollTop = to * unit;
    if (reveal.focus) box.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
  }, [reveal]);

  const act = (index: number, item: StackItem | undefined) => {
    if (item?.kind === 'row') props.onSelect(item.row.address, item.row.source);
    else if (item !== undefined) props.onMove(index);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLButtonElement) return;
    const step = stepFor(layout, current, event.key, Math.max(1, Math.floor(viewport.height / 20) - 1));
    if (step === undefined) return;
    event.preventDefault();
    if (step.do === 'move') {
      props.onMove(step.to);
      return;
    }
    const item = layout.items[step.item];
    if (step.do === 'toggle' && item?.kind === 'fold') props.onToggle(item.key);
    if (step.do === 'copy-command' && item?.kind === 'gap') void copyText(item.gap.command, 'command');
    if (step.do === 'follow' && item?.kind === 'row') props.onFollow(item.row);
  };
  const itemOf = (target: EventTarget): { index: number; element: HTMLElement | null } => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    return { index: Number(element?.dataset['index'] ?? -1), element };
  };

  const onClick = (event: React.MouseEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.closest('button') !== null) return;
    const register = event.target.closest<HTMLElement>('[data-register]')?.dataset['register'];
    const label = event.target.closest<HTMLElement>('[data-band]')?.dataset['band'];
    const { index } = itemOf(event.target);
    const item = layout.items[index];
    if (register !== undefined) props.onRegister(register);
    else if (label !== undefined) props.onBand(Number(label));
    else {
      if (item?.kind === 'fold') props.onToggle(item.key);
      act(index, item);
    }
  };

  return (
    <div className={isWide ? 'stack-view is-wide' : 'stack-view'}>
      <div className="stack-columns" aria-hidden="true">
        <span>Frame</span>
        <span>Chain</span>
        <span>Address</span>
        <span>Kind</span>
        <span>Value</span>
        <span>Meaning</span>
      </div>
      <EdgeStrip picture={picture} low={!layout.flipped} first />
      <div className="stack-window">
        <div
          ref={attachScroller}
          className="stack-scroller"
          onScroll={(event) => {
            leave();
            read(event.currentTarget);
          }}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => {
            if (event.pointerType !== 'touch') enter(itemOf(event.target).element, event.clientX);
          }}
          onPointerLeave={leave}
          onClick={onClick}
          onDoubleClick={(event) => {
            const row = rowAt(itemOf(event.target).index);
            if (row !== undefined) props.onFollow(row);
          }}
        >
          <div
            role="grid"
            aria-label={`Stack of ${/^\d+$/.test(picture.owner) ? 'goroutine ' : ''}${picture.owner}`}
            aria-rowcount={layout.items.length + 1}
            aria-colcount={4}
            className={layout.flipped ? 'stack-canvas is-flipped' : 'stack-canvas'}
            style={{ height: `calc(var(--u) * ${height})` }}
          >
            <div role="rowgroup" className="visually-hidden">
              <div role="row" aria-rowindex={1}>
                {['Address', 'Kind', 'Value', 'Meaning'].map((name) => (
                  <span key={name} role="columnheader">
                    {name}
                  </span>
                ))}
              </div>
            </div>
            {mounted.map(({ band, items }) => {
              const box = layout.bands[band];
              return (
                box !== undefined && (
                  <StackBandView
                    key={box.band.start.toString(16)}
                    box={box}
                    index={band}
                    mounted={items}
                    picture={picture}
                    selected={selected}
                    current={current}
                    hovered={hover?.row}
                    openCallout={openCallout}
                    onCalloutHeight={props.onCalloutHeight}
                  />
                )
              );
            })}
            <LaneOverlay
              lane={visibleLane(lane, top, bottom)}
              arrows={arrows}
              top={Math.max(0, top)}
              height={Math.max(1, Math.min(bottom, layout.height + 40) - Math.max(0, top))}
              width={viewport.width}
            />
          </div>
        </div>
        {marks.map((mark) => (
          <span
            key={`${mark.edge}${mark.far.toString(16)}`}
            className={`stack-edge-mark at-${mark.edge} mono`}
            aria-hidden="true"
          >
            {mark.edge === 'top' ? '↑' : '↓'} 0x{mark.far.toString(16)}
          </span>
        ))}
        <Minimap layout={layout} top={viewport.top} height={viewport.height} unit={viewport.unit} onScroll={scrollTo} />
      </div>
      <EdgeStrip picture={picture} low={layout.flipped} first={false} />
      {hover?.anchor !== undefined && <RowTooltip row={hover.row} picture={picture} anchor={hover.anchor} />}
    </div>
  );
}
