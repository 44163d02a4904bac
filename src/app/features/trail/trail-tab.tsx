import './trail.css';
import { useState } from 'react';
import type { SessionView } from '../../../core/model/session.ts';
import type { Address } from '../../../core/model/address.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { TrailPlace, TrailRegion } from '../../../core/model/trail.ts';
import type { SnapshotView } from '../../../worker/protocol.ts';
import { useSnapshotView } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { counted } from '../../ui/digits.ts';
import { StructTable } from '../structs/struct-table.tsx';
import { placesOf } from './card-words.ts';
import { EmptyTrail } from './empty-trail.tsx';
import { RegionView } from './region-view.tsx';
import { TrailCards } from './trail-cards.tsx';

/** The life of a value. */
export function TrailTab() {
  const view = useSnapshotView();
  const [value, setValue] = useState<Address>();
  if (view === undefined) return null;
  const { trails } = view.session;
  const trail = trails.find((one) => one.value === value) ?? trails[0];
  if (trail === undefined) return <EmptyTrail view={view} />;
  return (
    <div className="trail-tab plain-zeros">
      <header className="trail-head">
        <h2>
          {trails.length === 1 ? (
            <>
              Where <code className="mono">0x{trail.value.toString(16)}</code> came from
            </>
          ) : (
            <label>
              Where{' '}
              <select
                className="mono"
                value={trail.value.toString(16)}
                onChange={(event) => setValue(trails.find((one) => one.value.toString(16) === event.target.value)?.value)}
              >
                {trails.map((one) => (
                  <option key={one.value.toString(16)} value={one.value.toString(16)}>
                    {`0x${one.value.toString(16)}, ${counted(one.cards.length, 'card')}`}
                  </option>
                ))}
              </select>{' '}
              came from
            </label>
          )}
        </h2>
        <p>oldest first, in the program’s own time</p>
      </header>
      <Story key={`${view.snapshot.id.toString()}/${trail.value.toString(16)}`} trail={trail} view={view} />
    </div>
  );
}

/** Selects a word; where its stack is drawn, the Stack view shows that stack. */
function selectWord(address: Address, source: SourceRange | undefined, owner: string | undefined): void {
  useSelection
    .getState()
    .select({ address, ...(source !== undefined && { source }), ...(owner !== undefined && { goroutine: owner }) }, 'list');
}

function Story({ trail, view }: { trail: SessionView['trails'][number]; view: SnapshotView }) {
  const selected = useSelection((state) => state.address);
  const flipped = useSettings((state) => state.direction === 'high-first');
  const [hovered, setHovered] = useState<number>();
  const [chosen, setChosen] = useState(-1);
  const { regions, cards } = trail;
  const structs = view.session.structs.filter(({ struct }) => struct.fields.some((field) => field.value === trail.value));
  const choose = (index: number) => {
    setChosen(index);
    const card = cards[index];
    const [first] = placesOf(regions, index);
    const address = first?.place.start ?? (typeof card?.at === 'bigint' ? card.at : undefined);
    if (address !== undefined) selectWord(address, card?.source, first?.region.owner);
    else if (card !== undefined) useSelection.getState().select({ source: card.source }, 'list');
  };
  const select = (place: TrailPlace, region: TrailRegion) => {
    setChosen(place.cards[0] ?? -1);
    selectWord(place.start, place.source, region.owner);
  };
  // A word that another view selected marks the cards that speak of it.
  const hot = new Set(
    regions.flatMap((region) =>
      region.places.filter((place) => place.start === selected && hovered === undefined).flatMap((place) => place.cards),
    ),
  );
  if (hovered !== undefined) hot.add(hovered);
  const common = { value: trail.value, flipped, selected, hot: hovered, onHover: setHovered, onSelect: select };
  const main = regions.filter((region) => region.kind === 'stack');
  const beside = regions.filter((region) => region.kind !== 'stack');
  return (
    <>
      <TrailCards trail={trail} chosen={chosen} hot={hot} onHover={setHovered} onChoose={choose} />
      {regions.length > 0 && (
        <section className="trail-memory-map" aria-label="The memory it ran through">
          {[main, beside].map(
            (column, index) =>
              column.length > 0 && (
                <div key={index}>
                  {column.map((region, row) => (
                    <RegionView key={row} region={region} id={`region-${index.toString()}-${row.toString()}`} {...common} />
                  ))}
                </div>
              ),
          )}
        </section>
      )}
      {structs.map((one, index) => (
        <StructTable key={index} view={one} size={view.snapshot.memory.wordSize} id={`trail-struct-${index.toString()}`} />
      ))}
    </>
  );
}
