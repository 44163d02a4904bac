/** `bt`, `stack -full`, `stack -offsets`, `goroutine N bt`: frames of two lines, numbered, innermost first. */
import type { LineCursor } from '../../cursor.ts';
import { isDigit } from '../../bytes.ts';
import { writerOf } from '../../frames/writer.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText, longestLine } from '../lines.ts';
import { delveFrameRow } from '../runs/delve-frame-row.ts';
import { delveNamesOf } from '../runs/delve-names.ts';
import { sessionOf } from '../session.ts';
import { goroutineNamedBy, isDelvePrompt } from './command.ts';
import { addDelveFrame, linesOfFrame, readDelveFrame, settleInlined } from './frames.ts';
import { placeByOffsets, readOffsets, type FrameOffsets } from './offsets.ts';
import { delveOf } from './session.ts';
import { pushVariables } from '../struct-fact.ts';
import { delveVariables } from './values.ts';

const cut = /^[ \t]{0,16}\(truncated\)$/;
/** Locals, arguments and deferred calls behind a frame are indented deeper than its number. */
const indented = /^(?:[ \t]{3,}|\t)\S/;
const goroutineLine = /^[ \t]{0,8}(?:\* )?(?:\[\d{1,9} goroutines?\]|Goroutine \d)/;
/** Lines that belong to one frame. */
const mostDetails = 400;
const tab = 9;
const space = 32;
const open = 40;
const star = 42;
const letterG = 71;
const letterT = 116;
const openBracket = 91;

export interface DelveStack {
  frameStart: number;
  frameEnd: number;
  next: number;
  offsets: FrameOffsets[];
}

const noOffsets: FrameOffsets[] = [];

/** Offset of the first byte of line `index` that is no blank. */
function behindBlanks(cursor: LineCursor, index: number): number {
  let at = cursor.start(index);
  while (cursor.bytes[at] === space || cursor.bytes[at] === tab) at++;
  return at;
}

/** Does line `index` belong to the frame above it? Most are told by their indentation and the byte behind it. */
function isDetail(cursor: LineCursor, sink: RecordSink, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  if ((bytes[start] !== tab && bytes[start] !== space) || cursor.end(index) - start > longestLine) return false;
  const at = behindBlanks(cursor, index);
  if (at - start < 3 && (at - start !== 1 || bytes[start] !== tab)) return false;
  const byte = bytes[at] ?? 0;
  if (byte > space && byte < 127) {
    if (byte === letterG || byte === star || byte === openBracket) return !goroutineLine.test(lineText(cursor, index));
    if (isDigit(byte)) return !readDelveFrame(cursor, sink, index);
    return byte !== open || !isDelvePrompt(lineText(cursor, index));
  }
  return indented.test(lineText(cursor, index));
}

/** Past locals and the like; blank lines stand between frames of `-full` and `-offsets`. */
function skipDetails(cursor: LineCursor, sink: RecordSink, from: number): number {
  let next = from;
  while (next < cursor.count && next - from < mostDetails && isDetail(cursor, sink, next)) next++;
  return next;
}

/** Locals and arguments that `-full` prints behind the frame in `row`. */
function pushLocals(cursor: LineCursor, sink: RecordSink, from: number, end: number, row: number): void {
  const { strings, frames } = sink.columns;
  for (let at = from; at < end;) {
    const { fields, next } = delveVariables(cursor, sink, at, end);
    const name = strings.at(frames.data.functionName[row] ?? 0);
    if (fields.length > 0) pushVariables(sink, at, `locals of ${name}`, fields, cursor.lineRange(at, next - 1));
    at = Math.max(next, at + 1);
  }
}

/** Is line `index` Delve's note that the stack goes on? */
function isCut(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const at = behindBlanks(cursor, index);
  return cursor.bytes[at] === open && cursor.bytes[at + 1] === letterT && cut.test(lineText(cursor, index));
}

