/** Source that Delve shows behind a place: a number, a colon and the line, `=>` before the current one. */
import type { LineCursor } from '../../cursor.ts';
import { lineText } from '../lines.ts';

const sourceLine = /^[ \t]*(?:=>)?[ \t]{0,16}\d{1,7}:(?:[ \t]|$)/;
/** `source-list-line-count` is 5 on either side by default; it can be set higher. */
const mostLines = 400;

/** First line at or behind `from` that is no source line. */
export function skipSource(cursor: LineCursor, from: number): number {
  let next = from;
  while (next < cursor.count && next - from < mostLines && sourceLine.test(lineText(cursor, next))) next++;
  return next;
}

export function isSourceLine(line: string): boolean {
  return sourceLine.test(line);
}
