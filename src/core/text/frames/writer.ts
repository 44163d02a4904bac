/** Writes frames to the shared columns: names interned from bytes, wide numbers as halves. */
import { FrameFlag } from '../../model/goroutine.ts';
import type { FrameColumns } from '../../model/columns.ts';
import type { CaseColumns } from '../../model/record.ts';
import type { LineCursor } from '../cursor.ts';
import { halvesOf, highHalf, lowHalf } from '../../model/halves.ts';
import { namesOf, type NameTable } from '../names.ts';
import type { Call } from './call.ts';
import type { Location } from './location.ts';

export class FrameWriter {
  readonly names: NameTable;
  readonly columns: FrameColumns;
  /** The columns as they are now; wide ones as halves. They change identity when a row is added. */
  data: FrameColumns['data'];
  pc: Uint32Array;
  sp: Uint32Array;
  fp: Uint32Array;
  #cursor: LineCursor | undefined;
  #firstRow = 0;

  constructor(columns: CaseColumns) {
    this.names = namesOf(columns.strings);
    this.columns = columns.frames;
    this.data = columns.frames.data;
    this.pc = halvesOf(this.data.pc);
    this.sp = halvesOf(this.data.sp);
    this.fp = halvesOf(this.data.fp);
  }

  /** A new row for line `textLine`; everything else of it is zero. */
  addRow(cursor: LineCursor, textLine: number): number {
    this.reserve(cursor, textLine, 1);
    const row = this.columns.length++;
    if (cursor.document !== 0) this.data.document[row] = cursor.document;
    this.data.textLine[row] = textLine;
    return row;
  }

  /** Makes room for `rows` rows from line `textLine` on. */
  reserve(cursor: LineCursor, textLine: number, rows: number): void {
    const { columns } = this;
    if (cursor !== this.#cursor) {
      this.#cursor = cursor;
      this.#firstRow = columns.length;
    }
    if (columns.length + rows > columns.data.line.length) columns.reserve(rows, this.#expected(cursor, textLine));
    if (columns.data !== this.data) this.#follow();
  }

  /** A frame of either line, or both; `textLine` is the first of them. Returns its row. */
  add(cursor: LineCursor, textLine: number, call: Call | undefined, location: Location | undefined, extraFlags = 0): number {
    const row = this.addRow(cursor, textLine);
    const data = this.data;
    let flags = extraFlags;
    if (call !== undefined) {
      data.functionName[row] = this.names.intern(cursor.bytes, call.nameStart, call.nameEnd);
      data.argumentStart[row] = call.argumentStart + cursor.base;
      data.argumentEnd[row] = call.argumentEnd + cursor.base;
    } else flags |= FrameFlag.functionInferred;
    if (location !== undefined) {
      flags |= location.flags;
      data.file[row] = this.names.intern(cursor.bytes, location.fileStart, location.fileEnd);
      data.line[row] = location.line;
      data.entryOffset[row] = location.entryOffset;
      if (location.flags & FrameFlag.hasPc) put(this.pc, row, location.pcHigh, location.pcLow);
      if (location.flags & FrameFlag.hasSp) put(this.sp, row, location.spHigh, location.spLow);
      if (location.flags & FrameFlag.hasFp) put(this.fp, row, location.fpHigh, location.fpLow);
    }
    if (call?.hidden === true && (location === undefined || (location.flags & physical) === 0)) flags |= FrameFlag.inlined;
    data.flags[row] = flags;
    return row;
  }

  /** Names a frame whose function line was lost. */
  nameInferred(row: number, index: number): void {
    this.data.functionName[row] = index;
  }

  /** Rows at the end of the text, when its rest is like what was read. */
  #expected(cursor: LineCursor, textLine: number): number {
    return this.#firstRow + expectedRows(this.columns.length - this.#firstRow, cursor, textLine);
  }

  #follow(): void {
    this.data = this.columns.data;
    this.pc = halvesOf(this.data.pc);
    this.sp = halvesOf(this.data.sp);
    this.fp = halvesOf(this.data.fp);
  }
}

const margin = 1.1;
/** Rows that tell how many there will be. */
const sampledRows = 2048;

/** `rows` were read before line `index`: how many the whole text will give, a little more, so that one growth is enough. */
export function expectedRows(rows: number, cursor: LineCursor, index: number): number {
  const done = cursor.lineStarts[index] ?? cursor.byteLength;
  const left = cursor.byteLength - done;
  if (rows < sampledRows) return Math.min(sampledRows, rows + 64 + left);
  return rows + 64 + Math.min(left, Math.ceil((rows / Math.max(1, done)) * left * margin));
}

/** Physical frames print an offset or their place; `(...)` without either is an inlined one. */
export const physical = FrameFlag.hasEntryOffset | FrameFlag.hasFp | FrameFlag.hasPc;

function put(halves: Uint32Array, row: number, high: number, low: number): void {
  halves[row * 2 + highHalf] = high;
  halves[row * 2 + lowHalf] = low;
}

const writers = new WeakMap<CaseColumns, FrameWriter>();

/** The writer of a case's columns. */
export function writerOf(columns: CaseColumns): FrameWriter {
  let writer = writers.get(columns);
  if (writer === undefined) writers.set(columns, (writer = new FrameWriter(columns)));
  return writer;
}
