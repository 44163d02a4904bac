/**
 * Runs of plain frames, as the runtime prints nearly all: `name(arguments)` and `⇥file:line[ +0x…][ fp=0x… sp=0x…
 * pc=0x…]`, up to `created by name in goroutine N` and its location, of functions and files that were seen before. Anything else is left to the reader of stacks, which gives
 * the same rows for the same lines.
 */
import { FrameFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import type { CaseColumns } from '../../model/record.ts';
import { ascii, hexTable, highHalf, isDigit, lowHalf, startsWith } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { readDecimal, type Halves } from '../decimal.ts';
import type { NameTable } from '../names.ts';
import type { RecordSink } from '../reader.ts';
import { looksLikeName } from './call.ts';
import { emptyLocation, readLocation } from './location.ts';
import { physical, writerOf, type FrameWriter } from './writer.ts';

const createdMark = ascii('created by ');
const firstOfCreated = 99;
const inGoroutineMark = ascii(' in goroutine ');
const lineFeed = 10;
const tab = 9;
const space = 32;
const zero = 48;
const colon = 58;
const openParenthesis = 40;
const closeParenthesis = 41;
/** Four bytes each, as `DataView.getInt32` reads them in little-endian order. */
const offsetMark = fourBytes(' +0x');
const fpMark = fourBytes(' fp=');
const spMark = fourBytes(' sp=');
const pcMark = fourBytes(' pc=');
const hexMark = zero | (120 << 8);
/** Source lines have at most nine digits here. */
const mostDigits = 9;
const hidden = fourBytes('...)');

function fourBytes(text: string): number {
  return ascii(text).reduce((word, byte, index) => word | (byte << (index * 8)), 0);
}

/** What is known of a name as a function's. */
const unknown = 0;
const plain = 1;
const strange = 2;

export class FrameRuns {
  readonly #writer: FrameWriter;
  readonly #names: NameTable;
  /** By entry of the name table: whether it may stand before parentheses, and its file's entry + 1. */
  #kind = new Uint8Array(16);
  #file = new Uint32Array(16);
  /** By entry + 1, 0 for the beginning of a run: the entry + 1 of the name that came next the last time. */
  #next = new Uint32Array(16);
  /** Row of the creator that ended the last run, or -1; and the goroutine that it was in. */
  creator = -1;
  readonly creatorId: Halves = { high: 0, low: 0 };
  #cursor: LineCursor | undefined;
  /** Rows written in runs of this document: first, past the last, first … */
  #rows: number[] = [];

  constructor(columns: CaseColumns) {
    this.#writer = writerOf(columns);
    this.#names = this.#writer.names;
  }

  /** Reads plain frames from line `from` on; returns the lines that this took. */
  read(cursor: LineCursor, from: number, sink: RecordSink): number {
    if (cursor !== this.#cursor) this.#begin(cursor);
    const { bytes, view, count, lineStarts, base } = cursor;
    let { loaded } = cursor;
    const writer = this.#writer;
    const names = this.#names;
    const firstRow = writer.columns.length;
    let index = from;
    let before = 0;
    /** Digits of the last `fp=` above, and its row; 0 = there was none. */
    let aboveStart = 0;
    let aboveEnd = 0;
    let aboveRow = 0;
    this.creator = -1;
    for (; index + 1 < count && this.creator < 0; index += 2) {
      if (index + 1 >= loaded) {
        cursor.load(index + 1);
        // A wider window holds its bytes in another place.
        if (bytes !== cursor.bytes) break;
        loaded = cursor.loaded;
      }
      const start = (lineStarts[index] ?? 0) - base;
      const below = (lineStarts[index + 1] ?? 0) - base;
      const end = (lineStarts[index + 2] ?? 0) - 1 - base;
      if (bytes[end] !== lineFeed || bytes[below] !== tab) break;
      const creates = bytes[start] === firstOfCreated && startsWith(bytes, start, below, createdMark);
      let name: number;
      let open: number;
      if (creates) {
        open = this.#creatorEnd(bytes, start + createdMark.length, below - 1);
        name = open < 0 ? -1 : names.find(bytes, start + createdMark.length, open);
        if (name < 0 || !this.#isPlain(name, bytes, start + createdMark.length, open)) break;
      } else {
        if (bytes[below - 2] !== closeParenthesis) break;
        // The name that came next the last time needs no hash; its arguments must hold no parenthesis either.
        name = (this.#next[before] ?? 0) - 1;
        open = name < 0 ? below : start + names.lengthOf(name);
        if (
          open >= below - 2 ||
          bytes[open] !== openParenthesis ||
          !names.standsAt(name, view, start) ||
          hasParenthesis(bytes, view, open + 1, below - 2)
        ) {
          open = below - 3;
          let byte = bytes[open];
          while (open > start && byte !== openParenthesis && byte !== closeParenthesis) byte = bytes[--open];
          if (byte !== openParenthesis || open <= start) break;
          name = names.find(bytes, start, open);
          if (name < 0 || !this.#isPlain(name, bytes, start, open)) break;
          this.#next[before] = name + 1;
        }
        before = name + 1;
      }

      const file = (this.#file[name] ?? 0) - 1;
      let at = below + 1 + (file < 0 ? 0 : names.lengthOf(file));
      if (file < 0 || at >= end || bytes[at] !== colon || !names.standsAt(file, view, below + 1)) {
        this.#learnFile(name, bytes, below, end);
        break;
      }
      const digits = ++at;
      let line = 0;
      for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero) {
        line = line * 10 + digit;
        if (at - digits >= mostDigits) break;
      }
      if (at === digits || at - digits >= mostDigits) break;

      let flags = 0;
      let entryOffset = 0;
      if (at + 4 < end && view.getInt32(at, true) === offsetMark) {
        const first = (at += 4);
        for (let digit = hexTable[bytes[at] ?? 0] ?? -1; digit >= 0; digit = hexTable[bytes[++at] ?? 0] ?? -1)
          entryOffset = (entryOffset << 4) | digit;
        if (at === first || at - first > 8) break;
        flags = FrameFlag.hasEntryOffset;
      }
      // The row is taken back where the rest of the line turns out to be something else.
      const row = writer.addRow(cursor, index);
      if (at !== end) {
        const { fp, sp } = writer;
        const digits = at + 6;
        at = wide(bytes, view, at, end, fpMark, fp, row);
        const past = at;
        if (at > 0) {
          // A frame begins where the one above it ends: the same digits need not be read again.
          if (aboveEnd > 0 && repeats(bytes, view, at, end, aboveStart, aboveEnd)) {
            at += 6 + aboveEnd - aboveStart;
            sp[row * 2] = fp[aboveRow * 2] ?? 0;
            sp[row * 2 + 1] = fp[aboveRow * 2 + 1] ?? 0;
          } else at = wide(bytes, view, at, end, spMark, sp, row);
        }
        if (at > 0) at = wide(bytes, view, at, end, pcMark, writer.pc, row);
        aboveStart = digits;
        aboveEnd = past;
        aboveRow = row;
        if (at !== end) {
          writer.takeBack(row);
          break;
        }
        flags |= FrameFlag.hasFp | FrameFlag.hasSp | FrameFlag.hasPc;
      }
      if (creates) {
        flags |= FrameFlag.createdBy;
        this.creator = row;
      } else if ((flags & physical) === 0 && below - 1 - open === 5 && view.getInt32(open + 1, true) === hidden)
        flags |= FrameFlag.inlined;
      const { data } = writer;
      data.functionName[row] = names.indexOf(name);
      data.argumentStart[row] = base + (creates ? open : open + 1);
      data.argumentEnd[row] = base + (creates ? open : below - 2);
      data.file[row] = names.indexOf(file);
      data.line[row] = line;
      data.entryOffset[row] = entryOffset;
      data.flags[row] = flags;
      sink.lineClass[index] = LineClass.recognised;
      sink.lineClass[index + 1] = LineClass.recognised;
    }
    if (index > from) {
      const creators = this.creator < 0 ? 0 : 1;
      sink.frames += ((index - from) >> 1) - creators;
      sink.createdBy += creators;
      this.#rows.push(firstRow, writer.columns.length);
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
    this.#kind.fill(unknown);
    this.#file.fill(0);
    this.#next.fill(0);
  }

  /** Where the name of `name in goroutine N` ends, with N in `creatorId`; -1 where the line has another form. */
  #creatorEnd(bytes: Uint8Array, start: number, end: number): number {
    let digits = end;
    while (digits > start && isDigit(bytes[digits - 1])) digits--;
    const nameEnd = digits - inGoroutineMark.length;
    if (nameEnd <= start || !startsWith(bytes, nameEnd, end, inGoroutineMark)) return -1;
    return readDecimal(bytes, digits, end, this.creatorId) ? nameEnd : -1;
  }

  /** Names with blanks or quotes may be the beginning of something else than a call. */
  #isPlain(name: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (name + 1 >= this.#kind.length) this.#grow();
    if (this.#kind[name] !== unknown) return this.#kind[name] === plain;
    this.#kind[name] = looksLikeName(bytes, start, end, false) ? plain : strange;
    return false;
  }

  /** Remembers the file on a function's location line for the next time, if it was seen before. */
  #learnFile(name: number, bytes: Uint8Array, start: number, end: number): void {
    if (!readLocation(bytes, start, end, location) || !location.hasLine || location.indent !== 1) return;
    this.#file[name] = this.#names.find(bytes, location.fileStart, location.fileEnd) + 1;
  }

  #grow(): void {
    const size = Math.max(this.#kind.length * 2, this.#names.count + 1);
    const kind = new Uint8Array(size);
    const file = new Uint32Array(size);
    const next = new Uint32Array(size);
    kind.set(this.#kind);
    file.set(this.#file);
    next.set(this.#next);
    this.#kind = kind;
    this.#file = file;
    this.#next = next;
  }
}

const location = emptyLocation();

/** Whether `(` (40) or `)` (41) stands in [from, to): looked for in four bytes at a time. */
function hasParenthesis(bytes: Uint8Array, view: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) {
    // A byte of either becomes zero; the usual test for a zero byte follows.
    const four = (view.getInt32(at, true) ^ 0x28282828) & ~0x01010101;
    if ((((four - 0x01010101) | 0) & ~four & 0x80808080) !== 0) return true;
  }
  for (; at < to; at++) if (bytes[at] === openParenthesis || bytes[at] === closeParenthesis) return true;
  return false;
}

/** Whether ` sp=0x` and the digits [from, to), and no more, stand at `at`. */
function repeats(bytes: Uint8Array, view: DataView, at: number, end: number, from: number, to: number): boolean {
  const length = to - from;
  if (at + 6 + length >= end || view.getInt32(at, true) !== spMark || view.getUint16(at + 4, true) !== hexMark) return false;
  const shift = at + 6 - from;
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
function wide(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  mark: number,
  halves: Uint32Array,
  row: number,
): number {
  if (at + 6 >= end || view.getInt32(at, true) !== mark || view.getUint16(at + 4, true) !== hexMark) return 0;
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
