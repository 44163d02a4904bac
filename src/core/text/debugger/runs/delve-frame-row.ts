/** A frame of two lines, `3  0x00000000004666aa in runtime.traceStack` and `   at /usr/…/tracestack.go:129`, from bytes. */
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import type { DelveNames } from './delve-names.ts';
import { decimalIn, readHex, wide } from './number.ts';

/** The frame scanned last. One object for all: what is to be kept is copied before the next scan. */
export const delveFrameRow = {
  level: 0,
  pcHigh: 0,
  pcLow: 0,
  /** Indices of strings; 0 = not known. */
  name: 0,
  file: 0,
  /** 0 = not known. */
  line: 0,
};

const deepestIndent = 24;
const deepestPlace = 32;
const mostLevelDigits = 7;
const mostLineDigits = 9;
const fewestPcDigits = 8;
const tab = 9;
const lineFeed = 10;
const space = 32;
const minus = 45;
const colon = 58;

/** Offset in `bytes` of the colon before the decimal number that ends at `end`, with a sign or not; -1 = there is none. */
export function colonBeforeLine(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1;
  for (let byte = bytes[at] ?? 0; byte >= 48 && byte <= 57; byte = bytes[at] ?? 0) at--;
  const digits = end - 1 - at;
  if (digits === 0 || digits > mostLineDigits) return -1;
  if (bytes[at] === minus) at--;
  return bytes[at] === colon && at > start ? at : -1;
}

/** The number behind the colon that `colonBeforeLine` found; 0 for one below that. */
export function lineBehind(bytes: Uint8Array, colonAt: number, end: number): number {
  return bytes[colonAt + 1] === minus ? 0 : decimalIn(bytes, colonAt + 1, end);
}

/** Reads the frame on lines `index` and `index + 1` into `delveFrameRow`; false when it is none, or one that needs a closer look. */
export function scanDelveFrame(cursor: LineCursor, index: number, names: DelveNames): boolean {
  if (index + 1 >= cursor.count) return false;
  const second = cursor.start(index + 1);
  const first = (cursor.lineStarts[index] ?? 0) - cursor.base;
  if (first < 0) return false;
  const { bytes } = cursor;
  let at = first;
  let byte = bytes[at] ?? 0;
  while (byte === space || byte === tab) byte = bytes[++at] ?? 0;
  if (at - first > deepestIndent) return false;
  const level = at;
  let number = 0;
  for (; byte >= 48 && byte <= 57; byte = bytes[++at] ?? 0) number = number * 10 + byte - 48;
  if (at === level || at - level > mostLevelDigits || byte !== space || bytes[at + 1] !== space) return false;
  const pc = at + 2;
  at = readHex(bytes, pc);
  if (at - pc < fewestPcDigits + 2) return false;
  if (bytes[at] !== space || bytes[at + 1] !== 105 || bytes[at + 2] !== 110 || bytes[at + 3] !== space) return false;
  const row = delveFrameRow;
  row.level = number;
  row.pcHigh = wide.high;
  row.pcLow = wide.low;
  const { sites } = names;
  if (!sites.find(cursor.view, at + 4, row.pcHigh, row.pcLow, deepestPlace) && !readSite(cursor, index, at + 4, second, names))
    return false;
  row.name = sites.name;
  row.file = sites.file;
  row.line = sites.line;
  return true;
}

/** Reads the name at `nameStart` and the place on the second line, which begins at `second`, and keeps them as a site. */
function readSite(cursor: LineCursor, index: number, nameStart: number, second: number, names: DelveNames): boolean {
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 2] ?? 0) - cursor.base - 1;
  if (end - nameStart > longestLine || bytes[end] !== lineFeed) return false;
  let at = second;
  while (bytes[at] === space || bytes[at] === tab) at++;
  if (at === second || at - second > deepestPlace) return false;
  if (bytes[at] !== 97 || bytes[at + 1] !== 116 || bytes[at + 2] !== space) return false;
  const fileStart = at + 3;
  const fileEnd = colonBeforeLine(bytes, fileStart, end);
  if (fileEnd < 0 || nameStart >= second - 1) return false;
  const name = names.functions.indexOf(bytes, nameStart, second - 1);
  const file = names.files.indexOf(bytes, fileStart, fileEnd);
  if (name < 0 || file < 0) return false;
  const { sites } = names;
  sites.name = name;
  sites.file = file;
  sites.line = lineBehind(bytes, fileEnd, end);
  sites.keep(bytes, nameStart, second, at, end + 1, delveFrameRow.pcHigh, delveFrameRow.pcLow);
  return true;
}
