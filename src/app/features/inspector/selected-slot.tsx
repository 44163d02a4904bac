import type { Address } from '../../../core/model/address.ts';
import type { StackPicture } from '../../../core/model/picture.ts';
import type { StructView } from '../../../core/model/session.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { bytesOf, textOf } from '../../ui/digits.ts';
import { displayName, meaningOf, roleName } from '../stack/names.ts';
import { seenAlso, smallestTelling, type SeenPlace } from './seen-also.ts';
import { alignmentText, fieldsAt, fullValue, mappingText, slotAt, spanText } from './slot-facts.ts';
import { showSource, SourceLink } from './source-link.tsx';

function Fact({ name, children, copy }: { name: string; children: React.ReactNode; copy?: string }) {
  return (
    <div className="slot-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
      {copy !== undefined && (
        <dd>
          <CopyButton text={copy} label={name.toLowerCase()} />
        </dd>
      )}
    </div>
  );
}

function goTo(place: SeenPlace, picture: StackPicture | undefined): void {
  const { address, source } = place;
  if (address === undefined) {
    if (source !== undefined) showSource(source);
    return;
  }
  useSelection.getState().follow({ address, ...(source !== undefined && { source }) }, 'finding');
  const drawn = picture?.bands.some((band) => address >= band.start && address < band.end) === true;
  useView.getState().showTab(drawn ? 'stack' : 'memory');
}

interface SelectedSlotProps {
  snapshot: Snapshot;
  structs: readonly StructView[];
  picture: StackPicture | undefined;
  address: Address;
}

/** The selected word: its value in every reading, where it points, what it is for, where else it stands. */
export function SelectedSlot({ snapshot, structs, picture, address }: SelectedSlotProps) {
  const { row, band, value, source } = slotAt(snapshot, picture, address);
  const { wordSize, bigEndian } = snapshot.memory;
  const bad = row?.verdict === 'bogus';
  const text = value === undefined ? undefined : textOf(value, wordSize, bigEndian);
  // An address that is no slot: what is known of it as a value.
  const bare = row === undefined && value === undefined;
  const told = bare ? address : value;
  const fields = fieldsAt(structs, address);
  const seen = told === undefined ? undefined : seenAlso(snapshot, told, address);
  const mapping = told === undefined ? undefined : mappingText(snapshot, told);
  const span = told === undefined ? undefined : spanText(snapshot, told);
  const meaning = row === undefined || picture === undefined ? '' : meaningOf(row, picture);
  return (
    <section className="panel-section" aria-labelledby="selected-slot">
      <h2 id="selected-slot" className="section-label">
        {bare ? 'Selected address' : 'Selected slot'}
        <span className="aside mono">0x{address.toString(16)}</span>
      </h2>
      <dl className="slot-facts">
        {value === undefined ? (
          <Fact name={bare ? 'Word there' : 'Value'}>not in the paste</Fact>
        ) : (
          <>
            <Fact name="Value" copy={fullValue(value, wordSize)}>
              <code className={bad ? 'mono ink-bad' : 'mono'}>{fullValue(value, wordSize)}</code>
            </Fact>
            <Fact name="Decimal" copy={value.toString()}>
              <code className="mono">{value.toString()}</code>
            </Fact>
            <Fact name="Bytes" copy={bytesOf(value, wordSize, bigEndian).join(' ')}>
              <code className="mono">{bytesOf(value, wordSize, bigEndian).join(' ')}</code>
            </Fact>
            {text !== undefined && (
              <Fact name="Text">
                <code className="mono">{text}</code>
              </Fact>
            )}
            {value >= smallestTelling && row?.meaning?.kind !== 'text' && (
              <Fact name="Alignment">{alignmentText(value, wordSize)}</Fact>
            )}
          </>
        )}
        {fields.map(({ struct, name, source: at }) => (
          <Fact key={`${struct}.${name}`} name="Field">
            <code className="mono">{name}</code> of <code className="mono">{struct}</code> · <SourceLink source={at} />
          </Fact>
        ))}
        {mapping !== undefined && <Fact name="Mapping">{mapping}</Fact>}
        {span !== undefined && <Fact name="Span">{span}</Fact>}
        {row !== undefined && (
          <Fact name="Role">
            {roleName(row.role)}
            {band !== undefined && (
              <>
                {' of '}
                <code className="mono">{displayName(band.function)}</code>
              </>
            )}
            {row.verdict === 'doubtful' && ', doubtful'}
          </Fact>
        )}
        {meaning !== '' && value !== undefined && <Fact name={bad ? 'Verdict' : 'Meaning'}>{meaning}</Fact>}
        {seen !== undefined && seen.places.length > 0 && (
          <Fact name={bare ? 'Seen in' : 'Seen also'}>
            {seen.places.map((place, index) => (
              <span key={place.label}>
                {index > 0 && ', '}
                <button
                  type="button"
                  className={place.address === undefined ? 'text-link' : 'text-link mono'}
                  onClick={() => goTo(place, picture)}
                >
                  {place.label}
                </button>
              </span>
            ))}
            {seen.more && ' and more'}
          </Fact>
        )}
        {source !== undefined && (
          <Fact name="Read from">
            <SourceLink source={source} />
          </Fact>
        )}
      </dl>
    </section>
  );
}
