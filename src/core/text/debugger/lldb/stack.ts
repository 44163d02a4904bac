/**
 * Threads and their frames: `* thread #1, name = 'seg', stop reason = signal SIGSEGV: invalid address (fault address: 0x30bc5b31)`, then
 * `bt` frames. `bt all` and `thread list` have the same heads.
 */
import { parseAddress } from '../../../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../../../model/event.ts';
import { FrameFlag } from '../../../model/goroutine.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';
import { writerOf } from '../../frames/writer.ts';
import { lldbFrameRow, scanLldbFrame } from '../runs/lldb-frame-row.ts';
import { lldbSymbolsOf } from '../runs/lldb-symbols.ts';
import { lldbThreadRow, scanLldbThread } from '../runs/lldb-thread-row.ts';
import { namesOf } from '../../names.ts';
import { lineText, offsetOf } from '../lines.ts';
import { endStep, sessionOf, teachSymbol } from '../session.ts';
import { pushListed } from '../thread-list.ts';
import { isLldbOutput, lldbOf } from './command.ts';
import { mostFrames, withoutCircles } from './circles.ts';
import { readLldbFrame, type LldbFrame } from './frame-line.ts';

const head =
  /^[ \t]{0,16}(\* )?thread #(\d{1,9})(?:: tid = (0x[0-9a-f]{1,16}|\d{1,10}), 0x[0-9a-f]{1,16}(?: .{0,1000}?)?)?(?:, name = '([^']{0,64})')?(?:, queue = '[^']{0,200}')?(?:, stop reason = (.{1,400}))?$/;
const signal = /^signal (SIG[A-Z0-9]{1,12})(?:: (.{1,200}?))?(?: \((?:fault )?address: (0x[0-9a-f]{1,16})\))?$/;
const exception = /^(EXC_\w{1,24}) \((?:code=([^,()]{1,40}))(?:, (?:sub)?(?:address|code)=(0x[0-9a-f]{1,16}))?\)$/;
/** Source and assembly that LLDB shows at a stop. */
const context = /^[ \t]{0,8}(?:->)?[ \t]{0,8}(?:\d{1,7}[ \t]|0x[0-9a-f]{1,16} <\+\d)/;
/** The function, place and pc of the frame in `lldbFrameRow`, as a new row. */
function addRow(cursor: LineCursor, sink: RecordSink, index: number): number {
  const { pcHigh, pcLow, nameStart, nameEnd, fileStart, fileEnd, line } = lldbFrameRow;
  const writer = writerOf(sink.columns);
  const row = writer.addRow(cursor, index);
  const { data } = writer;
  const name = lldbSymbolsOf(sink).functionOf(cursor.bytes, nameStart, nameEnd);
  data.functionName[row] = name;
  data.file[row] = writer.names.intern(cursor.bytes, fileStart, fileEnd);
  data.line[row] = line;
  writer.pc[row * 2 + highHalf] = pcHigh;
  writer.pc[row * 2 + lowHalf] = pcLow;
  data.flags[row] = FrameFlag.hasPc;
  return row;
}

/** The frame in `lldbFrameRow`. */
function addPlainFrame(cursor: LineCursor, sink: RecordSink, index: number): void {
  const { pcHigh, pcLow, offset, argumentStart, argumentEnd } = lldbFrameRow;
  const row = addRow(cursor, sink, index);
  const { data } = sink.columns.frames;
  const name = data.functionName[row] ?? 0;
  if (argumentEnd > argumentStart) {
    data.argumentStart[row] = argumentStart + cursor.base;
    data.argumentEnd[row] = argumentEnd + cursor.base;
  }
  if (offset >= 0 && name !== 0) lldbSymbolsOf(sink).teachStart(cursor, sink, index, pcHigh, pcLow, name, offset);
}

function addFrame(cursor: LineCursor, sink: RecordSink, index: number, frame: LldbFrame): void {
  const columns = sink.columns.frames;
  const row = columns.add();
  const { data } = columns;
  const line = lineText(cursor, index);
  data.functionName[row] = sink.columns.strings.intern(frame.function);
  data.file[row] = sink.columns.strings.intern(frame.file ?? '');
  data.line[row] = frame.line ?? 0;
  data.pc[row] = frame.pc;
  data.flags[row] = FrameFlag.hasPc | (frame.inlined ? FrameFlag.inlined : 0);
  data.textLine[row] = index;
  data.document[row] = cursor.document;
  if (frame.argumentEnd > frame.argumentStart) {
    data.argumentStart[row] = cursor.base + offsetOf(cursor, index, line, frame.argumentStart);
    data.argumentEnd[row] = cursor.base + offsetOf(cursor, index, line, frame.argumentEnd);
  }
  if (frame.offset !== undefined && frame.function !== '')
    teachSymbol(sink, index, frame.pc, `${frame.function}+${frame.offset.toString()}`, cursor.lineRange(index));
}