/** What stands behind the frame in `row`, from line `from` on; the line behind it. */
function readDetails(cursor: LineCursor, sink: RecordSink, from: number, row: number, level: number, stack: DelveStack): number {
  if (from >= cursor.count) return from;
  const byte = cursor.bytes[cursor.start(from)];
  if (byte !== tab && byte !== space) return from;
  const offsets = readOffsets(cursor, from, row, level);
  if (offsets !== undefined) {
    if (stack.offsets === noOffsets) stack.offsets = [];
    stack.offsets.push(offsets);
  }
  const details = offsets === undefined ? from : from + 1;
  const next = skipDetails(cursor, sink, details);
  if (next > details) pushLocals(cursor, sink, details, next, row);
  return next;
}

/** Reads the frames from line `index` on; their levels rise, by more than one where some were left out. */
export function readDelveStack(cursor: LineCursor, index: number, sink: RecordSink): DelveStack {
  const stack: DelveStack = { frameStart: sink.columns.frames.length, frameEnd: 0, next: index, offsets: noOffsets };
  let at = index;
  let least = 0;
  const names = delveNamesOf(sink.columns.strings);
  const writer = writerOf(sink.columns);
  let isFrame = readDelveFrame(cursor, sink, at, names);
  while (isFrame && delveFrameRow.level >= least) {
    const { level } = delveFrameRow;
    least = level + 1;
    const row = addDelveFrame(cursor, writer, at, delveFrameRow);
    at += linesOfFrame;
    stack.next = at;
    isFrame = readDelveFrame(cursor, sink, at, names);
    if (isFrame) continue;
    stack.next = readDetails(cursor, sink, at, row, level, stack);
    const behind = at;
    at = stack.next;
    while (at < cursor.count && at < stack.next + 2 && cursor.isBlank(at)) at++;
    isFrame = at > behind && readDelveFrame(cursor, sink, at, names);
  }
  if (stack.next > index && isCut(cursor, at)) stack.next = at + 1;
  stack.frameEnd = sink.columns.frames.length;
  settleInlined(writer, stack.frameStart);
  return stack;
}

export const delveStackReader: TextReader = {
  name: 'Delve stack',
  begins: '0123456789',
  recognise: (cursor, index, sink) => readDelveFrame(cursor, sink, index),
  parse(cursor, index, sink) {
    const stack = readDelveStack(cursor, index, sink);
    if (stack.frameEnd === stack.frameStart) return 0;
    const session = delveOf(sink);
    const goroutine = goroutineNamedBy(sink.command) ?? session.goroutine;
    const { frameStart, frameEnd, next, offsets } = stack;
    if (offsets.length > 0)
      placeByOffsets(sink, index, offsets, sessionOf(sink).frame === 0 ? sessionOf(sink).registers.get('rsp') : undefined);
    const { step } = sink;
    const source = cursor.lineRange(index, next - 1);
    const kind = 'debugger-stack';
    if (goroutine === '') sink.facts.push({ kind, textLine: index, frameStart, frameEnd, step, source });
    else {
      sink.facts.push({ kind, textLine: index, frameStart, frameEnd, thread: `goroutine ${goroutine}`, step, source });
      keepStack(sink, session.book.slotOf(goroutine), stack);
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

/** The longest stack of a goroutine at a step is the one that its row shows. */
export function keepStack(sink: RecordSink, slot: number, { frameStart, frameEnd, offsets }: DelveStack): void {
  const { book } = delveOf(sink);
  const known = book.stackStep[slot] === sink.step ? (book.frameEnd[slot] ?? 0) - (book.frameStart[slot] ?? 0) : -1;
  const frames = frameEnd - frameStart;
  // A stack with places is worth more than the same one without.
  if (frames < known || (frames === known && offsets.length === 0)) return;
  book.keepStack(slot, frameStart, frameEnd, sink.step);
  if (!book.isListed(slot) || book.listedStep[slot] !== sink.step) return;
  const row = book.row[slot] ?? 0;
  const { data } = sink.columns.goroutines;
  data.frameStart[row] = frameStart;
  data.frameEnd[row] = frameEnd;
}
