/**
 * Hexdumps of dialect C (runtime/hexdump.go, Go 1.26+): byte offsets above the columns, 16 bytes a line, each word where its column
 * is, because words outside the range are blank; marks and symbols on lines of their own, `^` under the first digit of their word.
 */
import type { WordColumns } from '../../model/word-columns.ts';
import { ascii, isSpace, skipSpace, startsWith, trimEnd } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import type { NameTable } from '../names.ts';
import { number, readDigits } from './fixed-hex.ts';

/** What a header's order of bytes tells. */
export type GridOrder = 'big-endian' | 'narrow' | 'wide';

/** The grid read last. */
export const grid: { lines: number; wordSize: 4 | 8; bigEndian: boolean | undefined } = {
  lines: 0,
  wordSize: 8,
  bigEndian: undefined,
};

const byteColumns = 16;
const deepestIndent = 8;
const longestSymbol = 4096;
/** Lines of one dump. */
const mostLines = 4096;
const colon = 58;
const less = 60;
const greater = 62;
const caret = 94;
const characters = ascii('0123456789abcdef');
const plainMarks = ['FP', 'SP', 'bad'].map(ascii);

/** The columns that the header on line `index` names; undefined where it is none. */
function headerOf(cursor: LineCursor, index: number): GridOrder | undefined {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  let at = skipSpace(bytes, start, end);
  if (at === start) return undefined;
  let first = 0;
  for (let column = 0; column < byteColumns; column++) {
    if (readDigits(bytes, at, end) !== 1) return undefined;
    if (column < 4) first = first * 16 + number.low;
    const behind = skipSpace(bytes, at + 1, end);
    if (behind === at + 1) return undefined;
    at = behind;
  }
  if (!startsWith(bytes, at, end, characters) || skipSpace(bytes, at + characters.length, end) < end) return undefined;
  return first === 0x0123 ? 'big-endian' : first === 0x3210 ? 'narrow' : 'wide';
}

/** Whether two groups of eight digits stand at `at`, or blanks in their place. */
function isCell(bytes: Uint8Array, at: number, end: number): boolean {
  if (readDigits(bytes, at, end) === 8) return isSpace(bytes[at + 8]) && readDigits(bytes, at + 9, end) === 8;
  return skipSpace(bytes, at, Math.min(end, at + 17)) === at + 17;
}

/** A line that stands alone: sixteen digits of address, then groups of eight where words are. */
function isLoneLine(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (readDigits(bytes, start, end) !== 16 || bytes[start + 16] !== colon || bytes[start + 17] !== 32) return false;
  const second = start + 37;
  if (!isCell(bytes, start + 18, end) || bytes[start + 35] !== 32 || bytes[start + 36] !== 32) return false;
  return isCell(bytes, second, end) && (second + 17 >= end || bytes[second + 17] === 32);
}

/** Offset of the `^` of a mark on line `index`, -1 = it is none. Long symbols are cut at the end of the line; type arguments hold blanks. */
function markAt(cursor: LineCursor, index: number): number {
  const start = cursor.start(index);
  const end = trimEnd(cursor.bytes, start, cursor.end(index));
  const { bytes } = cursor;
  const at = skipSpace(bytes, start, end);
  if (bytes[at] !== caret || bytes[at + 1] !== 32) return -1;
  const said = at + 2;
  if (bytes[said] === less) return symbolEnd(bytes, said + 1, end) > said + 1 ? at : -1;
  return plainMarks.some((mark) => end - said === mark.length && startsWith(bytes, said, end, mark)) ? at : -1;
}

/** Where the symbol at `start` ends, which its line holds to its end, with or without `>`; -1 = something else stands there. */
function symbolEnd(bytes: Uint8Array, start: number, end: number): number {
  const past = bytes[end - 1] === greater ? end - 1 : end;
  if (past - start > longestSymbol) return -1;
  for (let at = start; at < past; at++) if (bytes[at] === less || bytes[at] === greater) return -1;
  return past;
}

/** Adds the words of one line of `size` bytes each, whose columns begin at `first`: 0, 19 further on; 0, 9, 19, 28 for narrow words. */
function addCells(
  cursor: LineCursor,
  columns: WordColumns,
  first: number,
  end: number,
  size: 4 | 8,
  baseHigh: number,
  baseLow: number,
): void {
  const { bytes, base } = cursor;
  const cells = 16 / size;
  for (let cell = 0; cell < cells; cell++) {
    const at = size === 8 ? first + 19 * cell : first + 9 * cell + (cell >> 1);
    const low = (baseLow + cell * size) >>> 0;
    const high = low < baseLow ? (baseHigh + 1) >>> 0 : baseHigh;
    if (size === 4) {
      if (readDigits(bytes, at, Math.min(end, at + 8)) === 8) columns.add(high, low, 0, number.low, at + base, at + 8 + base, 0);
      continue;
    }
    if (at + 17 > end || readDigits(bytes, at, at + 8) !== 8 || bytes[at + 8] !== 32) continue;
    const upper = number.low;
    if (readDigits(bytes, at + 9, at + 17) === 8) columns.add(high, low, upper, number.low, at + base, at + 17 + base, 0);
  }
}

/** Does line `index` begin or continue such a dump? */
function isGrid(cursor: LineCursor, index: number, order: GridOrder | undefined): boolean {
  return order !== undefined || isLoneLine(cursor, index) || markAt(cursor, index) >= 0;
}

/** Reads a grid from line `index` on to `columns` and tells of it in `grid`; false = there is none. */
export function readGrid(cursor: LineCursor, index: number, columns: WordColumns, names: NameTable): boolean {
  const order = headerOf(cursor, index);
  if (!isGrid(cursor, index, order)) return false;
  grid.bigEndian = order === undefined ? undefined : order === 'big-endian';
  let size: 4 | 8 = order === 'narrow' ? 4 : 8;
  const first = order === undefined ? index : index + 1;
  /** First row of the line above a mark. */
  let above = columns.length;
  let aboveStart = 0;
  let at = first;
  for (; at < cursor.count && at - index < mostLines; at++) {
    const mark = markAt(cursor, at);
    const start = cursor.start(at);
    const { bytes, base } = cursor;
    if (mark >= 0) {
      if (bytes[mark + 2] !== less) continue;
      const end = trimEnd(bytes, mark, cursor.end(at));
      for (let row = above; row < columns.length; row++)
        if ((columns.data.start[row] ?? 0) - aboveStart === mark - start)
          columns.data.symbol[row] = names.intern(bytes, mark + 3, symbolEnd(bytes, mark + 3, end));
      continue;
    }
    const end = cursor.end(at);
    const from = skipSpace(bytes, start, Math.min(end, start + deepestIndent));
    const digits = readDigits(bytes, from, end);
    if ((digits !== 16 && digits !== 8) || bytes[from + digits] !== colon || !isSpace(bytes[from + digits + 1])) break;
    if (at === first || grid.bigEndian === true) size = digits === 8 ? 4 : 8;
    above = columns.length;
    aboveStart = start + base;
    addCells(cursor, columns, from + digits + 2, end, size, number.high, number.low);
  }
  grid.lines = at - index;
  grid.wordSize = size;
  return true;
}
