/**
 * The hit of a watchpoint as gdb prints it over its lines: `Thread 2 "orders" hit Hardware watchpoint 2: *(long *)0x…`, the values, the
 * place and its source line. Any other is left to `stopReader`, which gives the same for these.
 */
import { addressOfHalves, toAddress, type Address } from '../../../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../../../model/event.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { echoesSource } from '../source-echo.ts';
import { endStep, parseNumber, sessionOf } from '../session.ts';
import { watchedAddress } from '../stop.ts';
import { learnArgumentBytes } from './argument-values.ts';
import { frameRow, scanFrameRow } from './frame-row.ts';
import { functionNamesOf } from './function-names.ts';
import { behindDigits, decimalIn, exactDigits } from './number.ts';

const threadMark = ascii('Thread ');
const hitMark = ascii(' hit ');
const watchpointMark = ascii('Hardware watchpoint ');
const oldMark = ascii('Old value = ');
const newMark = ascii('New value = ');
const valueMark = ascii('Value = ');
const longestThread = 12;
const longestName = 64;
const longestExpression = 400;
const mostDigits = 6;
/** Blank lines and values between a watchpoint's line and its place. */
const mostValueLines = 8;
const lineFeed = 10;
const space = 32;
const quote = 34;
const dot = 46;
const colon = 58;

/** The head scanned last; offsets of the window. Equal = no thread. */
const head = { threadStart: 0, threadEnd: 0, textStart: 0, expression: 0 };

function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) < space || (bytes[at] ?? 0) > 126) return false;
  return true;
}

/** Offset behind `2.1 "orders"` at `at`, -1 = it is none. */
function behindThread(bytes: Uint8Array, at: number): number {
  let next = at;
  for (let byte = bytes[next] ?? 0; (byte >= 48 && byte <= 57) || byte === dot; byte = bytes[++next] ?? 0);
  if (next === at || next - at > longestThread) return -1;
  if (bytes[next] !== space || bytes[next + 1] !== quote) return next;
  const name = next + 2;
  for (next = name; bytes[next] !== quote; next++) if (next - name >= longestName || (bytes[next] ?? 0) < space) return -1;
  return next + 1;
}

function scanHead(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  head.threadStart = head.threadEnd = start;
  if (startsWith(bytes, at, end, threadMark)) {
    at = behindThread(bytes, at + threadMark.length);
    if (at < 0 || !startsWith(bytes, at, end, hitMark)) return false;
    head.threadEnd = at;
    at += hitMark.length;
  }
  head.textStart = at;
  if (!startsWith(bytes, at, end, watchpointMark)) return false;
  at += watchpointMark.length;
  const behind = behindDigits(bytes, at);
  if (behind === at || behind - at > mostDigits || bytes[behind] !== colon || bytes[behind + 1] !== space) return false;
  head.expression = behind + 2;
  return end > head.expression && end - head.expression <= longestExpression && isPlain(bytes, start, end);
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
  if (!scanHead(cursor.bytes, start, cursor.end(index))) return 0;
  const stop: DebuggerStop = {};
  const place = readValues(cursor, index, stop);
  if (place <= 0 || place >= cursor.count || !scanFrameRow(cursor, place) || frameRow.level >= 0) return 0;
  const name = functionNamesOf(sink.columns.strings).indexOf(cursor.bytes, frameRow.nameStart, frameRow.nameEnd);
  if (name < 0) return 0;
  endStep(sink);
  // The window may have grown, but nothing in it has moved.
  const { bytes } = cursor;
  const { strings } = sink.columns;
  const names = namesOf(strings);
  const session = sessionOf(sink);
  session.tid = undefined;
  if (head.threadEnd > head.threadStart) {
    session.thread = strings.at(names.intern(bytes, head.threadStart, head.threadEnd));
    stop.thread = session.thread;
  } else session.thread = undefined;
  const { argumentStart, argumentEnd, fileStart, fileEnd, isLibrary } = frameRow;
  if (argumentEnd > argumentStart) learnArgumentBytes(cursor, sink, argumentStart, argumentEnd);
  if (name !== 0) stop.function = strings.at(name);
  if (fileEnd > fileStart && !isLibrary) {
    stop.file = strings.at(names.intern(bytes, fileStart, fileEnd));
    stop.line = frameRow.line;
  }
  if (frameRow.hasPc) stop.pc = addressOfHalves(frameRow.pcHigh, frameRow.pcLow);
  const next = place + (echoesSource(cursor, place + 1) ? 2 : 1);
  if (session.reverse !== undefined) stop.reverse = session.reverse;
  const text = cursor.slice(head.textStart, cursor.end(index));
  const address = watchedAddress(text.slice(head.expression - head.textStart));
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
