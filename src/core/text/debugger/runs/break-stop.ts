/**
 * The hit of a breakpoint, `Thread 1 "orders" hit Breakpoint 1, main.mix () at /src/hash.s:5`, and the place that gdb prints for itself,
 * `0x… in f (a=1) at file:3`, with the source line behind. Any other is left to `stopReader` and `placeReader`.
 */
import type { DebuggerStop } from '../../../model/event.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { endStep, sessionOf } from '../session.ts';
import { echoesSource } from '../source-echo.ts';
import { learnArgumentBytes } from './argument-values.ts';
import { frameRow, scanFrameRow } from './frame-row.ts';
import { functionNamesOf } from './function-names.ts';
import { behindDigits } from './number.ts';
import { isPlain, nameThread, scanThread, takePlace } from './stop-head.ts';

const marks = [ascii('Breakpoint '), ascii('Temporary breakpoint '), ascii('Catchpoint ')];
const mostDigits = 6;
const space = 32;
const comma = 44;
const zero = 48;
const nine = 57;

/** Offset of the place of the breakpoint named at `at`, -1 = none is. */
function placeOf(bytes: Uint8Array, at: number, end: number): number {
  for (const mark of marks) {
    if (!startsWith(bytes, at, end, mark)) continue;
    const digits = at + mark.length;
    const behind = behindDigits(bytes, digits);
    if (behind === digits || behind - digits > mostDigits || bytes[behind] !== comma || bytes[behind + 1] !== space) return -1;
    return behind + 2;
  }
  return -1;
}

/** Index of the function in `frameRow`; -1 = its name is none. */
function nameIn(cursor: LineCursor, sink: RecordSink): number {
  return functionNamesOf(sink.columns.strings).indexOf(cursor.bytes, frameRow.nameStart, frameRow.nameEnd);
}

/** Reads the stop on line `index`; returns the lines consumed, 0 = it is none, or one that needs a closer look. */
export function readBreakStop(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  const hit = scanThread(bytes, start, end);
  const place = hit < 0 ? -1 : placeOf(bytes, hit, end);
  if (place < 0 || !isPlain(bytes, start, end) || bytes[end - 1] === space) return 0;
  if (!scanFrameRow(cursor, index, place) || frameRow.level >= 0) return 0;
  const name = nameIn(cursor, sink);
  if (name < 0) return 0;
  const stop: DebuggerStop = {};
  endStep(sink);
  nameThread(cursor, sink, stop);
  takePlace(cursor, sink, stop, name);
  const next = index + (echoesSource(cursor, index + 1) ? 2 : 1);
  const { reverse } = sessionOf(sink);
  if (reverse !== undefined) stop.reverse = reverse;
  const source = cursor.lineRange(index, next - 1);
  const text = cursor.slice(start, end);
  sink.facts.push({ kind: 'event', textLine: index, event: { kind: 'stop', text, stop, step: sink.step, source } });
  markRecognised(sink, index, next - index);
  return next - index;
}

/** Reads the place on line `index`; returns the lines consumed, 0 = it is none, or one that needs a closer look. */
export function readPlainPlace(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (!scanFrameRow(cursor, index) || frameRow.level >= 0) return 0;
  const first = cursor.bytes[cursor.start(index)] ?? 0;
  // `20	f (x) at …` is the source line of a place.
  if ((!frameRow.hasPc && first >= zero && first <= nine) || nameIn(cursor, sink) < 0) return 0;
  const { argumentStart, argumentEnd } = frameRow;
  if (argumentEnd > argumentStart) learnArgumentBytes(cursor, sink, argumentStart, argumentEnd);
  const lines = echoesSource(cursor, index + 1) ? 2 : 1;
  markRecognised(sink, index, lines);
  return lines;
}
