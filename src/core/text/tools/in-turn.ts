/** Listings of function after function, read without asking every reader in between: a program has thousands. */
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink } from '../reader.ts';

/** Then progress is told. */
const mostTogether = 64;
/** Blank lines between two functions. */
const mostBlanks = 2;

/**
 * Calls `read` for the record on line `index`, and for those that follow it behind blank lines at most, where `begins` says so. Returns
 * the lines of all, 0 = there is none.
 */
export function inTurn(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  read: (cursor: LineCursor, index: number, sink: RecordSink) => number,
  begins: (cursor: LineCursor, index: number, sink: RecordSink) => boolean,
): number {
  let next = index + read(cursor, index, sink);
  if (next === index) return 0;
  for (let records = 1; records < mostTogether; records++) {
    let head = next;
    while (head < cursor.count && head - next <= mostBlanks && cursor.isBlank(head)) head++;
    if (head >= cursor.count || !begins(cursor, head, sink)) break;
    // Nothing that was read is looked at again: what lies before may leave the window.
    cursor.pass(head);
    const lines = read(cursor, head, sink);
    if (lines === 0) break;
    markRecognised(sink, next, head - next);
    next = head + lines;
  }
  return next - index;
}
