/**
 * `goroutines` with any flags: `* Goroutine 22 - User: ./main.go:21 main.f (0x49fbc5) (thread 13919) [chan receive]`, with stacks
 * behind (`-t`), labels (`-l`) or in groups (`-group`).
 */
import { parseAddress } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { FrameFlag, GoroutineFlag } from '../../../model/goroutine.ts';
import { halvesOf, highHalf, lowHalf } from '../../../model/halves.ts';
import type { LineCursor } from '../../cursor.ts';
import { isDigit, skipSpace } from '../../bytes.ts';
import { namesOf } from '../../names.ts';
import { writerOf } from '../../frames/writer.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { delveGoroutineRow, DelvePlace, scanDelveGoroutine } from '../runs/delve-goroutine-row.ts';
import { delveNamesOf } from '../runs/delve-names.ts';
import { addDelveFrame, highOf, lowOf, readDelveFrame } from './frames.ts';
import type { GoroutineFact } from './goroutine-book.ts';
import { delveOf, type DelveSession } from './session.ts';
import { keepStack, readDelveStack } from './stack.ts';

const entry =
  /^[ \t]{0,16}(\* )?Goroutine (\d{1,19}) - (User|Runtime|Go|Start): (\S{1,1024}|\?):(-?\d{1,9}) (\S.{0,1000}?) \((0x[0-9a-f]{1,16})\)(?: \(thread (\d{1,10})\))?(?: \[([^\]]{1,120}(?:\([^()]{0,40}\))?)\])?$/;
const total = /^[ \t]{0,16}\[\d{1,9} goroutines?(?:[^\]]{0,80})?\]$/;
const labels = /^[ \t]{1,24}Labels: \S/;
/** Goroutines that are read as one record: a window on the text may move between two. */
const mostAtOnce = 256;
const tab = 9;
const space = 32;
const letterL = 76;

const places = new Map<string | undefined, number>([
  ['User', DelvePlace.user],
  ['Runtime', DelvePlace.runtime],
  ['Go', DelvePlace.go],
  ['Start', DelvePlace.start],
]);

/** Reads line `index` into `delveGoroutineRow`; false when it is no goroutine. */
function readEntry(cursor: LineCursor, sink: RecordSink, index: number): boolean {
  const { strings } = sink.columns;
  if (sink.closely !== true && scanDelveGoroutine(cursor, index, delveNamesOf(strings), namesOf(strings))) return true;
  if (!mayBegin(cursor, index)) return false;
  const match = entry.exec(lineText(cursor, index).trimEnd());
  if (match === null) return false;
  const row = delveGoroutineRow;
  const id = BigInt(match[2] ?? '');
  const pc = parseAddress(match[7] ?? '');
  const status = match[9]?.replace(/ \d{6,19}$/, '');
  row.current = match[1] !== undefined;
  row.id.high = Number(id >> 32n);
  row.id.low = Number(id & 0xffffffffn);
  row.place = places.get(match[3]) ?? DelvePlace.user;
  row.file = strings.intern(match[4] ?? '');
  row.line = Math.max(0, Number(match[5]));
  row.name = strings.intern(match[6] === '???' ? '' : withoutAbi(match[6] ?? ''));
  row.pcHigh = pc === undefined ? 0 : highOf(pc);
  row.pcLow = pc === undefined ? 0 : lowOf(pc);
  row.hasThread = match[8] !== undefined;
  row.status = status === undefined ? 0 : strings.intern(status);
  return true;
}

/** `[12 `, `* G` or `G`: looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const { bytes } = cursor;
  const at = skipSpace(bytes, cursor.start(index), cursor.end(index));
  if (bytes[at] === 91) return isDigit(bytes[at + 1]);
  return bytes[at] === 42 ? bytes[at + 2] === 71 : bytes[at] === 71;
}

/** The row of the goroutine in `slot`: a new one with its fact where it was not listed before. */
function rowFor(sink: RecordSink, index: number, { book }: DelveSession, slot: number): number {
  book.listedStep[slot] = sink.step;
  if (book.isListed(slot)) return book.row[slot] ?? 0;
  const row = sink.columns.goroutines.add();
  const fact: GoroutineFact = { kind: 'goroutine', row, listed: 'other', textLine: index };
  book.list(slot, row, fact);
  sink.facts.push(fact);
  return row;
}

