/**
 * Runs of plain goroutine blocks, as nearly all of a large dump are: `goroutine N [gp=0x… m=… ][status[, M minutes][, locked to
 * thread]]:`, plain frames (`frames/runs.ts`) up to their creator, a blank line. Anything else is left to the reader of blocks, which
 * gives the same rows for the same lines. One function does all of it, so that little is compiled before it is fast.
 */
import { FrameFlag, GoroutineFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import type { GoroutineColumns } from '../../model/columns.ts';
import type { CaseColumns } from '../../model/record.ts';
import { GoroutineFact } from '../facts.ts';
import { ascii, endsWith, hexTable, startsWith } from '../bytes.ts';
import { halvesOf, highHalf, lowHalf } from '../../model/halves.ts';
import type { LineCursor } from '../cursor.ts';
import { runsOf, type FrameRuns } from '../frames/runs.ts';
import { expectedRows, writerOf } from '../frames/writer.ts';
import type { NameTable } from '../names.ts';
import type { RecordSink } from '../reader.ts';

function fourBytes(text: string): number {
  return ascii(text).reduce((word, byte, index) => word | (byte << (index * 8)), 0);
}

/** `goroutine ` and what follows it, four bytes each, as `DataView.getInt32` reads them in little-endian order. */
const firstFour = fourBytes('goro');
const secondFour = fourBytes('utin');
const thirdFour = fourBytes('e \0\0');
const gpMark = fourBytes('gp=0');
const nilFour = fourBytes('m=ni');
const minuteFour = fourBytes(' min');
const minuteEnd = fourBytes('utes');
const space = 32;
const comma = 44;
const zero = 48;
const colon = 58;
const nine = 57;
const equals = 61;
const letterL = 108;
const letterM = 109;
const letterX = 120;
const bracketOpen = 91;
const bracketClose = 93;
const closeParenthesis = 41;
/** Numbers of goroutines that a double holds exactly. */
const mostDigits = 15;
const mostMinuteDigits = 9;
/** Bytes of ` mp=0xc000080008 `. */
const longestMp = 32;
const scanMark = ascii(' (scan)');
const lockedMark = ascii(', locked to thread');
const lineFeed = 10;
/** Bytes of the longest header that is read here. */
const longestHeader = 512;
/** Blocks of one run. */
const mostBlocks = 8;
const half = 0x1_0000_0000;
/** States that are remembered; a power of two. */
const states = 1 << 10;

export class BlockRuns {
  readonly #columns: GoroutineColumns;
  readonly #names: NameTable;
  readonly #runs: FrameRuns;
  #data: GoroutineColumns['data'];
  #id: Uint32Array;
  #gp: Uint32Array;
  #createdIn: Uint32Array;
  /** By length and first letter of a state: its entry in the name table + 1. */
  readonly #status = new Int32Array(states);
  /** Rows written in runs of this text whose blocks have one shape: first, past the last, first … */
  #rows: number[] = [];
  #shape = -1;
  #sink: RecordSink | undefined;
  /** Row of the block that the last run could not finish, or -1. */
  unfinished = -1;
  /** The text in which a header with `gp=` was read by the reader of blocks: that tells the version. */
  #told: RecordSink | undefined;

  constructor(columns: CaseColumns) {
    this.#columns = columns.goroutines;
    this.#names = writerOf(columns).names;
    this.#runs = runsOf(columns);
    this.#data = columns.goroutines.data;
    this.#id = halvesOf(this.#data.id);
    this.#gp = halvesOf(this.#data.gp);
    this.#createdIn = halvesOf(this.#data.createdIn);
  }

  /** A header with `gp=` was read, and what it proves was told. */
  tell(sink: RecordSink): void {
    this.#told = sink;
  }

  /**
   * Reads plain blocks from line `from` on; returns the lines that this took. The last of them may go on with other lines:
   * then `unfinished` is its row.
   */
  read(cursor: LineCursor, from: number, sink: RecordSink): number {
    this.unfinished = -1;
    const names = this.#names;
    const runs = this.#runs;
    const { frames } = sink.columns;
    let index = from;
    // Back after a while: the engine takes up faster code when a function is called.
    for (let block = 0; block < mostBlocks; block++) {
      cursor.pass(index);
      cursor.reach(index);
      const { bytes, view, base, lineStarts } = cursor;
      const start = (lineStarts[index] ?? 0) - base;
      if (start + longestHeader > cursor.filled || index + 2 >= lineStarts.length) break;
      if (
        view.getInt32(start, true) !== firstFour ||
        view.getInt32(start + 4, true) !== secondFour ||
        view.getUint16(start + 8, true) !== thirdFour
      )
        break;
      let at = start + 10;
      let id = 0;
      for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero) id = id * 10 + digit;
      if (at === start + 10 || at - start > 10 + mostDigits || bytes[at] !== space) break;
      at++;
      let gpHigh = 0;
      let gpLow = 0;
      let m = -1;
      let flags: number = GoroutineFlag.hasHeader;
      if (bytes[at] !== bracketOpen) {
        if (this.#told !== sink || view.getInt32(at, true) !== gpMark || bytes[at + 4] !== letterX) break;
        const first = (at += 5);
        const past = first + 17;
        for (let digit = hexTable[bytes[at] ?? 0] ?? -1; digit >= 0 && at < past; digit = hexTable[bytes[++at] ?? 0] ?? -1) {
          gpHigh = (gpHigh << 4) | (gpLow >>> 28);
          gpLow = (gpLow << 4) | digit;
        }
        if (at === first || at === past || bytes[at] !== space) break;
        // ` m=nil [`, ` m=3 mp=0xc000080008 [`
        if (view.getInt32(at + 1, true) === nilFour && bytes[at + 5] === letterL && bytes[at + 6] === space) at += 7;
        else {
          if (bytes[at + 1] !== letterM || bytes[at + 2] !== equals) break;
          const first = (at += 3);
          m = 0;
          for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero)
            m = m * 10 + digit;
          if (at === first || at - first > mostMinuteDigits) break;
          const past = at + longestMp;
          while (at < past && bytes[at] !== bracketOpen && (bytes[at] ?? 0) >= space) at++;
          flags |= GoroutineFlag.running;
        }
        if (bytes[at] !== bracketOpen) break;
        flags |= GoroutineFlag.hasGp;
      }
      const inside = at + 1;
      const past = start + longestHeader - 16;
      at = inside;
      let byte = bytes[at] ?? 0;
      // A colon may begin labels.
      while (at < past && byte !== comma && byte !== colon && byte !== bracketClose && byte >= space) byte = bytes[++at] ?? 0;
      let statusEnd = at;
      if (bytes[at - 1] === closeParenthesis && endsWith(bytes, inside, at, scanMark)) {
        statusEnd -= scanMark.length;
        flags |= GoroutineFlag.scan;
      }
      let minutes = 0;
      if (byte === comma && (bytes[at + 2] ?? 0) <= nine) {
        // `, 12 minutes`
        if (bytes[at + 1] !== space) break;
        const first = (at += 2);
        for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9 && at < past; digit = (bytes[++at] ?? 0) - zero)
          minutes = minutes * 10 + digit;
        if (at === first || at - first > mostMinuteDigits) break;
        if (view.getInt32(at, true) !== minuteFour || view.getInt32(at + 4, true) !== minuteEnd) break;
        at += 8;
      }
      if (bytes[at] === comma && startsWith(bytes, at, past, lockedMark)) {
        at += lockedMark.length;
        flags |= GoroutineFlag.lockedToThread;
      }
      if (bytes[at] !== bracketClose || bytes[at + 1] !== colon || bytes[at + 2] !== lineFeed) break;
      // The state that had this length and letter the last time needs no hash.
      const alike = (((statusEnd - inside) << 5) | ((bytes[inside] ?? 0) & 31)) & (states - 1);
      let status = (this.#status[alike] ?? 0) - 1;
      if (status < 0 || names.lengthOf(status) !== statusEnd - inside || !names.standsAt(status, view, inside)) {
        status = names.find(bytes, inside, statusEnd);
        if (status < 0) break;
        this.#status[alike] = status + 1;
      }

      const row = this.#add(cursor, index);
      const data = this.#data;
      this.#id[row * 2 + highHalf] = id / half;
      this.#id[row * 2 + lowHalf] = id;
      if (gpLow !== 0 || gpHigh !== 0) {
        this.#gp[row * 2 + highHalf] = gpHigh;
        this.#gp[row * 2 + lowHalf] = gpLow;
      }
      data.status[row] = names.indexOf(status);
      data.waitMinutes[row] = minutes;
      data.flags[row] = flags;
      if (m >= 0) data.m[row] = m;
      data.headerLine[row] = index;
      if (cursor.document !== 0) data.document[row] = cursor.document;
      sink.lineClass[index] = LineClass.recognised;
      sink.headers++;
      sink.facts.push(new GoroutineFact(row, index));
      lineStarts[index + 1] = base + at + 3;
      cursor.passed(index + 1, at + 3);
      const frameStart = frames.length;
      const next = index + 1 + runs.read(cursor, index + 1, sink, status + 1);
      const { creator } = runs;
      data.frameStart[row] = frameStart;
      data.frameEnd[row] = creator < 0 ? frames.length : creator;
      data.createdBy[row] = creator;
      data.endLine[row] = next;
      this.#tell(sink, row, flags, (frames.data.flags[frameStart] ?? 0) & FrameFlag.hasFp);
      if (creator >= 0) {
        this.#createdIn[row * 2 + highHalf] = runs.creatorId.high;
        this.#createdIn[row * 2 + lowHalf] = runs.creatorId.low;
      }
      const blank = (cursor.lineStarts[next] ?? 0) - cursor.base;
      if (next + 2 >= cursor.lineStarts.length || blank >= cursor.filled || cursor.bytes[blank] !== lineFeed) {
        this.unfinished = row;
        // A row without an end is the goroutine whose block is being read.
        if (creator < 0) data.endLine[row] = 0;
        return next - from;
      }
      // Blank, below a line that was recognised.
      sink.lineClass[next] = LineClass.recognised;
      index = next + 1;
      cursor.lineStarts[index] = cursor.base + blank + 1;
      cursor.passed(index, blank + 1);
    }
    return index - from;
  }

  /**
   * Calls `visit` with the rows [from, …) of `sink`, of rows that were written one after the other in runs only with the first: the
   * others have a creator, a number of its goroutine and places in their frames where that one has.
   */
  eachShape(sink: RecordSink, from: number, visit: (row: number) => void): void {
    const rows = sink === this.#sink ? this.#rows : [];
    let row = from;
    for (let run = 0; run <= rows.length; run += 2) {
      // The first row of the run too.
      const past = run < rows.length ? (rows[run] ?? 0) + 1 : this.#columns.length;
      for (; row < past; row++) visit(row);
      row = Math.max(row, rows[run + 1] ?? row);
    }
  }

  #tell(sink: RecordSink, row: number, flags: number, placed: number): void {
    const { creator, creatorId } = this.#runs;
    // Creators without a goroutine are told apart by their names.
    const isAlike = creator >= 0 && (creatorId.low !== 0 || creatorId.high !== 0);
    const shape = isAlike ? flags | (placed << 8) : -1;
    if (sink !== this.#sink) {
      this.#sink = sink;
      this.#rows = [];
    }
    const rows = this.#rows;
    if (isAlike && shape === this.#shape && rows[rows.length - 1] === row) rows[rows.length - 1] = row + 1;
    else rows.push(row, row + 1);
    this.#shape = shape;
  }

  #add(cursor: LineCursor, index: number): number {
    const columns = this.#columns;
    const full = columns.length === columns.data.m.length;
    const row = columns.add(full ? expectedRows(columns.length, cursor, index) : 0);
    if (columns.data !== this.#data) {
      this.#data = columns.data;
      this.#id = halvesOf(this.#data.id);
      this.#gp = halvesOf(this.#data.gp);
      this.#createdIn = halvesOf(this.#data.createdIn);
    }
    return row;
  }
}

const known = new WeakMap<CaseColumns, BlockRuns>();

export function blockRunsOf(columns: CaseColumns): BlockRuns {
  let runs = known.get(columns);
  if (runs === undefined) known.set(columns, (runs = new BlockRuns(columns)));
  return runs;
}
