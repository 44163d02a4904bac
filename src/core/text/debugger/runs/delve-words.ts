/** Rows of Delve's `examinemem -fmt hex -size 8`: `0xc000040000:   0x000000c000040040   0x000000000047c001   ` straight to columns. */
import { wordSizeOf } from '../../../model/word-form.ts';
import { WordRunFact } from '../../../model/word-columns.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { wordColumnsOf } from '../examine-run.ts';
import { sessionOf } from '../session.ts';
import { behindHex } from './number.ts';
import { addWordRow, wordRow } from './word-row.ts';

const mostWords = 8;
const wordDigits = 16;
/** Bytes of `0x`, sixteen digits and the blanks before them. */
const cell = 21;
const space = 32;
const colon = 58;

/** Is line `index` a row of words, each behind three blanks, and blanks alone behind the last one? */
function hasCells(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  let at = behindHex(bytes, cursor.start(index));
  if (at < 0 || bytes[at] !== colon) return false;
  at++;
  for (let word = 0; word < wordRow.count; word++, at += cell)
    if (bytes[at] !== space || bytes[at + 1] !== space || bytes[at + 2] !== space || bytes[at + 3] === space) return false;
  const end = cursor.end(index);
  for (let blank = at; blank < end; blank++) if (bytes[blank] !== space) return false;
  return end - at <= 3;
}

/**
 * Reads rows from line `index` on as one fact; returns the lines consumed, 0 = a closer look is needed. `isRow` tells whether a line
 * that is no such row is one of another kind.
 */
export function readDelveWords(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  isRow: (cursor: LineCursor, index: number) => boolean,
): number {
  const columns = wordColumnsOf(cursor, sink);
  const from = columns.length;
  let next = index;
  for (; next < cursor.count; next++) {
    const firstOfRow = columns.length;
    const isPlain = addWordRow(cursor, columns, next) && !wordRow.unsized && wordRow.symbolEnd === wordRow.symbolStart;
    if (isPlain && wordRow.digits === wordDigits && wordRow.count <= mostWords && hasCells(cursor, next)) continue;
    columns.length = firstOfRow;
    if (!isRow(cursor, next)) break;
    columns.length = from;
    return 0;
  }
  if (next === index) return 0;
  const run = { columns, from, to: columns.length, step: sink.step };
  sink.facts.push(new WordRunFact(index, wordSizeOf(sessionOf(sink).arch), run));
  markRecognised(sink, index, next - index);
  return next - index;
}
