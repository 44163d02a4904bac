import './structs.css';
import type { FieldRow, StructView } from '../../../core/model/session.ts';
import type { Address } from '../../../core/model/address.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { counted } from '../../ui/digits.ts';
import { Tag } from '../../ui/tag.tsx';
import { Value } from '../../ui/value.tsx';
import { SourceLink } from '../inspector/source-link.tsx';
import { chipDetail, chipOf } from './chips.ts';

/** Characters of a printed text that a row shows. */
const mostText = 60;

function shownText(text: string): string {
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text;
}

function ValueCell({ row }: { row: FieldRow }) {
  const { value, text, decimal, repeats } = row.field;
  return (
    <>
      {value !== undefined && <Value value={value} />}
      {value !== undefined && decimal === true && value >= 10n && <small> = {value.toString()}</small>}
      {text !== undefined && text !== '' && <small> {value === undefined ? shownText(text) : `"${shownText(text)}"`}</small>}
      {repeats !== undefined && <small> × {repeats.toString()}</small>}
    </>
  );
}

function FieldLine({ row, selected, size }: { row: FieldRow; selected: boolean; size: 4 | 8 }) {
  const chip = chipOf(row);
  const detail = chipDetail(row);
  const { address, field } = row;
  const show = (at: Address) => useSelection.getState().follow({ address: at, source: field.source }, 'list');
  const name = field.name === '' ? 'value' : field.name;
  const marked = row.bad || row.sign !== undefined;
  return (
    <tr className={marked ? (selected ? 'is-bad is-selected' : 'is-bad') : selected ? 'is-selected' : undefined}>
      <th scope="row" className="mono">
        {address === undefined ? (
          name
        ) : (
          <button
            type="button"
            className="text-link struct-field"
            title={`0x${address.toString(16)}${row.placeInferred ? ', place inferred' : ''}, ${size.toString()} bytes: show this word`}
            onClick={() => show(address)}
          >
            {name}
          </button>
        )}
      </th>
      <td className="mono struct-value">
        <ValueCell row={row} />
      </td>
      <td>
        {chip !== undefined && (
          <Tag tone={chip.tone} glyph={chip.glyph}>
            {chip.text}
          </Tag>
        )}
        {detail !== '' && <span className="struct-detail">{detail}</span>}
      </td>
      <td className="struct-line">
        <SourceLink source={field.source} />
      </td>
    </tr>
  );
}

/** One printed struct; evidence is marked by a bar, a chip and words. */
export function StructTable({ view, size, id }: { view: StructView; size: 4 | 8; id: string }) {
  const selected = useSelection((state) => state.address);
  const { struct, rows } = view;
  const leftovers = rows.filter((row) => row.sign !== undefined || row.bad).length;
  return (
    <section className="struct plain-zeros" aria-labelledby={id}>
      <h3 id={id} className="struct-head">
        <b className="mono">{struct.expression === '' ? struct.type || 'struct' : struct.expression}</b>
        {struct.type !== '' && struct.expression !== '' && <span className="mono">{struct.type}</span>}
        {struct.address !== undefined && <span className="mono struct-address">0x{struct.address.toString(16)}</span>}
        {leftovers > 0 && (
          <span className="struct-count">
            {leftovers} of {counted(struct.fields.length, 'field')} cannot be what they say
          </span>
        )}
      </h3>
      {view.sign !== undefined && <p className="struct-sign">{view.sign}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">What it is</th>
            <th scope="col">Read from</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <FieldLine
              key={index}
              row={row}
              size={size}
              selected={
                selected !== undefined &&
                (row.address === selected || (row.address === undefined && row.field.value === selected))
              }
            />
          ))}
        </tbody>
      </table>
      {view.more > 0 && <p className="struct-sign">{counted(view.more, 'more field is', 'more fields are')} not listed</p>}
    </section>
  );
}