function readFrames(cursor: LineCursor, from: number, sink: RecordSink): { start: number; end: number; next: number } {
  const start = sink.columns.frames.length;
  let next = from;
  let level = -1;
  for (; next < cursor.count && next - from < mostFrames; next++) {
    if (sink.closely !== true && scanLldbFrame(cursor, next)) {
      if (lldbFrameRow.level <= level) break;
      level = lldbFrameRow.level;
      addPlainFrame(cursor, sink, next);
      continue;
    }
    const frame = readLldbFrame(lineText(cursor, next));
    if (frame === undefined || frame.level <= level) break;
    level = frame.level;
    addFrame(cursor, sink, next, frame);
  }
  return { start, end: sink.columns.frames.length, next };
}

function pushStack(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  frames: { start: number; end: number; next: number },
  thread?: string,
  role?: 'stop',
): void {
  if (frames.end === frames.start) return;
  const end = withoutCircles(sink.columns, frames.start, frames.end);
  sink.facts.push({
    kind: 'debugger-stack',
    textLine: index,
    frameStart: frames.start,
    frameEnd: end,
    ...(thread === undefined ? {} : { thread }),
    ...(end < frames.end ? { unwindFailed: true } : {}),
    ...(role === undefined ? {} : { listed: role }),
    step: sink.step,
    source: cursor.lineRange(index, frames.next - 1),
  });
}

/** POSIX names of the Mach exceptions that stand for a fault (XNU bsd/uxkern/ux_exception.c). */
const machSignals: Readonly<Record<string, string>> = {
  EXC_BAD_ACCESS: 'SIGSEGV',
  EXC_BAD_INSTRUCTION: 'SIGILL',
  EXC_ARITHMETIC: 'SIGFPE',
  EXC_BREAKPOINT: 'SIGTRAP',
};

/** si_code from LLDB's words (lldb CrashReason.cpp). */
function codeOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  if (/invalid address|address not mapped/.test(words)) return 1;
  if (/invalid permissions|address access protected/.test(words)) return 2;
  return /kernel generated/.test(words) ? 0x80 : undefined;
}

/** Sent by the scheduler, the profiler or the debugger: the program goes on. */
const passing = new Set(['SIGURG', 'SIGSTOP', 'SIGTRAP', 'SIGCHLD', 'SIGPROF', 'SIGWINCH']);

function eventOf(reason: string): Partial<CrashEvent> {
  const sent = signal.exec(reason);
  if (sent !== null) {
    const name = sent[1] ?? '';
    if (passing.has(name)) return {};
    const code = codeOf(sent[2]);
    const address = sent[3] === undefined ? undefined : parseAddress(sent[3]);
    // Without the words the address still is one: LLDB prints it for faults alone.
    const facts = { name, ...(code === undefined ? (address === undefined ? {} : { code: 1 }) : { code }) };
    return { category: 'signal', signal: address === undefined ? facts : { ...facts, address } };
  }
  const mach = exception.exec(reason);
  if (mach === null) return {};
  const name = machSignals[mach[1] ?? ''] ?? mach[1] ?? '';
  const address = mach[3] === undefined ? undefined : parseAddress(mach[3]);
  // KERN_INVALID_ADDRESS is 1, KERN_PROTECTION_FAILURE 2.
  const code = mach[2] === '1' || mach[2] === '2' ? Number(mach[2]) : undefined;
  return {
    category: 'signal',
    signal: { name, ...(code === undefined ? {} : { code }), ...(address === undefined ? {} : { address }) },
  };
}

/** The frame in a row of `thread list`. */
function listedFrame(line: string): LldbFrame | undefined {
  const printed =
    /: tid = (?:0x[0-9a-f]{1,16}|\d{1,10}), (0x[0-9a-f]{1,16}.*?)(?:, (?:name|queue|stop reason|activity) = |$)/.exec(line)?.[1];
  return printed === undefined ? undefined : readLldbFrame(`frame #0: ${printed}`);
}

const lists = /^(?:bt|thread (?:backtrace|list|info|select)|frame |f |up|down)/;

/** Stops are announced once; `bt` prints the reason again. */
function isEcho(sink: RecordSink, reason: string): boolean {
  const session = sessionOf(sink);
  if (isLldbOutput(sink)) return lists.test(sink.command) && session.stopped && !session.running;
  return announced.get(sink) === `${sink.step.toString()} ${reason}`;
}

const announced = new WeakMap<RecordSink, string>();

