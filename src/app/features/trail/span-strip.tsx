import type { Address } from '../../../core/model/address.ts';
import type { TrailRegion } from '../../../core/model/trail.ts';
import { sizeText } from './region-items.ts';

/** Per cent from the start of the span, kept inside it. */
function at(region: TrailRegion, address: bigint): number {
  const { start = 0n, end = 1n } = region;
  if (end <= start) return 0;
  return Math.min(100, Math.max(0, Number(((address - start) * 10_000n) / (end - start)) / 100));
}

const pageBytes = 8192n;

/** The span to scale, one tick per page, with what lies in it. The rows under it say the same in words. */
export function SpanStrip({ region, value }: { region: TrailRegion; value: Address }) {
  const { start, end } = region;
  if (start === undefined || end === undefined || end <= start) return null;
  const bytes = end - start;
  const pages = bytes / pageBytes;
  const ticks =
    pages > 1n && pages <= 64n ? Array.from({ length: Number(pages) - 1 }, (_, page) => ((page + 1) * 100) / Number(pages)) : [];
  return (
    <div className="span-strip">
      <p>
        <span className="mono">0x{start.toString(16)}</span>
        <span>
          {sizeText(bytes)}
          {bytes % pageBytes === 0n && pages > 1n ? `, ${pages.toString()} pages` : ''}
        </span>
        <span className="mono">0x{end.toString(16)}</span>
      </p>
      <div aria-hidden="true">
        {ticks.map((left) => (
          <i key={left} className="span-tick" style={{ left: `${left.toString()}%` }} />
        ))}
        {region.places.map((place) => (
          <i
            key={place.start.toString(16)}
            className={place.start === value ? 'span-mark is-target' : 'span-mark'}
            style={{ left: `${at(region, place.start).toString()}%` }}
          />
        ))}
      </div>
    </div>
  );
}
