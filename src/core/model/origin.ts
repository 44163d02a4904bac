/** From offsets in unwrapped text to ranges in the document's bytes. */
import type { OriginMap } from './document.ts';
import type { SourceRange } from './source.ts';

/** Index of the piece that holds text offset `at`. */
export function pieceAt(origin: OriginMap, at: number): number {
  let low = 0;
  let high = origin.textStart.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((origin.textStart[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The bytes of the document from which text [start, end) was made. */
export function originRange(origin: OriginMap, document: number, start: number, end: number): SourceRange {
  if (origin.textStart.length === 0) return { document, start: 0, end: 0 };
  const first = pieceAt(origin, start);
  const firstStart = origin.originStart[first] ?? 0;
  const from =
    origin.copied[first] === 1
      ? Math.min(firstStart + (start - (origin.textStart[first] ?? 0)), origin.originEnd[first] ?? 0)
      : firstStart;
  if (end <= start) return { document, start: from, end: from };
  const last = pieceAt(origin, end - 1);
  const lastStart = origin.originStart[last] ?? 0;
  const lastEnd = origin.originEnd[last] ?? 0;
  const to = origin.copied[last] === 1 ? Math.min(lastStart + (end - (origin.textStart[last] ?? 0)), lastEnd) : lastEnd;
  // Layers that put lines in another order: all of them, from the first to the last in the document.
  if (lastStart < firstStart) return { document, start: lastStart, end: Math.max(to, origin.originEnd[first] ?? from) };
  return { document, start: from, end: Math.max(from, to) };
}

/** The map of text that is the document itself. */
export function identityOrigin(length: number): OriginMap {
  return {
    textStart: Float64Array.of(0),
    originStart: Float64Array.of(0),
    originEnd: Float64Array.of(length),
    copied: Uint8Array.of(1),
  };
}
