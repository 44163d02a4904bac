/** Where a row of Delve begins: every scanner of one starts so. */
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';

const deepestIndent = 16;
const tab = 9;
const lineFeed = 10;
const space = 32;

/** The line looked at last: its end before the line feed. */
export const delveRow = { end: 0 };

/** Offset of the first byte that is no blank in line `index`; -1 where the line has no end, is too long or too deep for a row. */
export function beginDelveRow(cursor: LineCursor, index: number): number {
  if (index >= cursor.count) return -1;
  const start = cursor.start(index);
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (start < 0 || end - start > longestLine || bytes[end] !== lineFeed) return -1;
  let at = start;
  while (bytes[at] === space || bytes[at] === tab) at++;
  if (at - start > deepestIndent) return -1;
  delveRow.end = end;
  return at;
}
