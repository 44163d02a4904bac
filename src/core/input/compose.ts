/** Joins the maps of two nested layers: text → middle and middle → document become text → document. */
import type { OriginMap } from '../model/document.ts';
import { originRange, pieceAt } from '../model/origin.ts';

/** `inner` maps a text of `textLength` bytes to the middle text, `outer` the middle text to the document. */
export function composeOrigins(inner: OriginMap, textLength: number, outer: OriginMap): OriginMap {
  // A map that is the text itself changes nothing.
  if (outer.textStart.length === 1 && outer.copied[0] === 1 && outer.originStart[0] === 0) return inner;
  const textStart: number[] = [];
  const originStart: number[] = [];
  const originEnd: number[] = [];
  const copied: number[] = [];
  const push = (at: number, start: number, end: number, same: number) => {
    textStart.push(at);
    originStart.push(start);
    originEnd.push(end);
    copied.push(same);
  };
  const pieces = inner.textStart.length;
  for (let piece = 0; piece < pieces; piece++) {
    const text = inner.textStart[piece] ?? 0;
    const middleStart = inner.originStart[piece] ?? 0;
    const middleEnd = inner.originEnd[piece] ?? 0;
    if (inner.copied[piece] !== 1) {
      const range = originRange(outer, 0, middleStart, middleEnd);
      push(text, range.start, range.end, 0);
      continue;
    }
    // A copied piece may lie across several pieces of the outer map.
    const textEnd = inner.textStart[piece + 1] ?? textLength;
    let middle = middleStart;
    let at = text;
    for (let o = pieceAt(outer, middle); at < textEnd && o < outer.textStart.length; o++) {
      const outerText = outer.textStart[o] ?? 0;
      const outerEnd = outer.textStart[o + 1] ?? Infinity;
      const take = Math.min(outerEnd - middle, textEnd - at);
      const start = outer.originStart[o] ?? 0;
      if (outer.copied[o] === 1) push(at, start + middle - outerText, start + middle - outerText + take, 1);
      else push(at, start, outer.originEnd[o] ?? start, 0);
      middle += take;
      at += take;
    }
  }
  return {
    textStart: Float64Array.from(textStart),
    originStart: Float64Array.from(originStart),
    originEnd: Float64Array.from(originEnd),
    copied: Uint8Array.from(copied),
  };
}
