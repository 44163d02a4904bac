/** A row of Delve's `regs`, `    Rip = 0x00000000004494ae` or ` Rflags = 0x0000000000000206\t[PF IF IOPL=0]`, from bytes. */
import type { LineCursor } from '../../cursor.ts';
import { beginDelveRow, delveRow } from './delve-row.ts';
import { behindHex, readHex, wide } from './number.ts';

/** The row scanned last; offsets of the window. */
export const delveRegisterRow = {
  nameStart: 0,
  nameEnd: 0,
  /** Of more than 64 bits: `high` and `low` are nothing. */
  isVector: false,
  high: 0,
  low: 0,
  numberEnd: 0,
};

const longestName = 14;
const fewestDigits = 8;
const wordDigits = 16;
const mostDigits = 32;
const tab = 9;
const space = 32;
const equal = 61;

/** Reads line `index` into `delveRegisterRow`; false when it is no such row, or one that needs a closer look. The name is not judged. */
export function scanDelveRegister(cursor: LineCursor, index: number): boolean {
  let at = beginDelveRow(cursor, index);
  if (at < 0) return false;
  const { bytes } = cursor;
  const { end } = delveRow;
  const name = at;
  for (let byte = bytes[at] ?? 0; byte > space && byte !== equal && byte < 127; byte = bytes[++at] ?? 0);
  if (at === name || at - name > longestName) return false;
  if (bytes[at] !== space || bytes[at + 1] !== equal || bytes[at + 2] !== space) return false;
  delveRegisterRow.nameStart = name;
  delveRegisterRow.nameEnd = at;
  const number = at + 3;
  const behind = behindHex(bytes, number);
  const digits = behind - number - 2;
  if (behind < 0 || digits < fewestDigits || digits > mostDigits) return false;
  delveRegisterRow.isVector = digits > wordDigits;
  if (!delveRegisterRow.isVector) {
    readHex(bytes, number);
    delveRegisterRow.high = wide.high;
    delveRegisterRow.low = wide.low;
  }
  delveRegisterRow.numberEnd = behind;
  return behind === end || isRemark(bytes, behind, end);
}

/** Is [at, end) blanks, and something else behind them? */
function isRemark(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at];
  if ((byte !== space && byte !== tab) || (bytes[end - 1] ?? 0) <= space) return false;
  for (let next = at; next < end; next++) {
    const one = bytes[next] ?? 0;
    if (one > 126 || (one < space && one !== tab)) return false;
  }
  return true;
}
