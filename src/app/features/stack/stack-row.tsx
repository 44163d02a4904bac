import { memo } from 'react';
import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import { counted } from '../../ui/digits.ts';
import { Command } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { Pill, Tag } from '../../ui/tag.tsx';
import { Value } from '../../ui/value.tsx';
import { addressOf, type BandBox, type StackItem } from './items.ts';
import { expectedValue, meaningOf, tagOf } from './names.ts';
import { foldSummary } from './quiet.ts';
import { itemName } from './row-text.ts';

export interface StackRowProps {
  item: Exclude<StackItem, { kind: 'callout' }>;
  index: number;
  box: BandBox;
  picture: StackPicture;
  selected: boolean;
  /** The one tab stop of the diagram. */
  current: boolean;
  /** Same value as the hovered word. */
  equal: boolean;
  calloutOpen: boolean;
}

/** More registers than this beside one row are counted. */
const maximumPills = 2;

function Registers({ names }: { names: readonly string[] }) {
  const shown = names.length > maximumPills + 1 ? names.slice(0, maximumPills) : names;
  return (
    <span className="stack-pills" aria-hidden="true" title={names.join(', ')}>
      {shown.map((name) => (
        <span key={name} data-register={name}>
          <Pill walk={name === 'walk'}>{name}</Pill>
        </span>
      ))}
      {shown.length < names.length && <Pill>+{names.length - shown.length}</Pill>}
    </span>
  );
}

/** The value; of a word that is not in the case what it must be, marked as such. */
function WordValue({ row, picture }: { row: StackRow; picture: StackPicture }) {
  if (row.value !== undefined) return <Value value={row.value} wordSize={picture.wordSize} />;
  const expected = expectedValue(row, picture);
  if (expected === undefined) return <span className="stack-absent">…</span>;
  return (
    <span className="stack-expected">
      <Value value={expected} wordSize={picture.wordSize} />
    </span>
  );
}

/** The four cells of a word, a folded run or a gap. Events are handled by the view, by `data-index`. */
export const StackRowView = memo(function StackRowView(props: StackRowProps) {
  const { item, index, box, picture, selected, current, equal, calloutOpen } = props;
  const bad = item.kind === 'row' && item.row.verdict === 'bogus';
  const past = item.kind === 'row' && item.row.link !== undefined && picture.links[item.row.link]?.pastBreak === true;
  const classes = [
    'stack-row',
    `stack-${item.kind}`,
    bad && (calloutOpen ? 'is-bad has-callout' : 'is-bad'),
    selected && 'is-selected',
    equal && 'is-equal',
    past && 'is-past',
  ].filter((name) => name !== false);
  const callers = item.kind === 'row' && item.row.ofCaller === true;
  const registers =
    item.kind === 'row'
      ? item.row.pointedBy
      : item.kind === 'fold' && !item.open
        ? item.rows.flatMap((row) => row.pointedBy)
        : [];
  const tag = item.kind === 'row' ? tagOf(item.row) : undefined;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-label={itemName(item, box, picture)}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      className={classes.join(' ')}
      style={{ top: `calc(var(--u) * ${item.top - box.top})`, height: `calc(var(--u) * ${item.height})` }}
      data-index={index}
    >
      {callers && <i className="stack-bracket" aria-hidden="true" />}
      {registers.length > 0 && <Registers names={registers} />}
      <span role="gridcell" className="mono stack-address">
        0x{addressOf(item).toString(16)}
      </span>
      {item.kind === 'gap' ? (
        <span role="gridcell" className="stack-gap-text">
          {counted(item.gap.bytes, 'byte')} not in the paste <Command command={item.gap.command} focusable={false} />
        </span>
      ) : item.kind === 'fold' ? (
        <>
          <span role="gridcell" className="stack-fold-tag">
            <Icon name={item.open ? 'down' : 'right'} size={12} />
            {counted(item.rows.length, 'word')}
          </span>
          <span role="gridcell" />
          <span role="gridcell" className="stack-meaning" title={foldSummary(item.rows)}>
            {foldSummary(item.rows)}
          </span>
        </>
      ) : (
        <>
          <span role="gridcell" className="stack-cell-tag">
            {tag && (
              <Tag tone={tag.tone} glyph={tag.glyph}>
                {callers ? 'caller’s FP' : tag.text}
              </Tag>
            )}
          </span>
          <span role="gridcell" className={`mono stack-value ink-${tag?.tone ?? 'local'}`}>
            <WordValue row={item.row} picture={picture} />
          </span>
          <span role="gridcell" className="stack-meaning" title={meaningOf(item.row, picture)}>
            {meaningOf(item.row, picture)}
          </span>
        </>
      )}
    </div>
  );
});
