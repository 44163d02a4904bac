/** State of one drawn stack: cursor, opened runs, what is brought into sight; and the moves that change it. */
import { useMemo, useState } from 'react';
import type { Address } from '../../../core/model/address.ts';
import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useView } from '../../stores/view-store.ts';
import { addressOf, itemAt, type StackLayout } from './items.ts';
import { layoutStack } from './layout.ts';

const compactRow = 20;
const touchRow = 26;
/** Two lines of the callout; the box then tells what it needs. */
const firstCalloutHeight = 40;

interface Cursor {
  kind: 'row' | 'fold' | 'gap';
  address: bigint;
}

function cursorIndex(layout: StackLayout, cursor: Cursor | undefined): number {
  if (cursor === undefined) return -1;
  const at = layout.items.findIndex((item) => item.kind === cursor.kind && addressOf(item) === cursor.address);
  return at >= 0 ? at : itemAt(layout, cursor.address);
}

function withToggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

export function useDiagram(picture: StackPicture) {
  const { address: selected, frameRow, serial, origin, select, follow } = useSelection();
  const flipped = useSettings((state) => state.direction === 'high-first');
  const folded = useView((state) => state.folded);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [calloutHeight, setCalloutHeight] = useState(firstCalloutHeight);
  const [cursor, setCursor] = useState<Cursor>();
  const [reveal, setReveal] = useState({ serial: 1, focus: false });
  const [seen, setSeen] = useState({ serial: -1, flipped, folded });
  const [rowHeight] = useState(() => (matchMedia('(pointer: coarse)').matches ? touchRow : compactRow));

  const openCallout = (picture.callouts.find((one) => one.address === selected) ?? picture.callouts[0])?.address;
  const layout = useMemo(
    () => layoutStack(picture, { flipped, folded, toggled, openCallout, calloutHeight, rowHeight }),
    [picture, flipped, folded, toggled, openCallout, calloutHeight, rowHeight],
  );
  const found = cursorIndex(layout, cursor);
  const current = found >= 0 ? found : Math.max(0, itemAt(layout, selected ?? openCallout ?? -1n));

  const show = (focus: boolean) => setReveal((old) => ({ serial: old.serial + 1, focus }));
  /** Opens the run that hides a word. */
  const unfold = (address: bigint) => {
    const item = layout.items[itemAt(layout, address)];
    if (item?.kind === 'fold') setToggled((old) => withToggled(old, item.key));
  };

  // Another view chose a word, or the drawing turned over: adjusted while rendering, so that nothing flashes.
  if (seen.serial !== serial || seen.flipped !== flipped || seen.folded !== folded) {
    setSeen({ serial, flipped, folded });
    const chosen = selected ?? picture.bands.find((band) => band.frameRow >= 0 && band.frameRow === frameRow)?.start;
    if (seen.serial !== serial && (origin !== 'diagram' || seen.serial < 0) && chosen !== undefined) {
      if (selected !== undefined) unfold(selected);
      setCursor({ kind: 'row', address: chosen });
      show(false);
    } else if (seen.flipped !== flipped || seen.folded !== folded) {
      setToggled(new Set());
      show(false);
    }
  }

  const selectRow = (address: Address, source: SourceRange | undefined) => {
    setCursor({ kind: 'row', address });
    select({ address, ...(source !== undefined && { source }) }, 'diagram');
  };
  const moveTo = (index: number) => {
    const item = layout.items[index];
    if (item === undefined || item.kind === 'callout') return;
    if (item.kind === 'row') selectRow(item.row.address, item.row.source);
    else setCursor({ kind: item.kind, address: addressOf(item) });
    show(true);
  };
  /** Goes to the word that `row` points at; false when this stack does not show it. */
  const followRow = (row: StackRow): boolean => {
    const target = row.value === undefined ? -1 : itemAt(layout, row.value);
    const item = layout.items[target];
    const rows = item?.kind === 'row' ? [item.row] : item?.kind === 'fold' ? item.rows : [];
    const word = rows.find((one) => row.value !== undefined && row.value >= one.address && row.value < one.address + 8n);
    if (word === undefined) return false;
    unfold(word.address);
    setCursor({ kind: 'row', address: word.address });
    follow({ address: word.address, ...(word.source !== undefined && { source: word.source }) }, 'diagram');
    show(true);
    return true;
  };
  const selectBand = (index: number) => {
    const band = layout.bands[index]?.band;
    if (band === undefined || band.frameRow < 0) return;
    setCursor({ kind: 'row', address: band.start });
    select({ frameRow: band.frameRow, ...(band.source !== undefined && { source: band.source }) }, 'diagram');
  };
  const toggle = (key: string) => setToggled((old) => withToggled(old, key));

  return { layout, current, reveal, openCallout, selected, selectRow, moveTo, followRow, selectBand, toggle, setCalloutHeight };
}
