/** A row of Delve's `threads`, `* Thread 2563 at 0x4b74f4 ./main.go:28 main.(*store).reserve`, from bytes. */
import type { LineCursor } from '../../cursor.ts';
import { beginDelveRow, delveRow } from './delve-row.ts';
import { ascii, startsWith } from '../../bytes.ts';
import { colonBeforeLine, lineBehind } from './delve-frame-row.ts';
import type { DelveNames } from './delve-names.ts';
import { behindDigits, decimalIn, readHex, wide } from './number.ts';

/** The row scanned last; indices of strings. */
export const delveThreadRow = {
  current: false,
  id: 0,
  pcHigh: 0,
  pcLow: 0,
  file: 0,
  line: 0,
  /** 0 = not known. */
  name: 0,
};

const heading = ascii('Thread ');
const at_ = ascii(' at ');
const mostIdDigits = 10;
const space = 32;
const star = 42;

/** Reads line `index` into `delveThreadRow`; false when it is no such row, or one that needs a closer look. */
export function scanDelveThread(cursor: LineCursor, index: number, names: DelveNames): boolean {
  let at = beginDelveRow(cursor, index);
  if (at < 0) return false;
  const { bytes } = cursor;
  const { end } = delveRow;
  const row = delveThreadRow;
  row.current = bytes[at] === star && bytes[at + 1] === space;
  if (row.current) at += 2;
  if (!startsWith(bytes, at, end, heading)) return false;
  const digits = at + heading.length;
  at = behindDigits(bytes, digits);
  if (at === digits || at - digits > mostIdDigits || !startsWith(bytes, at, end, at_)) return false;
  row.id = decimalIn(bytes, digits, at);
  at = readHex(bytes, at + at_.length);
  if (at < 0 || bytes[at] !== space) return false;
  row.pcHigh = wide.high;
  row.pcLow = wide.low;
  return readPlace(bytes, at + 1, end, names);
}

/** File, line and function in [at, end). */
function readPlace(bytes: Uint8Array, at: number, end: number, names: DelveNames): boolean {
  let behind = at;
  while (behind < end && bytes[behind] !== space) behind++;
  const colonAt = colonBeforeLine(bytes, at, behind);
  if (colonAt < 0 || behind + 1 === end) return false;
  const file = names.places.indexOf(bytes, at, colonAt);
  const name = behind === end ? 0 : names.functions.indexOf(bytes, behind + 1, end);
  if (file < 0 || name < 0) return false;
  delveThreadRow.file = colonAt === at + 1 && bytes[at] === 63 ? 0 : file;
  delveThreadRow.line = lineBehind(bytes, colonAt, behind);
  delveThreadRow.name = name;
  return true;
}
