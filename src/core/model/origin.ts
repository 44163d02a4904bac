/** From offsets in unwrapped text to ranges in the document's bytes. */
import type { OriginMap } from './document.ts';
import type { SourceRange } from './source.ts';

/**
 * A range that is made for nearly every line. By a constructor, not a literal: the engine watches where literals are made, and throws away
 * all code that makes them, and all that this was built into, each time that it learns how long they live.
 */
class Place implements SourceRange {
  readonly document: number;
  readonly start: number;
  readonly end: number;

  constructor(document: number, start: number, end: number) {
    this.document = document;
    this.start = start;
    this.end = end;
  }
}

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
  if (origin.textStart.length === 0) return new Place(document, 0, 0);
  const first = pieceAt(origin, start);
  const firstStart = origin.originStart[first] ?? 0;
  const from =
    origin.copied[first] === 1
      ? Math.min(firstStart + (start - (origin.textStart[first] ?? 0)), origin.originEnd[first] ?? 0)
      : firstStart;
  if (end <= start) return new Place(document, from, from);
  const last = pieceAt(origin, end - 1);
  const lastStart = origin.originStart[last] ?? 0;
  const lastEnd = origin.originEnd[last] ?? 0;
  const to = origin.copied[last] === 1 ? Math.min(lastStart + (end - (origin.textStart[last] ?? 0)), lastEnd) : lastEnd;
  // Layers that put lines in another order: all of them, from the first to the last in the document.
  if (lastStart < firstStart) return new Place(document, lastStart, Math.max(to, origin.originEnd[first] ?? from));
  return new Place(document, from, Math.max(from, to));
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

/** Whether offsets in the text are offsets in the document. */
export function isIdentity({ textStart, originStart, copied }: OriginMap): boolean {
  return textStart.length === 1 && copied[0] === 1 && textStart[0] === 0 && originStart[0] === 0;
}
