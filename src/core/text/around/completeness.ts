/** Says where a dump lost its head or its tail, and where it ends at the limit of who printed it. */
import { LineClass } from '../../model/line-class.ts';
import { skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { emptyCall, looksLikeName, readCall } from '../frames/call.ts';
import { emptyLocation, readLocation } from '../frames/location.ts';
import { beginsAsHeader } from '../goroutines/header.ts';
import type { RecordSink } from '../reader.ts';

/** net/http/pprof and runtime/pprof (pprof.go writeGoroutineStacks): debug=2 stops at this size. */
const pprofLimit = 64 * 1024 * 1024;

const call = emptyCall();
const location = emptyLocation();

/** Announces what is missing as events of kind `log`; only of texts in which goroutines or frames were read. */
export function completeness(cursor: LineCursor, sink: RecordSink): void {
  const first = sink.facts.find((fact) => fact.kind === 'goroutine' || fact.kind === 'runtime-stack');
  if (first === undefined) return;
  const top = firstFilled(cursor);
  if (first.kind === 'runtime-stack' && !first.header && beginsInside(cursor, top, first.textLine))
    tell(cursor, sink, top, 'The dump begins inside a stack: its head is missing');
  const last = lastFilled(cursor);
  if (last < 0 || sink.lineClass[last] !== LineClass.recognised) return;
  if (cursor.bytes.length === pprofLimit)
    tell(
      cursor,
      sink,
      last,
      'The dump is exactly 67108864 bytes long, where pprof stops printing: further goroutines are missing',
    );
  else if (endsInside(cursor, last)) tell(cursor, sink, last, 'The dump ends inside a stack: its tail is missing');
}

function tell(cursor: LineCursor, sink: RecordSink, line: number, text: string): void {
  sink.facts.push({ kind: 'event', event: { kind: 'log', text, source: cursor.lineRange(line) }, textLine: line });
}

/** A location without its function, or the end of one: what a cut leaves of a frame. */
function beginsInside(cursor: LineCursor, top: number, frames: number): boolean {
  const start = cursor.start(top);
  const end = cursor.end(top);
  if (top + 1 === frames && locationEnd.test(cursor.line(top))) return true;
  if (top !== frames || !readLocation(cursor.bytes, start, end, location)) return false;
  return location.flags !== 0 || skipSpace(cursor.bytes, start, end) > start;
}

const locationEnd = /^\S*(?::\d+)?(?: ?\+0x[0-9a-f]+)?(?: fp=0x[0-9a-f]+)?(?: sp=0x[0-9a-f]+)?(?: pc=0x[0-9a-f]+|\+0x[0-9a-f]+)$/;

/** A header without frames, a function without its place, or half of either. */
function endsInside(cursor: LineCursor, line: number): boolean {
  const { bytes } = cursor;
  const start = cursor.start(line);
  const end = cursor.end(line);
  if (beginsAsHeader(bytes, start, end)) return true;
  const text = cursor.line(line);
  if (/^created by \S+/.test(text)) return true;
  // The places of the frames above end with a pc; the last line does not, and no line feed follows it.
  if (bytes[bytes.length - 1] !== 10 && / pc=0x[0-9a-f]+\s*$/.test(cursor.line(line - 2)) && /^\s/.test(text)) {
    if (!/ pc=0x[0-9a-f]{5,16}\s*$/.test(text)) return true;
  }
  if (readCall(bytes, start, end, call)) return looksLikeName(bytes, call.nameStart, call.nameEnd, true);
  // Half a function line: an open bracket. Half a location: a path that stops before its number.
  if (/^[A-Za-z_][^\s"'`=;,(]*\.[^\s"'`=;,]*\([0-9a-fx{}?,. _]*$/.test(text)) return true;
  return (
    /^\t\S/.test(text) &&
    !readLocation(bytes, start, end, location) &&
    line > 0 &&
    readCall(bytes, cursor.start(line - 1), cursor.end(line - 1), call)
  );
}

function firstFilled(cursor: LineCursor): number {
  let line = 0;
  while (line < cursor.count && cursor.isBlank(line)) line++;
  return line;
}

function lastFilled(cursor: LineCursor): number {
  let line = cursor.count - 1;
  while (line >= 0 && cursor.isBlank(line)) line--;
  return line;
}
