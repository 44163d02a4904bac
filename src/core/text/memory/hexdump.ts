/**
 * Stack hexdumps in the three dialects of runtime/traceback.go tracebackHexdump and runtime/print.go hexdumpWords
 * (1.10–1.16, 1.17–1.25: `word-line.ts`) and runtime/hexdump.go (1.26+: `grid.ts`). Words go to columns; marks and symbols stay with them.
 */
import { WordRunFact } from '../../model/word-columns.ts';
import { RowRun, VersionHintFact } from '../facts.ts';
import { leadingHex, skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { dumpColumnsOf } from './dump-columns.ts';
import { grid, readGrid } from './grid.ts';
import { addWordLine, wordLine } from './word-line.ts';

/** Lines of one dump. */
const mostLines = 4096;

const hints = {
  A: { from: 10, to: 16, why: 'hexdump words without 0x' },
  B: { from: 17, to: 25, why: 'hexdump words with 0x and padded symbol offsets' },
  C: { from: 26, to: null, why: 'hexdump with byte offsets above its columns' },
} as const;

/** Reads the dump at line `index`: pushes its words and what the dialect proves; returns the lines read, 0 = no dump. */
export function readHexdump(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (index >= cursor.count || !mayBegin(cursor, index)) return 0;
  const { words: columns, names } = dumpColumnsOf(cursor, sink);
  const from = columns.length;
  let lines = 0;
  let hint: (typeof hints)[keyof typeof hints] = hints.C;
  let wordSize: 4 | 8 = 8;
  let bigEndian: boolean | undefined;
  if (readGrid(cursor, index, columns, names)) ({ lines, wordSize, bigEndian } = grid);
  else {
    let digits = 0;
    while (lines < mostLines && index + lines < cursor.count && addWordLine(cursor, index + lines, columns, names, digits)) {
      lines++;
      digits = wordLine.digits;
    }
    if (lines === 0) return 0;
    hint = wordLine.prefixed ? hints.B : hints.A;
    wordSize = digits === 8 ? 4 : 8;
  }
  markRecognised(sink, index, lines);
  sink.facts.push(new WordRunFact(index, wordSize, new RowRun(columns, from, columns.length), bigEndian));
  const source = cursor.lineRange(index);
  sink.facts.push(new VersionHintFact(hint.from, hint.to, hint.why, index, source));
  return lines;
}

/** An address of 8 or 16 digits and its colon, `0x`, a column's single digit or a mark: looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  const digits = leadingHex(cursor, index);
  if (digits === 1) return true;
  const behind = skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits;
  if (digits === 0) return cursor.bytes[behind] === caret;
  return (digits === 8 || digits === 16) && cursor.bytes[behind] === colon;
}

const colon = 58;
const caret = 94;

export const hexdumpReader: TextReader = {
  name: 'stack hexdump',
  begins: '0123456789abcdef^',
  recognise: mayBegin,
  parse: readHexdump,
};
