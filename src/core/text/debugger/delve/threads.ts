/** `threads`: `* Thread 2563 at 0x4b74f4 ./main.go:28 main.(*store).reserve`. */
import { parseAddress } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import type { LineCursor } from '../../cursor.ts';
import { writerOf } from '../../frames/writer.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { delveNamesOf } from '../runs/delve-names.ts';
import { delveThreadRow, scanDelveThread } from '../runs/delve-thread-row.ts';
import { addDelveFrame, highOf, lowOf } from './frames.ts';

const row = /^[ \t]{0,16}(\* )?Thread (\d{1,10}) at (0x[0-9a-f]{1,16}) (\S{1,1024}):(-?\d{1,9})(?: (\S.{0,1000}))?$/;
/** Threads that are read as one record: a window on the text may move between two. */
const mostAtOnce = 256;

/** Reads line `index` into `delveThreadRow`; false when it is no thread. */
function readRow(cursor: LineCursor, sink: RecordSink, index: number): boolean {
  const { strings } = sink.columns;
  if (sink.closely !== true && scanDelveThread(cursor, index, delveNamesOf(strings))) return true;
  const match = row.exec(lineText(cursor, index).trimEnd());
  const pc = match === null ? undefined : parseAddress(match[3] ?? '');
  if (match === null || pc === undefined) return false;
  const [, star, id = '', , file = '', line, printed = ''] = match;
  delveThreadRow.current = star !== undefined;
  delveThreadRow.id = Number(id);
  delveThreadRow.pcHigh = highOf(pc);
  delveThreadRow.pcLow = lowOf(pc);
  delveThreadRow.file = strings.intern(file === '?' ? '' : file);
  delveThreadRow.line = Math.max(0, Number(line));
  delveThreadRow.name = strings.intern(printed === '???' ? '' : withoutAbi(printed));
  return true;
}

/** Does line `index` begin like a thread? Looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const { bytes } = cursor;
  let at = cursor.start(index);
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  if (bytes[at] === 42) at += 2;
  return bytes[at] === 84 && bytes[at + 1] === 104;
}

export const delveThreadReader: TextReader = {
  name: 'Delve thread',
  contains: ['Thread '],
  begins: '*T',
  recognise: (cursor, index, sink) => mayBegin(cursor, index) && readRow(cursor, sink, index),
  parse(cursor, index, sink) {
    const { step } = sink;
    let next = index;
    while (next - index < mostAtOnce && mayBegin(cursor, next) && readRow(cursor, sink, next)) {
      const { id: tid, current } = delveThreadRow;
      const frameStart = addDelveFrame(cursor, writerOf(sink.columns), next, delveThreadRow);
      const frameEnd = frameStart + 1;
      const listed = current ? 'current' : 'other';
      const thread = `Thread ${tid.toString()}`;
      const source = cursor.lineRange(next);
      sink.facts.push({ kind: 'debugger-stack', textLine: next, frameStart, frameEnd, thread, tid, listed, step, source });
      next++;
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
