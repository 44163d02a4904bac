import { formatWord } from '../../../core/model/address.ts';
import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import { bytesOf, counted, textOf } from '../../ui/digits.ts';
import { Tooltip, type TooltipAnchor } from '../../ui/tooltip.tsx';
import { roleName } from './names.ts';

interface RowTooltipProps {
  row: StackRow;
  picture: StackPicture;
  anchor: TooltipAnchor;
}

function otherPlaces(picture: StackPicture, row: StackRow): number {
  let count = 0;
  for (const band of picture.bands)
    for (const other of band.rows) if (other.value === row.value && other.address !== row.address) count++;
  return count;
}

/** The word under the pointer as hex, decimal, bytes and text; what it is; where else it stands. */
export function RowTooltip({ row, picture, anchor }: RowTooltipProps) {
  if (row.value === undefined) return null;
  const text = textOf(row.value, picture.wordSize);
  const link = row.link === undefined ? undefined : picture.links[row.link];
  const others = row.value < 4096n ? 0 : otherPlaces(picture, row);
  return (
    <Tooltip anchor={anchor}>
      <dl className="stack-tip">
        <dt>Value</dt>
        <dd className="mono">{formatWord(row.value)}</dd>
        <dt>Decimal</dt>
        <dd className="mono">{row.value.toString()}</dd>
        <dt>Bytes</dt>
        <dd className="mono">{bytesOf(row.value, picture.wordSize).join(' ')}</dd>
        {text !== undefined && (
          <>
            <dt>Text</dt>
            <dd className="mono">{text}</dd>
          </>
        )}
        <dt>Role</dt>
        <dd>{roleName(row.role)}</dd>
        {row.meaning !== undefined && (
          <>
            <dt>Points to</dt>
            <dd>{row.meaning.text.replaceAll('`', '')}</dd>
          </>
        )}
        {link?.reason !== undefined && (
          <>
            <dt>Link</dt>
            <dd>{link.reason.replaceAll('`', '')}</dd>
          </>
        )}
        {others > 0 && (
          <>
            <dt>Also in</dt>
            <dd>{counted(others, 'other word')} of this stack</dd>
          </>
        )}
      </dl>
    </Tooltip>
  );
}
