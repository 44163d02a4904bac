/** `bt`, `bt full`, `where`, `thread apply all bt` and single frames (gdb/stack.c): frames without sp and fp. */
import { FrameFlag } from '../../model/goroutine.ts';
import { highHalf, lowHalf } from '../../model/halves.ts';
import type { LineCursor } from '../cursor.ts';
import { writerOf, type FrameWriter } from '../frames/writer.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { selectsFrame, verbOf } from './command.ts';
import { readFrame, type FrameLine } from './frame-line.ts';
import { bytesOf, firstByte, lineText } from './lines.ts';
import { learnArgumentBytes } from './runs/argument-values.ts';
import { frameRow, scanFrameRow } from './runs/frame-row.ts';
import { sharedOf } from './runs/shared.ts';
import { behindDigits } from './runs/number.ts';
import { sessionOf } from './session.ts';
import { StackFact } from './stack-fact.ts';
import { variablesOn } from './locals.ts';
import { learnArguments, pushVariables } from './struct-fact.ts';
import { echoesSource } from './source-echo.ts';

const numbered = /^[ \t]{0,16}#\d{1,7}[ \t]+\S/;
const stopped = /^[ \t]{0,16}Backtrace stopped: /;
const between =
  /^[ \t]{0,16}(?:\(More stack frames follow\.\.\.\)|-{2,3}Type <(?:RET|return)> |No locals\.|No symbol table info available\.|Python Exception <|(?:\.{3}|\u2026|\[(?:\.{3}|\u2026|snip)\])[ \t]*$)/;
/** A local of `bt full`, and the brace that closes a long one. */
const local = /^[ \t]{4,16}(?:[~\w.$]+ = |\})/;

/** First bytes of these lines. */
const betweenBytes = bytesOf('(-NP.[}~_$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\u2026');
const hash = 35;
const parenthesis = 40;
const letterM = 77;
const mostDigits = 7;

/** Is line `index` a numbered frame? Looks at bytes only where it begins like most. */
function isNumbered(cursor: LineCursor, index: number): boolean {
  if (firstByte(cursor, index) !== hash) return false;
  const { bytes } = cursor;
  const digits = cursor.start(index) + 1;
  const at = behindDigits(bytes, digits);
  const next = bytes[at + 1] ?? 0;
  if (at > digits && at - digits <= mostDigits && bytes[at] === 32 && next > 32 && next < 127 && at < cursor.end(index))
    return true;
  return numbered.test(lineText(cursor, index));
}

/** A frame that is no plain row. */
function addFrame(cursor: LineCursor, sink: RecordSink, index: number, frame: FrameLine): number {
  const writer = writerOf(sink.columns);
  const row = writer.addRow(cursor, index);
  const { data } = writer;
  data.functionName[row] = sink.columns.strings.intern(frame.function);
  data.file[row] = sink.columns.strings.intern(frame.file ?? frame.library ?? '');
  data.line[row] = frame.line ?? 0;
  if (frame.argumentEnd > frame.argumentStart) {
    data.argumentStart[row] = frame.argumentStart + cursor.base;
    data.argumentEnd[row] = frame.argumentEnd + cursor.base;
  }
  if (frame.pc !== undefined) {
    data.pc[row] = frame.pc;
    data.flags[row] = FrameFlag.hasPc;
  }
  return row;
}

/** The frame in `frameRow`, whose function's name is `name`. */
function addPlainFrame(cursor: LineCursor, writer: FrameWriter, index: number, name: number): number {
  const row = writer.addRow(cursor, index);
  const { data } = writer;
  const { argumentStart, argumentEnd, fileStart, fileEnd } = frameRow;
  data.functionName[row] = name;
  data.file[row] = writer.names.intern(cursor.bytes, fileStart, fileEnd);
  data.line[row] = frameRow.line;
  if (argumentEnd > argumentStart) {
    data.argumentStart[row] = argumentStart + cursor.base;
    data.argumentEnd[row] = argumentEnd + cursor.base;
  }
  if (frameRow.hasPc) {
    writer.pc[row * 2 + highHalf] = frameRow.pcHigh;
    writer.pc[row * 2 + lowHalf] = frameRow.pcLow;
    data.flags[row] = FrameFlag.hasPc;
  }
  return row;
}

function learn(cursor: LineCursor, sink: RecordSink, { argumentStart, argumentEnd }: FrameLine): void {
  if (argumentEnd > argumentStart) learnArguments(sink, cursor.slice(argumentStart, argumentEnd));
}

