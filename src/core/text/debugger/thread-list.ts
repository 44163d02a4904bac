/**
 * `info threads` (gdb/thread.c print_thread_info): `* 1    LWP 28352 "hashload" runtime.futex () at …`; a core has no names, rr names
 * a thread `Thread 1446086.1446098 (name)`. Threads listed here and frames printed by `bt` are put together by `assemble`.
 */
import { FrameFlag } from '../../model/goroutine.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { readFrame, type FrameLine } from './frame-line.ts';
import { lineText } from './lines.ts';
import { sessionOf } from './session.ts';

const row =
  /^[ \t]{0,16}(\*)?[ \t]{0,8}(\d{1,6}(?:\.\d{1,6})?)[ \t]{1,8}(?:Thread 0x[0-9a-f]{1,16} \(LWP (\d{1,10})\)|LWP (\d{1,10})|Thread \d{1,10}\.(\d{1,10})|process (\d{1,10}))(?:[ \t]{1,8}(?:"([^"]{0,64})"|\((?!running\))([^()]{1,64})\)))?[ \t]+(?=\S)/;
const heading = /^[ \t]{0,16}Id[ \t]{1,8}Target Id[ \t]{1,100}Frame[ \t]*$/;
const running = /^\(running\)$/;

export interface ListedThread {
  /** 'Thread 4 "hashload"'; absent where a stop does not say. */
  name?: string;
  tid?: number;
  /** 'stop': no row of a list, but the place at which a signal stopped the thread. */
  role: 'current' | 'other' | 'stop';
  frame?: Pick<FrameLine, 'pc' | 'function' | 'file' | 'line' | 'library'>;
}

/** Writes a thread of a list: its innermost frame is all that is known of its stack. */
export function pushListed(cursor: LineCursor, sink: RecordSink, index: number, lines: number, thread: ListedThread): void {
  const { frames, strings } = sink.columns;
  const frameStart = frames.length;
  const { frame } = thread;
  if (frame !== undefined) {
    const at = frames.add();
    const { data } = frames;
    data.functionName[at] = strings.intern(frame.function);
    data.file[at] = strings.intern(frame.file ?? frame.library ?? '');
    data.line[at] = frame.line ?? 0;
    data.textLine[at] = index;
    data.document[at] = cursor.document;
    if (frame.pc !== undefined) {
      data.pc[at] = frame.pc;
      data.flags[at] = FrameFlag.hasPc;
    }
  }
  sink.facts.push({
    kind: 'debugger-stack',
    textLine: index,
    frameStart,
    frameEnd: frames.length,
    ...(thread.name === undefined ? {} : { thread: thread.name }),
    ...(thread.tid === undefined ? {} : { tid: thread.tid }),
    listed: thread.role,
    step: sink.step,
    source: cursor.lineRange(index, index + lines - 1),
  });
}

interface Row {
  lines: number;
  thread: ListedThread & { name: string };
}

function readRow(cursor: LineCursor, index: number): Row | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  if (match === null) return undefined;
  const frame = readFrame(cursor, index, match[0].length);
  if (frame?.level !== undefined || (frame === undefined && !running.test(line.slice(match[0].length)))) return undefined;
  const name = match[7] ?? match[8];
  const tid = match[3] ?? match[4] ?? match[5] ?? match[6];
  const thread: Row['thread'] = {
    name: `Thread ${match[2] ?? ''}${name === undefined ? '' : ` "${name}"`}`,
    role: match[1] === undefined ? 'other' : 'current',
  };
  if (tid !== undefined) thread.tid = Number(tid);
  if (frame !== undefined) thread.frame = frame;
  return { lines: frame?.lines ?? 1, thread };
}

export const threadListReader: TextReader = {
  name: 'debugger thread list',
  contains: ['Thread ', 'LWP ', 'process ', 'Target Id'],
  begins: '*0123456789I',
  recognise(cursor, index) {
    const line = lineText(cursor, index);
    return heading.test(line) || (row.test(line) && readRow(cursor, index) !== undefined);
  },
  parse(cursor, index, sink) {
    let next = heading.test(lineText(cursor, index)) ? index + 1 : index;
    while (next < cursor.count) {
      const found = row.test(lineText(cursor, next)) ? readRow(cursor, next) : undefined;
      if (found === undefined) break;
      const { thread } = found;
      pushListed(cursor, sink, next, found.lines, thread);
      if (thread.role === 'current') {
        // What is printed from here on is of this thread.
        const session = sessionOf(sink);
        session.thread = thread.name;
        if (thread.tid !== undefined) session.tid = thread.tid;
      }
      next += found.lines;
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
