/** Where the number of an LLDB row begins: `* thread #1`, `  * frame #0:`. */
import { startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';

const deepestIndent = 16;
const space = 32;
const star = 42;

/** The line looked at last: a star marks what is selected. */
export const lldbMark = { current: false };

/** Offset behind `mark` in line `index`, in front of which blanks and a star may stand; -1 where the line is no such row. */
export function behindLldbMark(cursor: LineCursor, index: number, mark: Uint8Array): number {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = cursor.end(index);
  if (end - from > longestLine) return -1;
  let at = from;
  while (bytes[at] === space) at++;
  if (at - from > deepestIndent) return -1;
  lldbMark.current = bytes[at] === star && bytes[at + 1] === space;
  if (lldbMark.current) at += 2;
  return startsWith(bytes, at, end, mark) ? at + mark.length : -1;
}
