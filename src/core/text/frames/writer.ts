/** Writes frames to the shared columns: names interned from bytes, wide numbers as halves. */
import { FrameFlag } from '../../model/goroutine.ts';
import type { FrameColumns } from '../../model/columns.ts';
import type { CaseColumns } from '../../model/record.ts';
import type { LineCursor } from '../cursor.ts';
import { WideColumn } from '../bytes.ts';
import { namesOf, type NameTable } from '../names.ts';
import type { Call } from './call.ts';
import type { Location } from './location.ts';

export class FrameWriter {
  readonly names: NameTable;
  readonly #columns: FrameColumns;
  #data: FrameColumns['data'];
  #pc: WideColumn;
  #sp: WideColumn;
  #fp: WideColumn;

  constructor(columns: CaseColumns) {
    this.names = namesOf(columns.strings);
    this.#columns = columns.frames;
    this.#data = columns.frames.data;
    this.#pc = new WideColumn(this.#data.pc);
    this.#sp = new WideColumn(this.#data.sp);
    this.#fp = new WideColumn(this.#data.fp);
  }

  /** A frame of either line, or both; `textLine` is the first of them. Returns its row. */
  add(cursor: LineCursor, textLine: number, call: Call | undefined, location: Location | undefined, extraFlags = 0): number {
    const row = this.#columns.add();
    if (this.#columns.data !== this.#data) this.#follow();
    const data = this.#data;
    data.document[row] = cursor.document;
    data.textLine[row] = textLine;
    let flags = extraFlags;
    if (call !== undefined) {
      data.functionName[row] = this.names.intern(cursor.bytes, call.nameStart, call.nameEnd);
      data.argumentStart[row] = call.argumentStart;
      data.argumentEnd[row] = call.argumentEnd;
    } else flags |= FrameFlag.functionInferred;
    if (location !== undefined) {
      flags |= location.flags;
      data.file[row] = this.names.intern(cursor.bytes, location.fileStart, location.fileEnd);
      data.line[row] = location.line;
      data.entryOffset[row] = location.entryOffset;
      if (location.flags & FrameFlag.hasPc) this.#pc.set(row, location.pcHigh, location.pcLow);
      if (location.flags & FrameFlag.hasSp) this.#sp.set(row, location.spHigh, location.spLow);
      if (location.flags & FrameFlag.hasFp) this.#fp.set(row, location.fpHigh, location.fpLow);
      // Physical frames print an offset or their place; `(...)` without either is an inlined one.
      const physical = FrameFlag.hasEntryOffset | FrameFlag.hasFp | FrameFlag.hasPc;
      if (call?.hidden === true && (location.flags & physical) === 0) flags |= FrameFlag.inlined;
    } else if (call?.hidden === true) flags |= FrameFlag.inlined;
    data.flags[row] = flags;
    return row;
  }

  /** Names a frame whose function line was lost. */
  nameInferred(row: number, index: number): void {
    this.#data.functionName[row] = index;
  }

  #follow(): void {
    this.#data = this.#columns.data;
    this.#pc = new WideColumn(this.#data.pc);
    this.#sp = new WideColumn(this.#data.sp);
    this.#fp = new WideColumn(this.#data.fp);
  }
}

const writers = new WeakMap<CaseColumns, FrameWriter>();

/** The writer of a case's columns. */
export function writerOf(columns: CaseColumns): FrameWriter {
  let writer = writers.get(columns);
  if (writer === undefined) writers.set(columns, (writer = new FrameWriter(columns)));
  return writer;
}
