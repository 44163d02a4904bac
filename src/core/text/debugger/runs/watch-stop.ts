/**
 * The hit of a watchpoint as gdb prints it over its lines: `Thread 2 "orders" hit Hardware watchpoint 2: *(long *)0x…`, the values, the
 * place and its source line. Any other is left to `stopReader`, which gives the same for these.
 */
import { toAddress, type Address } from '../../../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../../../model/event.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { echoesSource } from '../source-echo.ts';
import { endStep, parseNumber, sessionOf } from '../session.ts';
import { watchedAddress } from '../stop.ts';
import { frameRow, scanFrameRow } from './frame-row.ts';
import { functionNamesOf } from './function-names.ts';
import { behindDigits, decimalIn, exactDigits } from './number.ts';
import { isPlain, nameThread, scanThread, takePlace } from './stop-head.ts';

const watchpointMarks = [ascii('Hardware watchpoint '), ascii('Watchpoint ')];
const oldMark = ascii('Old value = ');
const newMark = ascii('New value = ');
const valueMark = ascii('Value = ');
const longestExpression = 400;
const mostDigits = 6;
/** Blank lines and values between a watchpoint's line and its place. */
const mostValueLines = 8;
const lineFeed = 10;
const space = 32;
const colon = 58;

/** Offset of the expression of the watchpoint named at `at`, -1 = none is. */
function expressionOf(bytes: Uint8Array, at: number, end: number): number {
  for (const mark of watchpointMarks) {
    if (!startsWith(bytes, at, end, mark)) continue;
    const digits = at + mark.length;
    const behind = behindDigits(bytes, digits);
    if (behind === digits || behind - digits > mostDigits || bytes[behind] !== colon || bytes[behind + 1] !== space) return -1;
    return end > behind + 2 && end - behind - 2 <= longestExpression ? behind + 2 : -1;
  }
  return -1;
}

/** The number at the beginning of a printed value; undefined where it begins with something else. */
function numberAt(cursor: LineCursor, start: number, end: number): Address | undefined {
  const { bytes } = cursor;
  let token = start;
  while (token < end && bytes[token] !== space) token++;
  const behind = behindDigits(bytes, start);
  if (behind === token && behind > start && behind - start <= exactDigits)
    return toAddress(BigInt(decimalIn(bytes, start, behind)));
  return parseNumber(cursor.slice(start, token));
}

/** Reads values into `stop`; returns the line behind the last one, 0 = none was found, -1 = a closer look is needed. */
function readValues(cursor: LineCursor, index: number, stop: DebuggerStop): number {
  let next = 0;
  for (let at = index + 1; at <= index + mostValueLines && at < cursor.count; at++) {
    const start = cursor.start(at);
    const end = cursor.end(at);
    const { bytes } = cursor;
    const byte = bytes[start] ?? 0;
    if (byte === lineFeed) continue;
    if (byte <= space) return -1;
    const isOld = startsWith(bytes, start, end, oldMark);
    if (!isOld && !startsWith(bytes, start, end, newMark)) {
      if (startsWith(bytes, start, end, valueMark)) return -1;
      break;
    }
    const first = start + oldMark.length;
    if (first >= end || end - first > longestExpression || !isPlain(bytes, first, end)) return -1;
    const value = numberAt(cursor, first, end);
    if (value !== undefined && isOld) stop.oldValue = value;
    else if (value !== undefined) stop.newValue = value;
    next = at + 1;
  }
  return next;
}

/** Reads the stop on line `index` and those behind it; returns the lines consumed, 0 = it is none, or one that needs a closer look. */
export function readWatchStop(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const hit = scanThread(cursor.bytes, start, end);
  const expression = hit < 0 ? -1 : expressionOf(cursor.bytes, hit, end);
  if (expression < 0 || !isPlain(cursor.bytes, start, end)) return 0;
  const stop: DebuggerStop = {};
  const place = readValues(cursor, index, stop);
  if (place <= 0 || place >= cursor.count || !scanFrameRow(cursor, place) || frameRow.level >= 0) return 0;
  const name = functionNamesOf(sink.columns.strings).indexOf(cursor.bytes, frameRow.nameStart, frameRow.nameEnd);
  if (name < 0) return 0;
  endStep(sink);
  // The window may have grown, but nothing in it has moved.
  nameThread(cursor, sink, stop);
  takePlace(cursor, sink, stop, name);
  const next = place + (echoesSource(cursor, place + 1) ? 2 : 1);
  const { reverse } = sessionOf(sink);
  if (reverse !== undefined) stop.reverse = reverse;
  const text = cursor.slice(hit, end);
  const address = watchedAddress(text.slice(expression - hit));
  const source = cursor.lineRange(index, next - 1);
  const { step } = sink;
  const event: CrashEvent =
    address === undefined
      ? { kind: 'watchpoint', text, stop, step, source }
      : { kind: 'watchpoint', address, text, stop, step, source };
  sink.facts.push({ kind: 'event', textLine: index, event });
  markRecognised(sink, index, next - index);
  return next - index;
}
