/** `bt`, `bt full`, `where`, `thread apply all bt` and single frames (gdb/stack.c): frames without sp and fp. */
import { FrameFlag } from '../../model/goroutine.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { selectsFrame, verbOf } from './command.ts';
import { readFrame, type FrameLine } from './frame-line.ts';
import { lineText } from './lines.ts';
import { sessionOf } from './session.ts';
import { variablesOn } from './locals.ts';
import { learnArguments, pushVariables } from './struct-fact.ts';
import { isSourceEcho } from './source-echo.ts';

const numbered = /^[ \t]{0,16}#\d{1,7}[ \t]+\S/;
const stopped = /^[ \t]{0,16}Backtrace stopped: /;
const between =
  /^[ \t]{0,16}(?:\(More stack frames follow\.\.\.\)|-{2,3}Type <(?:RET|return)> |No locals\.|No symbol table info available\.|Python Exception <|(?:\.{3}|\u2026|\[(?:\.{3}|\u2026|snip)\])[ \t]*$)/;
/** A local of `bt full`, and the brace that closes a long one. */
const local = /^[ \t]{4,16}(?:[~\w.$]+ = |\})/;

function addFrame(cursor: LineCursor, sink: RecordSink, index: number, frame: FrameLine): number {
  const columns = sink.columns.frames;
  const row = columns.add();
  const data = columns.data;
  data.functionName[row] = sink.columns.strings.intern(frame.function);
  data.file[row] = sink.columns.strings.intern(frame.file ?? frame.library ?? '');
  data.line[row] = frame.line ?? 0;
  if (frame.argumentEnd > frame.argumentStart) {
    data.argumentStart[row] = frame.argumentStart + cursor.base;
    data.argumentEnd[row] = frame.argumentEnd + cursor.base;
  }
  data.textLine[row] = index;
  data.document[row] = cursor.document;
  if (frame.pc !== undefined) {
    data.pc[row] = frame.pc;
    data.flags[row] = FrameFlag.hasPc;
  }
  return row;
}

function learn(cursor: LineCursor, sink: RecordSink, frame: FrameLine): void {
  if (frame.argumentEnd > frame.argumentStart) learnArguments(sink, cursor.slice(frame.argumentStart, frame.argumentEnd));
}

/** gdb prints no address where the frame inside it is inlined: the outer one is the real frame and has its pc. */
function settleInlined(sink: RecordSink, first: number, row: number, frame: FrameLine): void {
  if (frame.pc !== undefined || row === first || frame.function.startsWith('<signal')) return;
  const data = sink.columns.frames.data;
  const inner = row - 1;
  data.flags[inner] = (data.flags[inner] ?? 0) | FrameFlag.inlined;
  if ((data.flags[inner] ?? 0) & FrameFlag.hasPc) {
    data.pc[row] = data.pc[inner] ?? 0n;
    data.flags[row] = (data.flags[row] ?? 0) | FrameFlag.hasPc;
  }
}

/** Past the lines that `bt full` and the pager put behind a frame. */
function skipBetween(cursor: LineCursor, from: number): number {
  let next = from;
  while (next < cursor.count) {
    const line = lineText(cursor, next);
    if (!between.test(line) && !local.test(line)) break;
    next++;
  }
  return next;
}

/** One frame printed for itself: `frame 1`, `up`, the place of a core's death. */
function isLoneFrame(sink: RecordSink, frame: FrameLine): boolean {
  const verb = verbOf(sink.command);
  return frame.level !== 0 || selectsFrame(sink.command) || verb === 'finish' || verb === 'fin' || verb === 'thread';
}

export const backtraceReader: TextReader = {
  name: 'debugger backtrace',
  begins: '#',
  recognise: (cursor, index) => numbered.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    let frame = readFrame(cursor, index);
    if (frame?.level === undefined) return 0;
    if (selectsFrame(sink.command)) sessionOf(sink).frame = frame.level;
    const following = skipBetween(cursor, index + frame.lines);
    const alone = !numbered.test(lineText(cursor, following)) && isLoneFrame(sink, frame);
    if (alone) {
      learn(cursor, sink, frame);
      const count = frame.lines + (isSourceEcho(lineText(cursor, index + frame.lines)) ? 1 : 0);
      markRecognised(sink, index, count);
      return count;
    }
    const frameStart = sink.columns.frames.length;
    let next = index;
    let unwindFailed = false;
    let level = -1;
    while (frame?.level !== undefined && frame.level > level) {
      level = frame.level;
      const row = addFrame(cursor, sink, next, frame);
      if (level === 0) learn(cursor, sink, frame);
      settleInlined(sink, frameStart, row, frame);
      // A code-less frame whose "return address" is not zero is a stack word that unwinding took for one.
      if (frame.function === '' && frame.pc !== undefined && frame.pc !== 0n) unwindFailed = true;
      const behind = next + frame.lines;
      next = skipBetween(cursor, behind);
      const locals = next > behind ? variablesOn(cursor, sink, behind, next) : [];
      if (locals.length > 0)
        pushVariables(sink, behind, `locals of ${frame.function}`, locals, cursor.lineRange(behind, next - 1));
      frame = numbered.test(lineText(cursor, next)) ? readFrame(cursor, next) : undefined;
    }
    if (stopped.test(lineText(cursor, next))) {
      unwindFailed = true;
      next++;
    } else if (isSourceEcho(lineText(cursor, next))) next++;
    const session = sessionOf(sink);
    const goroutine = /^goroutine[ \t]+(\d{1,19})[ \t]/.exec(sink.command)?.[1];
    sink.facts.push({
      kind: 'debugger-stack',
      textLine: index,
      frameStart,
      frameEnd: sink.columns.frames.length,
      ...(goroutine !== undefined
        ? { thread: `goroutine ${goroutine}` }
        : session.thread === undefined
          ? {}
          : { thread: session.thread }),
      ...(session.tid === undefined ? {} : { tid: session.tid }),
      ...(unwindFailed ? { unwindFailed } : {}),
      step: sink.step,
      source: cursor.lineRange(index, next - 1),
    });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
