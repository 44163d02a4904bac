/** `info goroutines` of Go's gdb script (runtime/runtime-gdb.py): id, status and the function; a star marks those that have a thread. */
import { withoutAbi } from '../../model/function-name.ts';
import { GoroutineFlag } from '../../model/goroutine.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from './lines.ts';

const row =
  /^[ \t]{0,16}(\*[ ])?[ ]{0,4}(\d{1,19})[ ]{1,4}(idle|runnable|running|syscall|waiting|moribund|dead|enqueue|copystack|preempted|unknown|leaked)[ ]{1,10}(\S.{0,1000})$/;
const asked = /^(?:info|i|inf)[ \t]+go[a-z]*$/;

export const goroutineListReader: TextReader = {
  name: 'debugger goroutine list',
  begins: '*0123456789',
  accepts: ({ first, behind }) => first === 42 || behind === 32,
  recognise(cursor, index, sink) {
    if (!row.test(lineText(cursor, index))) return false;
    // Without its command the list is told by its rows.
    return (
      asked.test(sink.command) || row.test(lineText(cursor, index + 1)) || (index > 0 && row.test(lineText(cursor, index - 1)))
    );
  },
  parse(cursor, index, sink) {
    const match = row.exec(lineText(cursor, index).trimEnd());
    if (match === null) return 0;
    const [, star, id = '0', status = '', name = ''] = match;
    const frame = sink.columns.frames.add();
    const { data: frames } = sink.columns.frames;
    frames.functionName[frame] = sink.columns.strings.intern(withoutAbi(name));
    frames.textLine[frame] = index;
    frames.document[frame] = cursor.document;
    const goroutine = sink.columns.goroutines.add();
    const { data } = sink.columns.goroutines;
    data.id[goroutine] = BigInt.asUintN(64, BigInt(id));
    data.status[goroutine] = sink.columns.strings.intern(status);
    data.flags[goroutine] = GoroutineFlag.hasHeader | (star === undefined ? 0 : GoroutineFlag.running);
    data.frameStart[goroutine] = frame;
    data.frameEnd[goroutine] = frame + 1;
    data.headerLine[goroutine] = index;
    data.endLine[goroutine] = index + 1;
    data.document[goroutine] = cursor.document;
    sink.facts.push({ kind: 'goroutine', textLine: index, row: goroutine, listed: 'other' });
    markRecognised(sink, index, 1);
    return 1;
  },
};