/** The wide columns as halves, for as long as the columns are the same. */
const ids = new WeakMap<BigUint64Array, Uint32Array>();

function idHalves(column: BigUint64Array): Uint32Array {
  let halves = ids.get(column);
  if (halves === undefined) ids.set(column, (halves = halvesOf(column)));
  return halves;
}

function isLabels(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const start = cursor.start(index);
  const { bytes } = cursor;
  let at = start;
  while (bytes[at] === space || bytes[at] === tab) at++;
  return at > start && bytes[at] === letterL && labels.test(lineText(cursor, index));
}

/** Frames [start, end) are those that the goroutine in `row` shows. */
function showFrames(sink: RecordSink, row: number, start: number, end: number): void {
  const { data } = sink.columns.goroutines;
  data.frameStart[row] = start;
  data.frameEnd[row] = end;
}

/** Where the goroutine in `row` was made, began or stands, as its own line tells. */
function placeAlone(cursor: LineCursor, sink: RecordSink, index: number, row: number, hasStack: boolean): void {
  const { place, name } = delveGoroutineRow;
  if (place === DelvePlace.go ? name === 0 : hasStack) return;
  const frame = addDelveFrame(cursor, writerOf(sink.columns), index, delveGoroutineRow);
  const { flags } = sink.columns.frames.data;
  if (place === DelvePlace.go) {
    flags[frame] = FrameFlag.hasPc | FrameFlag.createdBy;
    sink.columns.goroutines.data.createdBy[row] = frame;
    return;
  }
  // Its outermost function is not where it stands.
  if (place === DelvePlace.start) flags[frame] = 0;
  showFrames(sink, row, frame, frame + 1);
}

/** Writes the goroutine in `delveGoroutineRow`, which stands on line `index`; returns the line behind it and its stack. */
function write(cursor: LineCursor, sink: RecordSink, index: number): number {
  const session = delveOf(sink);
  const { book } = session;
  const { id, current, hasThread, status } = delveGoroutineRow;
  const slot = book.slotOfHalves(id.high, id.low);
  const row = rowFor(sink, index, session, slot);
  const { data } = sink.columns.goroutines;
  const halves = idHalves(data.id);
  halves[2 * row + highHalf] = id.high;
  halves[2 * row + lowHalf] = id.low;
  // Delve prints a reason for waiting goroutines only; one without a thread is ready to run.
  data.status[row] = status === 0 ? sink.columns.strings.intern(hasThread ? 'running' : 'runnable') : status;
  data.flags[row] = hasThread ? GoroutineFlag.running : 0;
  data.headerLine[row] = index;
  data.document[row] = cursor.document;
  if (current) {
    book.select(slot);
    session.goroutine = (data.id[row] ?? 0n).toString();
  }
  let next = index + 1;
  if (isLabels(cursor, next)) next++;
  if (readDelveFrame(cursor, sink, next)) {
    const stack = readDelveStack(cursor, next, sink);
    keepStack(sink, slot, stack);
    next = stack.next;
  } else placeAlone(cursor, sink, index, row, book.stackStep[slot] === sink.step);
  if (book.stackStep[slot] === sink.step) showFrames(sink, row, book.frameStart[slot] ?? 0, book.frameEnd[slot] ?? 0);
  data.endLine[row] = next;
  return next;
}

/** Reads goroutines from line `index` on; returns the lines consumed. */
export function readGoroutines(cursor: LineCursor, index: number, sink: RecordSink): number {
  let next = index;
  for (let count = 0; count < mostAtOnce && readEntry(cursor, sink, next); count++) next = write(cursor, sink, next);
  if (next > index) markRecognised(sink, index, next - index);
  return next - index;
}

export const delveGoroutineReader: TextReader = {
  name: 'Delve goroutine',
  contains: ['oroutine'],
  begins: '*G[',
  recognise(cursor, index, sink) {
    return readEntry(cursor, sink, index) || (mayBegin(cursor, index) && total.test(lineText(cursor, index).trimEnd()));
  },
  parse(cursor, index, sink) {
    const lines = readGoroutines(cursor, index, sink);
    if (lines > 0) return lines;
    markRecognised(sink, index, 1);
    return 1;
  },
};
