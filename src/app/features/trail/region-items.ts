/** A region as it is drawn: frames, fields, points and the distances between them. */
import type { TrailPlace, TrailRegion } from '../../../core/model/trail.ts';

export type RegionItem =
  | { kind: 'gap'; bytes: bigint }
  | { kind: 'place'; place: TrailPlace }
  /** Fields of one struct that no card speaks of, beside one that does. */
  | { kind: 'fields'; struct: string; places: TrailPlace[] };

/** `holder`: the struct that the fields at `from` belong to. */
function fieldRun(places: readonly TrailPlace[], from: number): TrailPlace[] {
  const run: TrailPlace[] = [];
  const struct = places[from]?.detail;
  for (let index = from; index < places.length; index++) {
    const place = places[index];
    if (place?.kind !== 'field' || place.detail !== struct || place.cards.length > 0) break;
    if (index > from && run.at(-1)?.end !== place.start) break;
    run.push(place);
  }
  return run;
}

/** Ascending, or descending when `flipped`. Points that lie inside the place before them have no distance of their own. */
export function regionItems(region: TrailRegion, flipped: boolean): RegionItem[] {
  const items: RegionItem[] = [];
  let covered: bigint | undefined;
  const { places } = region;
  for (let index = 0; index < places.length; index++) {
    const place = places[index];
    if (place === undefined) continue;
    if (covered !== undefined && place.start > covered) items.push({ kind: 'gap', bytes: place.start - covered });
    const run = fieldRun(places, index);
    const last = run.length > 1 ? run.at(-1) : place;
    if (run.length > 1) {
      items.push({ kind: 'fields', struct: place.detail ?? '', places: run });
      index += run.length - 1;
    } else items.push({ kind: 'place', place });
    const end = last?.end ?? last?.start ?? place.start;
    if (covered === undefined || end > covered) covered = end;
  }
  return flipped ? items.reverse() : items;
}

const units: readonly [bigint, string][] = [
  [1n << 30n, 'GiB'],
  [1n << 20n, 'MiB'],
  [1n << 10n, 'KiB'],
];

/** '32 bytes', '4 KiB': whole units only, so that nothing is rounded away. */
export function sizeText(bytes: bigint): string {
  const unit = units.find(([size]) => bytes >= size && bytes % size === 0n);
  if (unit !== undefined) return `${(bytes / unit[0]).toLocaleString('en-US')} ${unit[1]}`;
  return bytes === 1n ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`;
}
