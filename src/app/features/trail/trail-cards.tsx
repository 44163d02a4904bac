import { useRef, type KeyboardEvent } from 'react';
import type { TrailCard } from '../../../core/model/trail.ts';
import type { SessionView } from '../../../core/model/session.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Value } from '../../ui/value.tsx';
import { SourceLink } from '../inspector/source-link.tsx';
import { cardWords } from './card-words.ts';

type TrailView = SessionView['trails'][number];

interface CardsProps {
  trail: TrailView;
  chosen: number;
  /** Cards that are pointed at here or in the drawing. */
  hot: ReadonlySet<number>;
  onHover: (card: number | undefined) => void;
  onChoose: (card: number) => void;
}

function orderWord(trail: TrailView, index: number): string {
  if (index === trail.cards.length - 1 && trail.cards[index]?.kind === 'complaint') return ' · crash';
  if (index === 0) return ' · earliest';
  return index === trail.cards.length - 1 ? ' · latest' : '';
}

function Foot({ card }: { card: TrailCard }) {
  return (
    <p className="trail-foot">
      <SourceLink source={card.source} />
      {card.file !== undefined && (
        <span>
          {card.file.split('/').at(-1)}
          {card.line !== undefined && `:${card.line.toString()}`}
        </span>
      )}
      {card.step !== undefined && <span title="Count of the debugger's commands that moved the program">step {card.step}</span>}
    </p>
  );
}

/** Cards from oldest to newest. Each has one button that covers it, and the link to its lines on top. */
export function TrailCards({ trail, chosen, hot, onHover, onChoose }: CardsProps) {
  const list = useRef<HTMLOListElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.trail-title') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + step];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <ol ref={list} role="list" className="trail-cards" aria-label="What happened to it, oldest first" onKeyDown={onKeyDown}>
      {trail.cards.map((card, index) => {
        const words = cardWords(trail, index);
        const last = index === trail.cards.length - 1 && card.kind === 'complaint';
        const classes = [
          'trail-card',
          card.inferred && 'is-inferred',
          last && 'is-crash',
          index === chosen && 'is-chosen',
          hot.has(index) && 'is-hot',
        ].filter((name) => name !== false);
        return (
          <li
            key={index}
            className={classes.join(' ')}
            onPointerEnter={() => onHover(index)}
            onPointerLeave={() => onHover(undefined)}
          >
            <p className="trail-order">
              <span className="trail-number">{index + 1}</span>
              {orderWord(trail, index)}
              <span className={card.inferred ? 'trail-inferred' : 'trail-seen'}>{card.inferred ? 'inferred' : 'observed'}</span>
            </p>
            <button
              type="button"
              className="trail-title"
              aria-pressed={index === chosen}
              aria-describedby={`trail-card-${index.toString()}`}
              onClick={() => onChoose(index)}
              onFocus={() => onHover(index)}
              onBlur={() => onHover(undefined)}
            >
              <CodeText text={words.title} />
            </button>
            <div id={`trail-card-${index.toString()}`} className="trail-body">
              {words.lines.map((line) => (
                <p key={line}>
                  <CodeText text={line} />
                </p>
              ))}
              {words.after !== undefined && (
                <p className="trail-memory mono">
                  <span className="visually-hidden">memory before </span>
                  {words.before === undefined ? '?' : <Value value={words.before} />}
                  <span aria-hidden="true"> → </span>
                  <span className="visually-hidden"> and after </span>
                  <b>
                    <Value value={words.after} />
                  </b>
                </p>
              )}
            </div>
            <Foot card={card} />
          </li>
        );
      })}
    </ol>
  );
}
