/** The text as virtual lines: at once there, for any size. A line is chosen by click, or by arrows and Enter. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { LineClass } from '../../../core/model/line-class.ts';
import { lineOfOffset } from '../../../core/model/positions.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { DocumentView } from '../../../worker/protocol.ts';
import { fixedRows, useWindow } from '../../hooks/use-window.ts';
import { useArrivals } from '../../stores/current.ts';
import { lineBounds, lineCount, linePieces, offsetInLine } from './lines.ts';
import styles from './text.module.css';

export interface TextSurfaceProps {
  document: DocumentView;
  highlight: SourceRange | undefined;
  /** Changes when the highlight is to be brought into sight. */
  reveal: number;
  /** First line to show when the surface appears without a highlight; -1 = none. */
  topLine: number;
  onTopLine: (line: number) => void;
  /** A place was chosen: byte offset. */
  onChoose: (offset: number, line: number) => void;
}

const rowHeight = 20;

const classNames = { [LineClass.recognised]: 'recognised', [LineClass.unrecognised]: 'unrecognised' } as const;

function markOf(document: DocumentView, line: number): 'recognised' | 'unrecognised' | undefined {
  const value = document.lineClass[line];
  return value === LineClass.recognised || value === LineClass.unrecognised ? classNames[value] : undefined;
}

/** UTF-16 units between the start of `line` and the caret that a click set. */
function clickedColumn(line: Element): number {
  const selection = getSelection();
  const anchor = selection?.anchorNode ?? null;
  if (selection === null || anchor === null || !line.contains(anchor)) return 0;
  const range = document.createRange();
  range.selectNodeContents(line);
  range.setEnd(anchor, selection.anchorOffset);
  return range.toString().length;
}

export function PlainText({ document, highlight, reveal, topLine, onTopLine, onChoose }: TextSurfaceProps) {
  const first = highlight?.document === document.id ? lineOfOffset(document.lineStarts, highlight.start) : -1;
  const [active, setActive] = useState(Math.max(0, first));
  const count = lineCount(document);
  // Lines of a large document come when they are looked at.
  useArrivals();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => fixedRows(count, rowHeight), [count]);
  const shown = useWindow(rows, scroller);
  const [seen, setSeen] = useState({ reveal, document: document.id });
  // Another view chose a line: adjusted while rendering, so that nothing flashes.
  if (seen.reveal !== reveal || seen.document !== document.id) {
    setSeen({ reveal, document: document.id });
    if (first >= 0) setActive(first);
  }
  useEffect(() => {
    if (first >= 0) shown.scrollTo(first, 'center');
    else if (topLine > 0) shown.scrollTo(topLine, 'start');
    // Only a new selection scrolls: not the place where the person scrolled to.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [reveal, document.id]);

  useEffect(() => onTopLine(rows.rowAt(shown.offset())));

  const choose = (line: number, column: number) => {
    setActive(line);
    onChoose(offsetInLine(document, line, column), line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -count, End: count };
    const step = steps[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(active, 0);
    } else if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(count - 1, Math.max(0, active + step));
      setActive(next);
      shown.scrollTo(next, 'nearest');
    }
  };
  const onClick = (event: MouseEvent) => {
    const line = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    const text = line?.querySelector('[data-text]') ?? null;
    if (line === null || text === null || getSelection()?.isCollapsed === false) return;
    choose(Number(line.getAttribute('data-line')), clickedColumn(text));
  };
  return (
    <div ref={scroller} className={styles['scroller']}>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={`Text of ${document.name}`}
        aria-activedescendant={count > 0 ? `text-line-${active}` : undefined}
        className={styles['lines']}
        style={{ height: shown.height }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {Array.from({ length: Math.max(0, shown.end - shown.first) }, (_, place) => {
          const line = shown.first + place;
          const { start, end } = lineBounds(document, line);
          const touched = highlight?.document === document.id && highlight.start <= end && highlight.end > start;
          const mark = markOf(document, line);
          const pieces = linePieces(document, line, highlight);
          const blank = pieces.every((piece) => piece.text.trim() === '');
          return (
            <div
              key={line}
              id={`text-line-${line}`}
              role="option"
              aria-selected={touched}
              aria-label={blank ? 'empty line' : undefined}
              aria-setsize={count}
              aria-posinset={line + 1}
              data-line={line}
              data-active={line === active}
              data-mark={mark}
              className={styles['line']}
              style={{ transform: `translateY(${shown.placeOf(line).toString()}px)` }}
            >
              <span className={styles['number']} aria-hidden="true">
                {line + 1}
              </span>
              <span className={styles['mark']} title={mark === 'unrecognised' ? 'Not understood' : undefined}>
                {mark === 'unrecognised' && (
                  <>
                    <span aria-hidden="true">?</span>
                    <span className="visually-hidden">not understood: </span>
                  </>
                )}
              </span>
              <code data-text="">
                {pieces.map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text))}
              </code>
            </div>
          );
        })}
      </div>
    </div>
  );
}
