/** What stands in front of a stop, `Thread 2.1 "orders" hit `, and the place behind it, for the stops of `watch-stop.ts` and `break-stop.ts`. */
import { addressOfHalves } from '../../../model/address.ts';
import type { DebuggerStop } from '../../../model/event.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { sessionOf } from '../session.ts';
import { learnArgumentBytes } from './argument-values.ts';
import { frameRow } from './frame-row.ts';

const threadMark = ascii('Thread ');
const hitMark = ascii(' hit ');
const longestThread = 12;
const longestName = 64;
const space = 32;
const quote = 34;
const dot = 46;

/** The thread scanned last; offsets of the window. Equal = none was named. */
const thread = { start: 0, end: 0 };

export function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
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

/** Offset of what was hit, `start` itself where no thread is named; -1 = the thread did something else. */
export function scanThread(bytes: Uint8Array, start: number, end: number): number {
  thread.start = thread.end = start;
  if (!startsWith(bytes, start, end, threadMark)) return start;
  const at = behindThread(bytes, start + threadMark.length);
  if (at < 0 || !startsWith(bytes, at, end, hitMark)) return -1;
  thread.end = at;
  return at + hitMark.length;
}

/** Names the thread scanned last in `stop`, and makes it the session's. */
export function nameThread(cursor: LineCursor, sink: RecordSink, stop: DebuggerStop): void {
  const { strings } = sink.columns;
  const session = sessionOf(sink);
  session.tid = undefined;
  if (thread.end > thread.start) {
    session.thread = strings.at(namesOf(strings).intern(cursor.bytes, thread.start, thread.end));
    stop.thread = session.thread;
  } else session.thread = undefined;
}

/** Writes the place in `frameRow`, whose function has index `name`, to `stop`. */
export function takePlace(cursor: LineCursor, sink: RecordSink, stop: DebuggerStop, name: number): void {
  const { strings } = sink.columns;
  const { argumentStart, argumentEnd, fileStart, fileEnd, isLibrary } = frameRow;
  if (argumentEnd > argumentStart) learnArgumentBytes(cursor, sink, argumentStart, argumentEnd);
  if (name !== 0) stop.function = strings.at(name);
  if (fileEnd > fileStart && !isLibrary) {
    stop.file = strings.at(namesOf(strings).intern(cursor.bytes, fileStart, fileEnd));
    stop.line = frameRow.line;
  }
  if (frameRow.hasPc) stop.pc = addressOfHalves(frameRow.pcHigh, frameRow.pcLow);
}
