/** Stops: signals, breakpoints, watchpoints (gdb/infrun.c, gdb/breakpoint.c), with the place and the source line behind. */
import { parseAddress } from '../../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../../model/event.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { readFrame, type FrameLine } from './frame-line.ts';
import { lineText } from './lines.ts';
import { learnArguments } from './struct-fact.ts';
import { endStep, parseNumber, sessionOf } from './session.ts';
import { isSourceEcho } from './source-echo.ts';
import { pushListed } from './thread-list.ts';

const received =
  /^[ \t]{0,16}(Thread [\d.]{1,12}(?: "[^"]{0,64}")?|Program) (?:received|terminated with) signal (SIG[A-Z0-9]{1,12}|\?|0|EXC_\w{1,24}), (.{1,200})\.$/;
const hit =
  /^[ \t]{0,16}(?:(Thread [\d.]{1,12}(?: "[^"]{0,64}")?) hit )?(?:Temporary breakpoint|Breakpoint|Catchpoint) \d{1,6}(?: \([^()]{1,80}\))?, (\S.*)$/;
const watch =
  /^[ \t]{0,16}(?:(Thread [\d.]{1,12}(?: "[^"]{0,64}")?) hit )?((?:Hardware )?(?:(?:[Rr]ead|[Aa]ccess \(read\/write\)|acc) )?[Ww]atchpoint (\d{1,6}): (.{1,400}))$/;
const stoppedAtEnd = /^[ \t]{0,16}Program stopped\.$/;
const value = /^[ \t]{0,16}(Old value|New value|Value) = (.{1,400})$/;
/** Blank lines and values between a watchpoint's line and its place. */
const mostValueLines = 8;

function isForm(line: string): boolean {
  return received.test(line) || hit.test(line) || watch.test(line) || stoppedAtEnd.test(line);
}

/** `*0xc00004fd18`, `*(long *)0xc000031358`, `-location …`: the watched address, if the expression names it. */
export function watchedAddress(expression: string) {
  const match = /^(?:-l(?:ocation)? )?\*[ ]?(?:\([^()]{1,80}\) ?)?\(?(0x[0-9a-f]{1,16})\)?$/.exec(expression.trim());
  return match?.[1] === undefined ? undefined : parseAddress(match[1]);
}

interface Reading {
  next: number;
  stop: DebuggerStop;
  /** The frame that the stop names, and its line. */
  place?: { line: number; frame: FrameLine };
}

/** `Old value = …`, `New value = …` behind blank lines; leaves `next` where it was when there are none. */
function readValues(cursor: LineCursor, reading: Reading): boolean {
  let found = false;
  for (let at = reading.next, seen = 0; at < cursor.count && seen < mostValueLines; at++, seen++) {
    if (cursor.isBlank(at)) continue;
    const match = value.exec(lineText(cursor, at));
    if (match === null) break;
    const number = parseNumber((match[2] ?? '').split(' ')[0] ?? '');
    if (number !== undefined && match[1] === 'Old value') reading.stop.oldValue = number;
    else if (number !== undefined) reading.stop.newValue = number;
    found = true;
    reading.next = at + 1;
  }
  return found;
}

function take(cursor: LineCursor, sink: RecordSink, reading: Reading, at: number, frame: FrameLine): void {
  if (frame.argumentEnd > frame.argumentStart) learnArguments(sink, cursor.slice(frame.argumentStart, frame.argumentEnd));
  if (frame.function !== '') reading.stop.function = frame.function;
  if (frame.file !== undefined) reading.stop.file = frame.file;
  if (frame.line !== undefined) reading.stop.line = frame.line;
  if (frame.pc !== undefined) reading.stop.pc = frame.pc;
  reading.place = { line: at, frame };
  reading.next = at + frame.lines;
  if (isSourceEcho(lineText(cursor, reading.next))) reading.next++;
}

const notice = /^[ \t]{0,16}\[(?:Switching to|Current thread is) /;

/** The place on the lines behind, after notices of a thread switch. */
function readPlace(cursor: LineCursor, sink: RecordSink, reading: Reading): void {
  for (let at = reading.next; at < cursor.count && at < reading.next + 4; at++) {
    if (notice.test(lineText(cursor, at))) continue;
    const frame = cursor.isBlank(at) ? undefined : readFrame(cursor, at);
    if (frame !== undefined && frame.level === undefined) take(cursor, sink, reading, at, frame);
    return;
  }
}

function nameThread(sink: RecordSink, stop: DebuggerStop, thread: string | undefined): void {
  const session = sessionOf(sink);
  session.tid = undefined;
  if (thread === undefined || thread === 'Program') session.thread = undefined;
  else {
    session.thread = thread;
    stop.thread = thread;
  }
}

function emit(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  reading: Reading,
  event: Partial<CrashEvent>,
  text: string,
): number {
  const last = reading.next - 1;
  const { reverse } = sessionOf(sink);
  if (reverse !== undefined) reading.stop.reverse = reverse;
  sink.facts.push({
    kind: 'event',
    textLine: index,
    event: { kind: 'stop', ...event, text, stop: reading.stop, step: sink.step, source: cursor.lineRange(index, last) },
  });
  markRecognised(sink, index, reading.next - index);
  return reading.next - index;
}

/** The place of a signal is all that is known of the stack where nobody asks for it. */
function pushPlace(cursor: LineCursor, sink: RecordSink, { place, stop: { thread } }: Reading): void {
  if (place === undefined) return;
  const { line, frame } = place;
  pushListed(cursor, sink, line, frame.lines, { ...(thread === undefined ? {} : { name: thread }), role: 'stop', frame });
}

export const stopReader: TextReader = {
  name: 'debugger stop',
  opens: ['Th', 'Pr', 'Te', 'Br', 'Ca', 'Ha', 'Wa', 'Re', 'Ac'],
  recognise: (cursor, index) => isForm(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const line = lineText(cursor, index);
    const reading: Reading = { next: index + 1, stop: {} };
    const watched = watch.exec(line);
    if (watched !== null) {
      const seen = readValues(cursor, reading);
      // The echo of `watch` has the same words as the hit of an old gdb, without values behind.
      if (!seen && watched[1] === undefined) {
        markRecognised(sink, index, 1);
        return 1;
      }
      endStep(sink);
      nameThread(sink, reading.stop, watched[1]);
      readPlace(cursor, sink, reading);
      const address = watchedAddress(watched[4] ?? '');
      return emit(
        cursor,
        sink,
        index,
        reading,
        { kind: 'watchpoint', ...(address === undefined ? {} : { address }) },
        watched[2] ?? '',
      );
    }
    const signal = received.exec(line);
    if (signal !== null) {
      endStep(sink);
      nameThread(sink, reading.stop, signal[1]);
      readPlace(cursor, sink, reading);
      const name = signal[2] ?? '';
      const lines = emit(cursor, sink, index, reading, { category: 'signal', signal: { name } }, `${name}, ${signal[3] ?? ''}`);
      pushPlace(cursor, sink, reading);
      return lines;
    }
    const broken = hit.exec(line);
    // `Breakpoint 1 at 0x…` is the echo of the command; a hit names its place after a comma.
    if (broken === null && !stoppedAtEnd.test(line)) return 0;
    endStep(sink);
    nameThread(sink, reading.stop, broken?.[1]);
    if (broken === null) readPlace(cursor, sink, reading);
    else {
      const frame = readFrame(cursor, index, line.length - (broken[2] ?? '').length);
      if (frame !== undefined && frame.level === undefined) take(cursor, sink, reading, index, frame);
    }
    return emit(cursor, sink, index, reading, {}, line.trim());
  },
};
