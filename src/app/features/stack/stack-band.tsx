import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import { byteCount } from '../../ui/digits.ts';
import { Callout } from './callout.tsx';
import type { BandBox, StackItem } from './items.ts';
import { bandTitle, displayName } from './names.ts';
import { bandName, placeOf } from './row-text.ts';
import { StackRowView } from './stack-row.tsx';

interface StackBandProps {
  box: BandBox;
  index: number;
  /** Items of this band that are mounted, with their index in the layout. */
  mounted: readonly { item: StackItem; index: number }[];
  picture: StackPicture;
  selected: bigint | undefined;
  current: number;
  hovered: StackRow | undefined;
  openCallout: bigint | undefined;
  onCalloutHeight: (height: number) => void;
}

const placedBy = {
  printed: undefined,
  'return-address': 'placed by its return address',
  'frame-pointer': 'placed by the frame-pointer chain',
} as const;

/** Values that are equal by chance; outlining them says nothing. */
const commonValues = 4096n;

function isEqual(row: StackRow, hovered: StackRow | undefined): boolean {
  return hovered !== undefined && row !== hovered && row.value === hovered.value && (row.value ?? 0n) >= commonValues;
}

/** One frame: its name on the left, its mounted rows on the right. */
export function StackBandView(props: StackBandProps) {
  const { box, index, mounted, picture, selected, current, hovered, openCallout } = props;
  const { band } = box;
  const edge = band.user ? 'user' : band.kind;
  const placed = placedBy[band.placed];
  return (
    <div
      role="rowgroup"
      aria-label={bandName(band)}
      className={`stack-band edge-${edge}`}
      style={{ top: `calc(var(--u) * ${box.top})`, height: `calc(var(--u) * ${box.height})` }}
    >
      {box.divider !== undefined && <div className="stack-divider">{box.divider}</div>}
      <div className="stack-label" data-band={index} title={placed === undefined ? band.function : `${band.function}, ${placed}`}>
        <b>{bandTitle(band)}</b>
        <small>{placeOf(band)}</small>
        <small>{band.partial === true ? 'start not known' : byteCount(band.end - band.start)}</small>
        {band.inlined.length > 0 && <small className="stack-inlined">+ {band.inlined.map(displayName).join(', ')} inlined</small>}
      </div>
      {mounted.map(({ item, index: at }) =>
        item.kind === 'callout' ? (
          <Callout
            key={`callout${item.callout.address.toString(16)}`}
            callout={item.callout}
            top={item.top - box.top}
            onHeight={props.onCalloutHeight}
          />
        ) : (
          <StackRowView
            key={`${item.kind}${at}`}
            item={item}
            index={at}
            box={box}
            picture={picture}
            selected={item.kind === 'row' && item.row.address === selected}
            current={at === current}
            equal={item.kind === 'row' && isEqual(item.row, hovered)}
            calloutOpen={item.kind === 'row' && item.row.address === openCallout}
          />
        ),
      )}
    </div>
  );
}