function announce(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  reason: string,
  thread: string,
  frame: LldbFrame | undefined,
): void {
  if (isEcho(sink, reason)) return;
  endStep(sink);
  announced.set(sink, `${sink.step.toString()} ${reason}`);
  const stop: DebuggerStop = { thread };
  if (frame !== undefined) {
    stop.pc = frame.pc;
    if (frame.function !== '') stop.function = frame.function;
    if (frame.line !== undefined) {
      stop.line = frame.line;
      if (frame.file !== undefined) stop.file = frame.file;
    }
  }
  const watched = /^watchpoint (\d{1,9})/.exec(reason)?.[1];
  const event: CrashEvent = {
    kind: watched === undefined ? 'stop' : 'watchpoint',
    text: reason,
    ...eventOf(reason),
    stop,
    step: sink.step,
    source: cursor.lineRange(index),
  };
  if (watched !== undefined) {
    const session = lldbOf(sink);
    const address = session.watched.get(watched);
    if (address !== undefined) event.address = address;
    if (session.oldValue !== undefined) stop.oldValue = session.oldValue;
    if (session.newValue !== undefined) stop.newValue = session.newValue;
    delete session.oldValue;
    delete session.newValue;
  }
  sink.facts.push({ kind: 'event', textLine: index, event });
}

export const lldbThreadReader: TextReader = {
  name: 'LLDB thread',
  begins: '*t',
  recognise: (cursor, index, sink) =>
    (sink.closely !== true && scanLldbThread(cursor, index)) || head.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    if (sink.closely !== true && scanLldbThread(cursor, index)) return readPlainThread(cursor, index, sink);
    const match = head.exec(lineText(cursor, index).trimEnd());
    if (match === null) return 0;
    const name = match[4] === undefined ? '' : ` "${match[4]}"`;
    const thread = `Thread ${match[2] ?? ''}${name}`;
    const reason = match[5];
    const listed = match[3] === undefined ? undefined : listedFrame(lineText(cursor, index));
    if (listed !== undefined)
      pushListed(cursor, sink, index, 1, {
        name: thread,
        tid: Number(match[3]),
        role: match[1] === undefined ? 'other' : 'current',
        frame: listed,
      });
    if (reason !== undefined && reason !== 'none')
      announce(cursor, sink, index, reason, thread, readLldbFrame(lineText(cursor, index + 1)));
    return readStack(cursor, index, sink, thread, reason);
  },
};

/** The head in `lldbThreadRow`, and the frames below it; returns the lines that they take. */
function readPlainThread(cursor: LineCursor, index: number, sink: RecordSink): number {
  const { current, number, nameStart, nameEnd, tid } = lldbThreadRow;
  const { strings, frames } = sink.columns;
  const name = strings.at(namesOf(strings).intern(cursor.bytes, nameStart, nameEnd));
  const thread = `Thread ${number.toString()} "${name}"`;
  if (tid >= 0) {
    const frameStart = addRow(cursor, sink, index);
    sink.facts.push({
      kind: 'debugger-stack',
      textLine: index,
      frameStart,
      frameEnd: frames.length,
      thread,
      tid,
      listed: current ? 'current' : 'other',
      step: sink.step,
      source: cursor.lineRange(index),
    });
  }
  return readStack(cursor, index, sink, thread, undefined);
}

/** Writes the frames below the head on line `index`; returns the lines that all of it takes. */
function readStack(cursor: LineCursor, index: number, sink: RecordSink, thread: string, reason: string | undefined): number {
  const frames = readFrames(cursor, index + 1, sink);
  // A stop shows its innermost frame only; `bt` shows all of them.
  if (frames.end - frames.start > 1 || !isLldbOutput(sink) || lists.test(sink.command))
    pushStack(cursor, sink, index, frames, thread);
  else if (reason !== undefined && signal.test(reason)) pushStack(cursor, sink, index, frames, thread, 'stop');
  let { next } = frames;
  while (
    frames.end > frames.start &&
    next < cursor.count &&
    context.test(lineText(cursor, next)) &&
    next - index < mostFrames + 60
  )
    next++;
  markRecognised(sink, index, next - index);
  return next - index;
}

export const lldbFrameReader: TextReader = {
  name: 'LLDB frames',
  begins: '*f',
  recognise: (cursor, index) => readLldbFrame(lineText(cursor, index)) !== undefined,
  parse(cursor, index, sink) {
    const frames = readFrames(cursor, index, sink);
    // One frame alone is the place of `frame select`; two are a stack whose head was cut.
    if (frames.end - frames.start > 1) pushStack(cursor, sink, index, frames);
    let { next } = frames;
    while (next < cursor.count && context.test(lineText(cursor, next)) && next - frames.next < 60) next++;
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
