/**
 * Runs of plain frames, as the runtime prints nearly all: `name(arguments)` and `⇥file:line[ +0x…][ fp=0x… sp=0x…
 * pc=0x…]`, up to `created by name[ in goroutine N]` and its location, each a place that was read before (`sites.ts`). Where the lines
 * start is found on the way. Anything else is left to the reader of stacks, which gives the same rows for the same lines.
 */
import { FrameFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import type { CaseColumns } from '../../model/record.ts';
import { ascii, hexTable } from '../bytes.ts';
import { highHalf, lowHalf } from '../../model/halves.ts';
import type { LineCursor } from '../cursor.ts';
import type { Halves } from '../decimal.ts';
import type { RecordSink } from '../reader.ts';
import { FrameSites } from './sites.ts';
import { physical, writerOf, type FrameWriter } from './writer.ts';

const lineFeed = 10;
const space = 32;
const zero = 48;
const letterX = 120;
/** Four bytes each, as `DataView.getInt32` reads them in little-endian order. */
const fpMark = fourBytes(' fp=');
const spMark = fourBytes(' sp=');
const pcMark = fourBytes(' pc=');
const hexMark = zero | (letterX << 8);
const hidden = fourBytes('...)');
/** Bytes behind a tail that are looked at: three wide numbers and a line feed. */
const longestPlace = 3 * (6 + 17) + 8;
/** Rows of one run. */
const mostRows = 256;
/** Stacks whose next frame is remembered; a power of two. */
const guesses = 1 << 12;
const placed = FrameFlag.hasFp | FrameFlag.hasSp | FrameFlag.hasPc;

function fourBytes(text: string): number {
  return ascii(text).reduce((word, byte, index) => word | (byte << (index * 8)), 0);
}

export class FrameRuns {
  readonly #writer: FrameWriter;
  readonly #sites: FrameSites;
  /** By a number that stands for the frames above: the site that came next the last time. */
  readonly #guess = new Int32Array(guesses);
  /** Row of the creator that ended the last run, or -1; and the goroutine that it was in. */
  creator = -1;
  readonly creatorId: Halves = { high: 0, low: 0 };
  #cursor: LineCursor | undefined;
  /** Rows written in runs of this document: first, past the last, first … */
  #rows: number[] = [];
  /** Digits of the last `fp=`: a frame begins where the one above it ends. */
  #aboveStart = 0;
  #aboveEnd = 0;
  #aboveRow = 0;

  constructor(columns: CaseColumns) {
    this.#writer = writerOf(columns);
    this.#sites = new FrameSites(this.#writer.names);
  }

  /** Reads plain frames from line `from` on, below a header that says `status`; returns the lines that this took. */
  read(cursor: LineCursor, from: number, sink: RecordSink, status = 0): number {
    if (cursor !== this.#cursor) this.#begin(cursor);
    cursor.reach(from);
    const writer = this.#writer;
    const { columns } = writer;
    writer.reserve(cursor, from, mostRows);
    const { data } = writer;
    const { bytes, view, base, lineStarts, document } = cursor;
    const { lineClass } = sink;
    const sites = this.#sites;
    const guess = this.#guess;
    const limit = cursor.filled - longestPlace;
    const firstRow = columns.length;
    const past = firstRow + Math.min(mostRows, (lineStarts.length - from - 2) >> 1);
    let row = firstRow;
    let index = from;
    let start = (lineStarts[from] ?? 0) - base;
    let path = status & (guesses - 1);
    this.creator = -1;
    this.#aboveEnd = 0;
    while (row < past) {
      let site = guess[path] ?? 0;
      let end = sites.end(site, view, start, limit);
      if (end === 0) {
        site = start < limit && bytes[start] !== lineFeed ? sites.find(bytes, view, start, limit) : 0;
        if (site === 0) break;
        end = sites.found;
        if (!sites.isPassing(site)) guess[path] = site;
      }
      const { below } = sites;
      let flags = sites.flags(site);
      if (bytes[end] !== lineFeed) {
        end = this.#place(site, bytes, view, end, row);
        if (end === 0) break;
        flags |= placed;
      }
      const creates = (flags & FrameFlag.createdBy) !== 0;
      const argumentsAt = start + sites.argumentsAt(site);
      if ((flags & physical) === 0 && !creates && below - argumentsAt === 5 && view.getInt32(argumentsAt, true) === hidden)
        flags |= FrameFlag.inlined;
      data.functionName[row] = sites.functionName(site);
      data.argumentStart[row] = base + argumentsAt;
      data.argumentEnd[row] = base + (creates ? argumentsAt : below - 2);
      data.file[row] = sites.file(site);
      data.line[row] = sites.line(site);
      data.entryOffset[row] = sites.entryOffset(site);
      data.flags[row] = flags;
      data.textLine[row] = index;
      // A column of zeros that nobody writes takes no memory.
      if (document !== 0) data.document[row] = document;
      lineClass[index] = LineClass.recognised;
      lineClass[index + 1] = LineClass.recognised;
      start = end + 1;
      lineStarts[index + 1] = base + below;
      lineStarts[index + 2] = base + start;
      index += 2;
      if (creates) {
        this.creator = row++;
        this.#setCreator(sites.creatorId);
        break;
      }
      row++;
      path = (Math.imul(path, 0x2f) + site) & (guesses - 1);
    }
    if (row > firstRow) {
      const creators = this.creator < 0 ? 0 : 1;
      sink.frames += row - firstRow - creators;
      sink.createdBy += creators;
      columns.length = row;
      this.#tell(firstRow, row);
      cursor.passed(index, start);
    }
    return index - from;
  }

  /**
   * Calls `visit` with the rows [from, …) of the last document that were not written in runs. The first row of each
   * name and each file is among them.
   */
  eachOther(cursor: LineCursor, from: number, visit: (row: number) => void): void {
    const runRows = cursor === this.#cursor ? this.#rows : [];
    let row = from;
    for (let run = 0; run <= runRows.length; run += 2) {
      const past = runRows[run] ?? this.#writer.columns.length;
      for (; row < past; row++) visit(row);
      row = Math.max(row, runRows[run + 1] ?? row);
    }
  }

  /** In each document names and files are read by the reader of stacks the first time. */
  #begin(cursor: LineCursor): void {
    this.#cursor = cursor;
    this.#rows = [];
    this.#sites.clear();
    this.#guess.fill(0);
  }

  #tell(first: number, past: number): void {
    const rows = this.#rows;
    if (rows[rows.length - 1] === first) rows[rows.length - 1] = past;
    else rows.push(first, past);
  }

  #setCreator(id: number): void {
    this.creatorId.high = Math.floor(id / 0x1_0000_0000);
    this.creatorId.low = id >>> 0;
  }

  /** ` fp=0x… sp=0x… pc=0x…` at `at`, to the end of the line: writes them to `row`, which stays zero where they are not there (0). */
  #place(site: number, bytes: Uint8Array, view: DataView, at: number, row: number): number {
    const { fp, sp, pc } = this.#writer;
    const digits = at + 6;
    const past = wide(bytes, view, at, fpMark, fp, row);
    let end = past;
    if (end > 0) {
      // The same digits need not be read again.
      const length = this.#aboveEnd - this.#aboveStart;
      if (length > 0 && repeats(bytes, view, end, this.#aboveStart, length)) {
        end += 6 + length;
        sp[row * 2] = fp[this.#aboveRow * 2] ?? 0;
        sp[row * 2 + 1] = fp[this.#aboveRow * 2 + 1] ?? 0;
      } else end = wide(bytes, view, end, spMark, sp, row);
    }
    if (end > 0) end = this.#sites.pcEnd(site, view, end, pc, row) || wide(bytes, view, end, pcMark, pc, row);
    if (end === 0 || bytes[end] !== lineFeed) {
      for (const halves of [fp, sp, pc]) halves.fill(0, row * 2, row * 2 + 2);
      return 0;
    }
    this.#aboveStart = digits;
    this.#aboveEnd = past;
    this.#aboveRow = row;
    return end;
  }
}

/** Whether ` sp=0x` and the `length` digits at `from`, and no more, stand at `at`. */
function repeats(bytes: Uint8Array, view: DataView, at: number, from: number, length: number): boolean {
  if (view.getInt32(at, true) !== spMark || view.getUint16(at + 4, true) !== hexMark) return false;
  const shift = at + 6 - from;
  const to = from + length;
  if (bytes[to + shift] !== space) return false;
  let same = from;
  for (; same + 4 <= to; same += 4) if (view.getInt32(same, true) !== view.getInt32(same + shift, true)) return false;
  for (; same < to; same++) if (bytes[same] !== bytes[same + shift]) return false;
  return true;
}

/**
 * ` fp=0x…` at `at`: writes the value to `halves` and returns where it ends, 0 when it is not there. Up to sixteen
 * digits; the first eight and the others are put together at the end.
 */
function wide(bytes: Uint8Array, view: DataView, at: number, mark: number, halves: Uint32Array, row: number): number {
  if (view.getInt32(at, true) !== mark || view.getUint16(at + 4, true) !== hexMark) return 0;
  const first = at + 6;
  const middle = first + 8;
  let next = first;
  let high = 0;
  let digit = hexTable[bytes[next] ?? 0] ?? -1;
  while (digit >= 0 && next < middle) {
    high = (high << 4) | digit;
    digit = hexTable[bytes[++next] ?? 0] ?? -1;
  }
  let low = high;
  if (digit < 0) high = 0;
  else {
    low = 0;
    while (digit >= 0) {
      low = (low << 4) | digit;
      digit = hexTable[bytes[++next] ?? 0] ?? -1;
    }
    const more = (next - middle) * 4;
    if (more > 32) return 0;
    if (more < 32) {
      low |= high << more;
      high >>>= 32 - more;
    }
  }
  if (next === first) return 0;
  halves[row * 2 + highHalf] = high;
  halves[row * 2 + lowHalf] = low;
  return next;
}

const runs = new WeakMap<CaseColumns, FrameRuns>();

export function runsOf(columns: CaseColumns): FrameRuns {
  let known = runs.get(columns);
  if (known === undefined) runs.set(columns, (known = new FrameRuns(columns)));
  return known;
}
