/** From a picture to placed items: bands in the chosen direction, quiet runs folded, the open callout under its row. */
import type { StackBand, StackGap, StackPicture, StackRow } from '../../../core/model/picture.ts';
import { byteCount } from '../../ui/digits.ts';
import type { BandBox, StackItem, StackLayout } from './items.ts';
import { bandsNearProblems, isQuiet } from './quiet.ts';

export interface LayoutOptions {
  /** High addresses on top. */
  flipped: boolean;
  /** Fold quiet runs. */
  folded: boolean;
  /** Keys of runs that a person opened. */
  toggled: ReadonlySet<string>;
  /** Callout that is open, by its address. */
  openCallout?: bigint | undefined;
  calloutHeight: number;
  rowHeight: number;
}

export const bandGap = 5;
const dividerHeight = 20;
/** Room for name, file and size of the frame. */
const minimumBandRows = 3;
/** A run of fewer quiet words is not folded: it would save no line. */
const minimumRun = 2;

type Piece = { at: bigint; row: StackRow } | { at: bigint; gap: StackGap };

function piecesOf(band: StackBand, flipped: boolean): Piece[] {
  const pieces: Piece[] = [
    ...band.rows.map((row) => ({ at: row.address, row })),
    ...band.gaps.map((gap) => ({ at: gap.start, gap })),
  ];
  pieces.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return flipped ? pieces.reverse() : pieces;
}

/** Key of a run: its lowest address, the same in both directions. */
function keyOf(run: readonly StackRow[]): string {
  const first = run[0]?.address ?? 0n;
  const last = run.at(-1)?.address ?? first;
  return (first < last ? first : last).toString(16);
}

function dividerBetween(lower: StackBand, upper: StackBand): string | undefined {
  if (upper.stack !== undefined) return `Stack switches here: ${upper.stack}, ${hex(lower.end)} → ${hex(upper.start)}`;
  if (lower.end === upper.start) return undefined;
  if (upper.start < lower.end) return 'These frames overlap';
  const bytes = upper.start - lower.end;
  // More than any Go frame between two frames: another stack.
  if (bytes > 1n << 20n) return `Stack switches here, from ${hex(lower.end)} to ${hex(upper.start)}`;
  const what =
    lower.struct === undefined && upper.struct === undefined ? 'between these frames belong to neither' : 'between them';
  return `${byteCount(bytes)} ${what}`;
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

export function layoutStack(picture: StackPicture, options: LayoutOptions): StackLayout {
  const { rowHeight, flipped } = options;
  const near = bandsNearProblems(picture);
  const ordered = flipped ? [...picture.bands].reverse() : picture.bands;
  const items: StackItem[] = [];
  const bands: BandBox[] = [];
  let top = 0;

  for (const [index, band] of ordered.entries()) {
    const before = ordered[index - 1];
    const divider = before === undefined ? undefined : flipped ? dividerBetween(band, before) : dividerBetween(before, band);
    if (index > 0) top += divider === undefined ? bandGap : dividerHeight + 2 * bandGap;
    const box: BandBox = { band, top, height: 0, first: items.length, end: 0, ...(divider !== undefined && { divider }) };
    const place = { band: index };
    const addRow = (row: StackRow) => {
      items.push({ kind: 'row', row, top, height: rowHeight, ...place });
      top += rowHeight;
      const callout = picture.callouts.find((one) => one.address === row.address);
      if (callout === undefined || callout.address !== options.openCallout) return;
      items.push({ kind: 'callout', callout, top, height: options.calloutHeight, ...place });
      top += options.calloutHeight;
    };
    let run: StackRow[] = [];
    const flush = () => {
      if (run.length < minimumRun || !options.folded) run.forEach(addRow);
      else {
        const key = keyOf(run);
        const open = options.toggled.has(key);
        items.push({ kind: 'fold', rows: run, key, open, top, height: rowHeight, ...place });
        top += rowHeight;
        if (open) run.forEach(addRow);
      }
      run = [];
    };
    const nearProblem = near.has(band);
    for (const piece of piecesOf(band, flipped)) {
      if ('gap' in piece) {
        flush();
        items.push({ kind: 'gap', gap: piece.gap, top, height: rowHeight + 6, ...place });
        top += rowHeight + 6;
      } else if (isQuiet(piece.row, nearProblem)) run.push(piece.row);
      else {
        flush();
        addRow(piece.row);
      }
    }
    flush();
    box.end = items.length;
    const natural = top - box.top;
    const labelRows = minimumBandRows + (band.inlined.length > 0 ? 1 : 0);
    box.height = Math.max(natural, labelRows * rowHeight);
    top = box.top + box.height;
    bands.push(box);
  }
  return { items, bands, height: top, flipped };
}
