/** Says where a dump lost its head or its tail, and where it ends at the limit of who printed it. */
import { FrameFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import type { TextFact } from '../../model/record.ts';
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

/** Announces what is missing as events of kind `log`; `first`: of the goroutines and frames that were read, if there are any. */
export function completeness(cursor: LineCursor, sink: RecordSink, first: TextFact | undefined): void {
  if (first === undefined) return;
  cursor.moveTo(0);
  const top = firstFilled(cursor);
  if (isRest(cursor, top, sink) || beginsInside(cursor, top, first, sink))
    tell(cursor, sink, top, 'The dump begins inside a stack: its head is missing');
  const last = lastFilled(cursor);
  if (last < 0 || sink.lineClass[last] !== LineClass.recognised) return;
  if (cursor.byteLength === pprofLimit)
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

/** The end of a location line: what a cut leaves above the next frame. */
const locationEnd = /^(?:\S* )?(?:[fs]?p=)?(?:0x)?[0-9a-f]*(?: sp=0x[0-9a-f]+)? pc=0x[0-9a-f]{4,16}$/;

function isRest(cursor: LineCursor, top: number, sink: RecordSink): boolean {
  if (sink.lineClass[top] !== LineClass.prose || !locationEnd.test(cursor.line(top))) return false;
  sink.lineClass[top] = LineClass.recognised;
  return true;
}

/** Frames of a goroutine at the very top, no header above them. Error libraries print frames without offsets. */
function beginsInside(cursor: LineCursor, top: number, first: TextFact, sink: RecordSink): boolean {
  if (first.kind !== 'runtime-stack' || first.header || first.textLine !== top) return false;
  const { flags } = sink.columns.frames.data;
  for (let row = first.frameStart; row < Math.min(first.frameEnd, first.frameStart + framesSeen); row++)
    if (((flags[row] ?? 0) & FrameFlag.hasEntryOffset) !== 0) return true;
  const start = cursor.start(top);
  const end = cursor.end(top);
  return readLocation(cursor.bytes, start, end, location) && skipSpace(cursor.bytes, start, end) > start;
}

/** Inlined frames have no offset: the first that is none tells. */
const framesSeen = 8;

/** A header without frames, a function without its place, or half of either. */
function endsInside(cursor: LineCursor, line: number): boolean {
  const { bytes } = cursor;
  const start = cursor.start(line);
  const end = cursor.end(line);
  if (beginsAsHeader(bytes, start, end)) return true;
  const text = cursor.line(line);
  // Half a name, with no line feed behind it, below a frame.
  if (!cursor.endsWithFeed() && /^[A-Za-z_][\w./*%·-]*$/.test(text) && / \+0x[0-9a-f]+/.test(cursor.line(line - 1))) return true;
  if (/^created by \S+/.test(text)) return true;
  // The places of the frames above end with a pc; the last line does not, and no line feed follows it.
  if (!cursor.endsWithFeed() && / pc=0x[0-9a-f]+\s*$/.test(cursor.line(line - 2)) && /^\s/.test(text)) {
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
  cursor.moveTo(line);
  while (line >= 0 && cursor.isBlank(line)) cursor.moveTo(--line);
  // The lines above tell too.
  cursor.moveTo(Math.max(0, line - 2));
  return line;
}