/** gdb prints no address where the frame inside it is inlined: the outer one is the real frame and has its pc. */
function settleInlined(sink: RecordSink, first: number, row: number): void {
  const data = sink.columns.frames.data;
  if ((data.flags[row] ?? 0) & FrameFlag.hasPc || row === first) return;
  if (sink.columns.strings.at(data.functionName[row] ?? 0).startsWith('<signal')) return;
  const inner = row - 1;
  data.flags[inner] = (data.flags[inner] ?? 0) | FrameFlag.inlined;
  if ((data.flags[inner] ?? 0) & FrameFlag.hasPc) {
    data.pc[row] = data.pc[inner] ?? 0n;
    data.flags[row] = (data.flags[row] ?? 0) | FrameFlag.hasPc;
  }
}

/** A frame without code whose "return address" is not zero is a stack word that unwinding took for one. */
function isCodeless(sink: RecordSink, row: number): boolean {
  const { data } = sink.columns.frames;
  return data.functionName[row] === 0 && ((data.flags[row] ?? 0) & FrameFlag.hasPc) !== 0 && data.pc[row] !== 0n;
}

/** Looks at the first bytes only. */
function mayStandBetween(cursor: LineCursor, index: number): boolean {
  const byte = firstByte(cursor, index);
  // `(More stack frames follow...)`, but no prompt.
  if (byte === parenthesis && cursor.bytes[cursor.start(index)] === parenthesis)
    return cursor.bytes[cursor.start(index) + 1] === letterM;
  return betweenBytes.has(byte);
}

/** Past the lines that `bt full` and the pager put behind a frame. */
function skipBetween(cursor: LineCursor, from: number): number {
  let next = from;
  while (next < cursor.count && mayStandBetween(cursor, next)) {
    const line = lineText(cursor, next);
    if (!between.test(line) && !local.test(line)) break;
    next++;
  }
  return next;
}

/** One frame printed for itself: `frame 1`, `up`, the place of a core's death. */
function isLoneFrame(sink: RecordSink, level: number | undefined): boolean {
  const verb = verbOf(sink.command);
  return level !== 0 || selectsFrame(sink.command) || verb === 'finish' || verb === 'fin' || verb === 'thread';
}

/** Writes the locals that `bt full` put on lines [from, to), below the frame that was written last. */
function pushLocals(cursor: LineCursor, sink: RecordSink, from: number, to: number): void {
  const locals = variablesOn(cursor, sink, from, to);
  if (locals.length === 0) return;
  const { frames, strings } = sink.columns;
  const owner = strings.at(frames.data.functionName[frames.length - 1] ?? 0);
  pushVariables(sink, from, `locals of ${owner}`, locals, cursor.lineRange(from, to - 1));
}

/** Whether one of the frames of the stack written last had no code. */
const written = { codeless: false };

/** Writes plain frames from line `index` on, as long as their levels rise; returns the line behind. */
function readPlainFrames(cursor: LineCursor, sink: RecordSink, index: number, frameStart: number): number {
  const { functions, writer, frames } = sharedOf(cursor, sink);
  let next = index;
  while (next < cursor.count) {
    const known = frames.read(cursor, next, writer);
    if (known > next) {
      next = known;
      if (frames.level === 0 && frameRow.argumentEnd > frameRow.argumentStart)
        learnArgumentBytes(cursor, sink, frameRow.argumentStart, frameRow.argumentEnd);
      continue;
    }
    if (!scanFrameRow(cursor, next) || frameRow.level <= frames.level) break;
    const name = functions.indexOf(cursor.bytes, frameRow.nameStart, frameRow.nameEnd);
    if (name < 0) break;
    const row = addPlainFrame(cursor, writer, next, name);
    frames.learn(cursor, name);
    const { level, hasPc, argumentStart, argumentEnd } = frameRow;
    if (level === 0 && argumentEnd > argumentStart) learnArgumentBytes(cursor, sink, argumentStart, argumentEnd);
    if (!hasPc) settleInlined(sink, frameStart, row);
    else if (name === 0 && isCodeless(sink, row)) written.codeless = true;
    next++;
  }
  return next;
}

