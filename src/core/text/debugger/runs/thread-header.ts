/**
 * What `thread apply all bt` puts above a stack: `Thread 4 (Thread 0x7ffb1e00 (LWP 3173) "orders"):`, `Thread 4 (LWP 3173 "orders"):`, with a
 * name or without. Any other is left to `echoReader`, which gives the same for these.
 */
import { LineClass } from '../../../model/line-class.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { behindDigits, behindHex, decimalIn } from './number.ts';
import { sharedOf } from './shared.ts';

const threadMark = ascii('Thread ');
const processMark = ascii('LWP ');
const mostNumber = 12;
const mostHex = 18;
const mostDigits = 10;
const longestName = 64;
const space = 32;
const quote = 34;
const open = 40;
const close = 41;
const dot = 46;
const colon = 58;

/** Reads the header on line `index`, bytes [start, end); returns 1, or 0 where it has another form. */
export function readThreadHeader(cursor: LineCursor, index: number, start: number, end: number, sink: RecordSink): number {
  const { bytes } = cursor;
  if (bytes[end - 1] !== colon || bytes[end - 2] !== close || !startsWith(bytes, start, end, threadMark)) return 0;
  const number = start + threadMark.length;
  let at = number;
  for (let byte = bytes[at] ?? 0; (byte >= 48 && byte <= 57) || byte === dot; byte = bytes[++at] ?? 0);
  if (at === number || at - number > mostNumber || bytes[at] !== space || bytes[at + 1] !== open) return 0;
  const numberEnd = at;
  at += 2;
  const isPosix = startsWith(bytes, at, end, threadMark);
  if (isPosix) {
    const hex = at + threadMark.length;
    at = behindHex(bytes, hex);
    if (at < 0 || at - hex > mostHex || bytes[at] !== space || bytes[at + 1] !== open) return 0;
    at += 2;
  }
  if (!startsWith(bytes, at, end, processMark)) return 0;
  const digits = at + processMark.length;
  at = behindDigits(bytes, digits);
  if (at === digits || at - digits > mostDigits) return 0;
  const tid = decimalIn(bytes, digits, at);
  if (isPosix && bytes[at++] !== close) return 0;
  let nameStart = 0;
  if (bytes[at] === space && bytes[at + 1] === quote) {
    nameStart = at += 2;
    for (let byte = bytes[at] ?? 0; byte !== quote; byte = bytes[++at] ?? 0)
      if (byte < space || byte > 126 || at - nameStart >= longestName) return 0;
    at++;
  }
  if (at !== end - 2) return 0;
  const { session, names } = sharedOf(cursor, sink);
  const { strings } = sink.columns;
  const thread = strings.at(names.intern(bytes, start, numberEnd));
  session.thread = nameStart === 0 ? thread : `${thread} "${strings.at(names.intern(bytes, nameStart, at - 1))}"`;
  session.tid = tid;
  sink.lineClass[index] = LineClass.recognised;
  return 1;
}
