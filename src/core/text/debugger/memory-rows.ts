/** Rows of a debugger's memory listing, as Delve and LLDB print them, as words of the case. */
import { wordSizeOf } from '../../model/word-form.ts';
import { markRecognised, type RecordSink } from '../reader.ts';
import { sessionOf } from './session.ts';
import { wordsOf, type PartRow } from './words.ts';

/** Writes the words of lines [index, next), whose rows all have parts of one size; returns the lines consumed, 0 without rows. */
export function pushRows(sink: RecordSink, index: number, next: number, rows: readonly (PartRow & { size: number })[]): number {
  const [first] = rows;
  if (first === undefined) return 0;
  const wordSize = wordSizeOf(sessionOf(sink).arch);
  const words = wordsOf(rows, first.size, wordSize, sink.step);
  if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
  markRecognised(sink, index, next - index);
  return next - index;
}