/** Writes the frames from line `index` on and what stands between them; returns the line behind, and whether unwinding failed. */
function readFrames(cursor: LineCursor, sink: RecordSink, index: number): { next: number; unwindFailed: boolean } {
  const frameStart = sink.columns.frames.length;
  const { frames } = sharedOf(cursor, sink);
  let next = index;
  frames.begin();
  written.codeless = false;
  for (;;) {
    let behind = sink.closely === true ? next : readPlainFrames(cursor, sink, next, frameStart);
    if (behind === next) {
      const frame = isNumbered(cursor, next) ? readFrame(cursor, next) : undefined;
      if (frame?.level === undefined || frame.level <= frames.level) break;
      frames.level = frame.level;
      const row = addFrame(cursor, sink, next, frame);
      if (frame.level === 0) learn(cursor, sink, frame);
      settleInlined(sink, frameStart, row);
      if (isCodeless(sink, row)) written.codeless = true;
      behind = next + frame.lines;
    }
    next = skipBetween(cursor, behind);
    if (next > behind) pushLocals(cursor, sink, behind, next);
  }
  const unwindFailed = written.codeless;
  if (firstByte(cursor, next) === letterB && stopped.test(lineText(cursor, next))) return { next: next + 1, unwindFailed: true };
  if (echoesSource(cursor, next)) next++;
  return { next, unwindFailed };
}

const letterB = 66;

/** The thread that `goroutine N bt` names, or the one that is selected. */
function threadOf(sink: RecordSink): string | undefined {
  const goroutine = sink.command.startsWith('goroutine') ? /^goroutine[ \t]+(\d{1,19})[ \t]/.exec(sink.command)?.[1] : undefined;
  return goroutine === undefined ? sessionOf(sink).thread : `goroutine ${goroutine}`;
}

/** A frame for itself at line `index`: lines that it took, 0 = it is none. */
function readLoneFrame(cursor: LineCursor, sink: RecordSink, index: number, frame: FrameLine): number {
  if (isNumbered(cursor, skipBetween(cursor, index + frame.lines)) || !isLoneFrame(sink, frame.level)) return 0;
  learn(cursor, sink, frame);
  const count = frame.lines + (echoesSource(cursor, index + frame.lines) ? 1 : 0);
  markRecognised(sink, index, count);
  return count;
}

/** The same of a plain frame; -1 = it needs a closer look. */
function readPlainLoneFrame(cursor: LineCursor, sink: RecordSink, index: number): number {
  if (sink.closely === true || !scanFrameRow(cursor, index)) return -1;
  const { session, functions } = sharedOf(cursor, sink);
  const { level, argumentStart, argumentEnd } = frameRow;
  if (functions.indexOf(cursor.bytes, frameRow.nameStart, frameRow.nameEnd) < 0) return -1;
  if (selectsFrame(sink.command)) session.frame = level;
  if (isNumbered(cursor, skipBetween(cursor, index + 1)) || !isLoneFrame(sink, level)) return 0;
  if (argumentEnd > argumentStart) learnArgumentBytes(cursor, sink, argumentStart, argumentEnd);
  const count = echoesSource(cursor, index + 1) ? 2 : 1;
  markRecognised(sink, index, count);
  return count;
}

export const backtraceReader: TextReader = {
  name: 'debugger backtrace',
  begins: '#',
  recognise: isNumbered,
  parse(cursor, index, sink) {
    const { session } = sharedOf(cursor, sink);
    // A frame above another one is neither alone nor selected.
    const isListed = sink.closely !== true && isNumbered(cursor, index + 1) && !selectsFrame(sink.command);
    if (!isListed) {
      const plain = readPlainLoneFrame(cursor, sink, index);
      if (plain > 0) return plain;
      const frame = plain === 0 ? undefined : readFrame(cursor, index);
      if (plain < 0 && frame?.level === undefined) return 0;
      if (frame?.level !== undefined) {
        if (selectsFrame(sink.command)) session.frame = frame.level;
        const lone = readLoneFrame(cursor, sink, index, frame);
        if (lone > 0) return lone;
      }
    }
    const frameStart = sink.columns.frames.length;
    const { next, unwindFailed } = readFrames(cursor, sink, index);
    if (next === index) return 0;
    const frameEnd = sink.columns.frames.length;
    const source = cursor.lineRange(index, next - 1);
    const thread = threadOf(sink);
    const { tid } = session;
    sink.facts.push(new StackFact(index, frameStart, frameEnd, thread, tid, unwindFailed, sink.step, source));
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
