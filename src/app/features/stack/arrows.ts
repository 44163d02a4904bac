/** Pointer arrows on the right: what the selected (or hovered) word points at, and which words point at it. */
import { itemAt, type StackLayout } from './items.ts';

export interface PointerArrow {
  from: number;
  to: number;
  incoming: boolean;
  /** Address at the far end, for the mark at the edge when it is out of sight. */
  far: bigint;
}

/** More arrows than this explain nothing. */
const maximumIncoming = 8;

export function arrowsOf(layout: StackLayout, address: bigint | undefined, wordSize: 4 | 8 = 8): PointerArrow[] {
  if (address === undefined) return [];
  const at = itemAt(layout, address);
  const item = layout.items[at];
  if (item?.kind !== 'row') return [];
  const middle = (index: number) => (layout.items[index]?.top ?? 0) + (layout.items[index]?.height ?? 0) / 2;
  const arrows: PointerArrow[] = [];
  if (item.row.value !== undefined && item.row.link === undefined) {
    const target = itemAt(layout, item.row.value);
    if (target >= 0 && target !== at) arrows.push({ from: middle(at), to: middle(target), incoming: false, far: item.row.value });
  }
  const size = BigInt(wordSize);
  for (const [index, other] of layout.items.entries()) {
    if (arrows.length > maximumIncoming) break;
    const rows = other.kind === 'row' ? [other.row] : other.kind === 'fold' && !other.open ? other.rows : [];
    for (const row of rows) {
      if (row.value === undefined || row.link !== undefined || index === at) continue;
      if (row.value < address || row.value >= address + size) continue;
      arrows.push({ from: middle(index), to: middle(at), incoming: true, far: row.address });
      break;
    }
  }
  return arrows;
}

export interface EdgeMark {
  edge: 'top' | 'bottom';
  far: bigint;
}

/** Ends of arrows that lie outside [top, bottom]. */
export function edgeMarks(arrows: readonly PointerArrow[], top: number, bottom: number): EdgeMark[] {
  return arrows.flatMap((arrow): EdgeMark[] => {
    const y = arrow.incoming ? arrow.from : arrow.to;
    if (y < top) return [{ edge: 'top', far: arrow.far }];
    return y > bottom ? [{ edge: 'bottom', far: arrow.far }] : [];
  });
}
