/** Source that Delve shows behind a place: a number, a colon and the line, `=>` before the current one. */
import { isDigit } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';

/** `source-list-line-count` is 5 on either side by default; it can be set higher. */
const mostLines = 400;
const mostDigits = 7;
const deepestIndent = 16;
const tab = 9;
const space = 32;
const colon = 58;

function behindBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === space || bytes[at] === tab)) at++;
  return at;
}

/** Is line `index` one of source? Looks at bytes only. */
export function isSourceLine(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (end - start > longestLine) return false;
  let at = behindBlanks(bytes, start, end);
  if (bytes[at] === 61 && bytes[at + 1] === 62) {
    const arrow = at + 2;
    at = behindBlanks(bytes, arrow, end);
    if (at - arrow > deepestIndent) return false;
  }
  const digits = at;
  while (at < end && isDigit(bytes[at])) at++;
  if (at === digits || at - digits > mostDigits || at >= end || bytes[at] !== colon) return false;
  return at + 1 === end || bytes[at + 1] === space || bytes[at + 1] === tab;
}

/** First line at or behind `from` that is no source line. */
export function skipSource(cursor: LineCursor, from: number): number {
  let next = from;
  while (next - from < mostLines && isSourceLine(cursor, next)) next++;
  return next;
}
