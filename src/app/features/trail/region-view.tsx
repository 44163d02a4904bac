import type { Address } from '../../../core/model/address.ts';
import type { TrailPlace, TrailRegion } from '../../../core/model/trail.ts';
import { isRuntimeFunction } from '../../../core/model/function-name.ts';
import { Pill } from '../../ui/tag.tsx';
import { Value } from '../../ui/value.tsx';
import { regionItems, sizeText, type RegionItem } from './region-items.ts';
import { SpanStrip } from './span-strip.tsx';

export interface RegionProps {
  region: TrailRegion;
  id: string;
  /** The value whose trail it is. */
  value: Address;
  flipped: boolean;
  selected: Address | undefined;
  /** The card that is pointed at. */
  hot: number | undefined;
  onHover: (card: number | undefined) => void;
  onSelect: (place: TrailPlace, region: TrailRegion) => void;
}

function Badges({ cards }: { cards: readonly number[] }) {
  if (cards.length === 0) return null;
  return (
    <span className="region-badges">
      {cards.map((card) => (
        <i key={card}>
          <span className="visually-hidden">card </span>
          {card + 1}
        </i>
      ))}
    </span>
  );
}

function placeClasses(place: TrailPlace, { selected, hot, value }: RegionProps): string {
  return [
    'region-row',
    `region-${place.kind}`,
    place.kind === 'frame' && !isRuntimeFunction(place.label) && 'is-user',
    place.cards.length > 0 && 'has-cards',
    place.value === value && 'is-bad',
    selected === place.start && 'is-selected',
    hot !== undefined && place.cards.includes(hot) && 'is-hot',
  ]
    .filter((name) => name !== false)
    .join(' ');
}

function Words({ place }: { place: TrailPlace }) {
  const size = place.kind === 'frame' && place.end !== undefined ? sizeText(place.end - place.start) : '';
  const { value } = place;
  return (
    <>
      <span className="region-name">
        {place.kind === 'stack-pointer' ? <Pill>{place.label}</Pill> : <span className="mono">{place.label}</span>}
        {place.detail !== undefined && <small>{place.kind === 'field' ? ` of ${place.detail}` : ` ${place.detail}`}</small>}
        {size !== '' && <small> {size}</small>}
        {place.meaning !== undefined && value !== undefined && value > 9n && <small> · {place.meaning}</small>}
      </span>
      {value !== undefined && (
        <span className="region-value mono">
          <Value value={value} />
        </span>
      )}
    </>
  );
}

function Place({ place, props }: { place: TrailPlace; props: RegionProps }) {
  const { region, onHover, onSelect } = props;
  const [card] = place.cards;
  return (
    <li
      className={placeClasses(place, props)}
      onPointerEnter={card === undefined ? undefined : () => onHover(card)}
      onPointerLeave={card === undefined ? undefined : () => onHover(undefined)}
    >
      {card === undefined ? (
        <span className="region-address mono">0x{place.start.toString(16)}</span>
      ) : (
        <button
          type="button"
          className="region-address mono"
          aria-pressed={props.selected === place.start}
          onClick={() => onSelect(place, region)}
          onFocus={() => onHover(card)}
          onBlur={() => onHover(undefined)}
        >
          0x{place.start.toString(16)}
        </button>
      )}
      <Words place={place} />
      <Badges cards={place.cards} />
    </li>
  );
}

function Item({ item, props }: { item: RegionItem; props: RegionProps }) {
  switch (item.kind) {
    case 'gap':
      return (
        <li className="region-gap">
          <span aria-hidden="true">↕</span> {sizeText(item.bytes)}
        </li>
      );
    case 'fields':
      return (
        <li className="region-row region-fields">
          <span className="region-address mono">0x{(item.places[0]?.start ?? 0n).toString(16)}</span>
          <span className="region-name">
            <small>
              {item.places.length} more fields of {item.struct}: {item.places.map((place) => place.label).join(', ')}
            </small>
          </span>
        </li>
      );
    case 'place':
      return <Place place={item.place} props={props} />;
  }
}

/** One stretch of memory: what lies in it, in order, with the distances between. */
export function RegionView(props: RegionProps) {
  const { region, id, flipped } = props;
  const drawn = region.kind === 'span' && region.end !== undefined;
  return (
    <section className={`region region-of-${region.kind}`} aria-labelledby={id}>
      <h3 id={id}>{region.title}</h3>
      {drawn && <SpanStrip region={region} value={props.value} />}
      {region.kind === 'stack' && <p className="region-end">{flipped ? '▲ higher addresses' : '▲ lower addresses'}</p>}
      <ol role="list">
        {regionItems(region, flipped).map((item, index) => (
          <Item key={index} item={item} props={props} />
        ))}
      </ol>
      {region.kind === 'stack' && <p className="region-end">{flipped ? '▼ lower addresses' : '▼ higher addresses'}</p>}
    </section>
  );
}
