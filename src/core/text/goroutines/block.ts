/** Goroutine blocks: a header, its stack, and its ancestors. The hot path of every dump. */
import { GoroutineFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import { GoroutineFact } from '../facts.ts';
import { ascii, startsWith } from '../bytes.ts';
import { halvesOf, highHalf, lowHalf } from '../../model/halves.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';
import { expectedRows, writerOf } from '../frames/writer.ts';
import { headerHints } from '../versions/block-hints.ts';
import { blockRunsOf } from './block-runs.ts';
import { beginsAsHeader, emptyHeader, readHeader, type Header } from './header.ts';
import { readStack, type StackBlock } from './stack.ts';
import { isPair } from './stack-lines.ts';

const header = emptyHeader();

/** Writes the row of a header. Its block is filled by `finishBlock`. */
function addGoroutine(cursor: LineCursor, index: number, sink: RecordSink, read: Header): number {
  const { goroutines } = sink.columns;
  const { names } = writerOf(sink.columns);
  const full = goroutines.length === goroutines.data.id.length;
  const row = goroutines.add(full ? expectedRows(goroutines.length, cursor, index) : 0);
  const data = goroutines.data;
  putWide(data.id, row, read.id.high, read.id.low);
  data.status[row] = names.intern(cursor.bytes, read.statusStart, read.statusEnd);
  data.waitMinutes[row] = read.minutes;
  data.flags[row] = read.flags;
  if (read.gpHigh !== 0 || read.gpLow !== 0) putWide(data.gp, row, read.gpHigh, read.gpLow);
  data.m[row] = read.m;
  data.labels[row] = names.intern(cursor.bytes, read.labelsStart, read.labelsEnd);
  data.headerLine[row] = index;
  data.document[row] = cursor.document;
  return row;
}

/** Halves of the wide columns written last. */
const halves = new WeakMap<BigUint64Array, Uint32Array>();

function putWide(column: BigUint64Array, row: number, high: number, low: number): void {
  let halved = halves.get(column);
  if (halved === undefined) halves.set(column, (halved = halvesOf(column)));
  halved[row * 2 + highHalf] = high;
  halved[row * 2 + lowHalf] = low;
}

function finishBlock(sink: RecordSink, row: number, stack: StackBlock): void {
  const data = sink.columns.goroutines.data;
  data.frameStart[row] = stack.frameStart;
  data.frameEnd[row] = stack.frameEnd;
  data.createdBy[row] = stack.createdBy;
  const { high, low } = stack.createdIn;
  if (high !== 0 || low !== 0) putWide(data.createdIn, row, high, low);
  data.elidedCount[row] = stack.elidedCount;
  data.elidedAfter[row] = stack.elidedAfter;
  if (stack.elided) data.flags[row] = (data.flags[row] ?? 0) | GoroutineFlag.elided;
  data.endLine[row] = stack.next;
}

export const goroutineReader: TextReader = {
  name: 'goroutine block',
  begins: 'g',

  recognise(cursor, index) {
    return beginsAsHeader(cursor.bytes, cursor.start(index), cursor.end(index));
  },

  parse(cursor, index, sink) {
    if (!readHeader(cursor.bytes, cursor.start(index), cursor.end(index), header)) return 0;
    if (!header.complete && index < cursor.count - 1 && !isPair(cursor, index + 1)) return 0;
    const row = addGoroutine(cursor, index, sink, header);
    sink.headers++;
    sink.lineClass[index] = LineClass.recognised;
    sink.facts.push(new GoroutineFact(row, index));
    headerHints(cursor, index, sink, header);
    if (header.hasPlace) blockRunsOf(sink.columns).tell(sink);
    const stack = readStack(cursor, index + 1, sink, 'goroutine');
    finishBlock(sink, row, stack);
    return readAncestors(cursor, stack.next, sink) - index;
  },
};

/** Blocks from line `index` on, as long as they are plain; returns the lines that this took, 0 where the first is not. */
export function readBlocks(cursor: LineCursor, index: number, sink: RecordSink): number {
  const runs = blockRunsOf(sink.columns);
  const next = index + runs.read(cursor, index, sink);
  const row = runs.unfinished;
  if (row < 0) return next - index;
  cursor.ahead(next);
  const { data } = sink.columns.goroutines;
  if ((data.createdBy[row] ?? -1) >= 0) return readAncestors(cursor, next, sink) - index;
  const stack = readStack(cursor, next, sink, 'goroutine', data.frameStart[row]);
  finishBlock(sink, row, stack);
  return readAncestors(cursor, stack.next, sink) - index;
}

/** Line past the ancestors that stand from line `from` on. */
function readAncestors(cursor: LineCursor, from: number, sink: RecordSink): number {
  let next = from;
  while (next < cursor.count) {
    const lines = readAncestor(cursor, next, sink);
    if (lines === 0) break;
    next += lines;
  }
  return next;
}

const ancestorMark = ascii('[originating from goroutine ');

/**
 * `[originating from goroutine N]:` of GODEBUG=tracebackancestors: a stack kept from when the goroutine was created. It
 * becomes a row without the header flag, whose status is 'ancestor'.
 */
function readAncestor(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (!startsWith(cursor.bytes, cursor.start(index), cursor.end(index), ancestorMark)) return 0;
  const match = /^\[originating from goroutine (\d{1,20})\]:/.exec(cursor.line(index));
  if (match === null) return 0;
  const { goroutines, strings } = sink.columns;
  const row = goroutines.add();
  const data = goroutines.data;
  data.id[row] = BigInt.asUintN(64, BigInt(match[1] ?? '0'));
  data.status[row] = strings.intern('ancestor');
  data.headerLine[row] = index;
  data.document[row] = cursor.document;
  sink.lineClass[index] = LineClass.recognised;
  sink.facts.push(new GoroutineFact(row, index));
  const stack = readStack(cursor, index + 1, sink, 'ancestor');
  finishBlock(sink, row, stack);
  return stack.next - index;
}

export const ancestorReader: TextReader = {
  name: 'ancestor stack',
  begins: '[',
  recognise(cursor, index) {
    return startsWith(cursor.bytes, cursor.start(index), cursor.end(index), ancestorMark);
  },
  parse: readAncestor,
};
