/** `bt`, `stack -full`, `stack -offsets`, `goroutine N bt`: frames of two lines, numbered, innermost first. */
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { columns, lineText } from '../lines.ts';
import { sessionOf } from '../session.ts';
import { goroutineNamedBy, isDelvePrompt } from './command.ts';
import { addDelveFrame, readDelveFrame, settleInlined } from './frames.ts';
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

export interface DelveStack {
  frameStart: number;
  frameEnd: number;
  next: number;
  offsets: FrameOffsets[];
}

/** Past locals and the like; blank lines stand between frames of `-full` and `-offsets`. */
function skipDetails(cursor: LineCursor, from: number): number {
  let next = from;
  while (next < cursor.count && next - from < mostDetails) {
    const line = lineText(cursor, next);
    if (!indented.test(line) || goroutineLine.test(line) || readDelveFrame(cursor, next) !== undefined || isDelvePrompt(line))
      break;
    next++;
  }
  return next;
}

/** Locals and arguments that `-full` prints behind a frame. */
function pushLocals(cursor: LineCursor, sink: RecordSink, from: number, end: number, name: string): void {
  for (let at = from; at < end;) {
    const { fields, next } = delveVariables(cursor, sink, at, end);
    if (fields.length > 0) pushVariables(sink, at, `locals of ${name}`, fields, cursor.lineRange(at, next - 1));
    at = Math.max(next, at + 1);
  }
}

/** Reads the frames from line `index` on; their levels rise, by more than one where some were left out. */
export function readDelveStack(cursor: LineCursor, index: number, sink: RecordSink): DelveStack {
  const stack: DelveStack = { frameStart: sink.columns.frames.length, frameEnd: 0, next: index, offsets: [] };
  let frame = readDelveFrame(cursor, index);
  let at = index;
  let level = frame?.level ?? 0;
  while (frame !== undefined && frame.level >= level) {
    level = frame.level;
    const row = addDelveFrame(cursor, sink, at, frame);
    let next = at + frame.lines;
    const line = lineText(cursor, next);
    const offsets = readOffsets(line);
    if (offsets !== undefined) {
      stack.offsets.push({
        ...offsets,
        row,
        level,
        source: columns(cursor, next, line, line.indexOf('frame:'), line.trimEnd().length),
      });
      next++;
    }
    const details = next;
    next = skipDetails(cursor, next);
    pushLocals(cursor, sink, details, next, frame.function);
    stack.next = next;
    let following = next;
    while (following < cursor.count && following < next + 2 && cursor.isBlank(following)) following++;
    frame = readDelveFrame(cursor, following);
    if (frame === undefined && cut.test(lineText(cursor, following))) stack.next = following + 1;
    at = following;
    level++;
  }
  stack.frameEnd = sink.columns.frames.length;
  settleInlined(sink, stack.frameStart);
  return stack;
}

export const delveStackReader: TextReader = {
  name: 'Delve stack',
  begins: '0123456789',
  recognise: (cursor, index) => readDelveFrame(cursor, index) !== undefined,
  parse(cursor, index, sink) {
    const stack = readDelveStack(cursor, index, sink);
    if (stack.frameEnd === stack.frameStart) return 0;
    const session = delveOf(sink);
    const goroutine = goroutineNamedBy(sink.command) ?? session.goroutine;
    placeByOffsets(sink, index, stack.offsets, sessionOf(sink).frame === 0 ? sessionOf(sink).registers.get('rsp') : undefined);
    const { frameStart, frameEnd, next } = stack;
    sink.facts.push({
      kind: 'debugger-stack',
      textLine: index,
      frameStart,
      frameEnd,
      ...(goroutine === '' ? {} : { thread: `goroutine ${goroutine}` }),
      step: sink.step,
      source: cursor.lineRange(index, next - 1),
    });
    if (goroutine !== '') keepStack(sink, goroutine, stack);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

/** The longest stack of a goroutine at a step is the one that its row shows. */
export function keepStack(sink: RecordSink, goroutine: string, { frameStart, frameEnd, offsets }: DelveStack): void {
  const session = delveOf(sink);
  const known = session.stacks.get(goroutine);
  const longer = known === undefined || known.step !== sink.step || frameEnd - frameStart > known.frameEnd - known.frameStart;
  // A stack with places is worth more than the same one without.
  const placed = known !== undefined && offsets.length > 0 && frameEnd - frameStart === known.frameEnd - known.frameStart;
  if (!longer && !placed) return;
  session.stacks.set(goroutine, { frameStart, frameEnd, step: sink.step });
  const listed = session.rows.get(goroutine);
  if (listed === undefined || listed.step !== sink.step) return;
  const { data } = sink.columns.goroutines;
  data.frameStart[listed.row] = frameStart;
  data.frameEnd[listed.row] = frameEnd;
}
