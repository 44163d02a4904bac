/** Writes frames to the shared columns: names interned from bytes, wide numbers as halves. */
import { FrameFlag } from '../../model/goroutine.ts';
import type { FrameColumns } from '../../model/columns.ts';
import type { CaseColumns } from '../../model/record.ts';
import type { LineCursor } from '../cursor.ts';
import { halvesOf, highHalf, lowHalf } from '../bytes.ts';
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
    const { columns } = this;
    if (cursor !== this.#cursor) {
      this.#cursor = cursor;
      this.#firstRow = columns.length;
    }
    const full = columns.length === columns.data.line.length;
    const row = columns.add(full ? this.#expected(cursor, textLine) : 0);
    if (columns.data !== this.data) this.#follow();
    this.data.document[row] = cursor.document;
    this.data.textLine[row] = textLine;
    return row;
  }

  /** Gives back the row added last. */
  takeBack(row: number): void {
    this.data.document[row] = 0;
    this.data.textLine[row] = 0;
    put(this.fp, row, 0, 0);
    put(this.sp, row, 0, 0);
    put(this.pc, row, 0, 0);
    this.columns.length = row;
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
    return this.#firstRow + expectedRows(this.columns.length - this.#firstRow, textLine, cursor.count);
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

/** `rows` were read of `line` lines: how many `lines` will give, a little more, so that one growth is enough. */
export function expectedRows(rows: number, line: number, lines: number): number {
  if (rows < sampledRows) return Math.min(sampledRows, rows + 64 + lines - line);
  return rows + 64 + Math.min(lines - line, Math.ceil((rows / Math.max(1, line)) * (lines - line) * margin));
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
