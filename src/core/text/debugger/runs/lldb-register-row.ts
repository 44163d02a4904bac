/**
 * A row of LLDB's `register read`: `     rip = 0x000000000047ed9a  inventory`runtime.f + 26`. Any other is left to the expressions of
 * `lldbRegisterReader`, which give the same for these.
 */
import { trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { readHex, wide } from './number.ts';

/** The row scanned last; offsets of the window. */
export const lldbRegisterRow = {
  nameStart: 0,
  nameEnd: 0,
  high: 0,
  low: 0,
  numberEnd: 0,
  /** The place behind the number; equal = none. */
  textStart: 0,
  textEnd: 0,
};

const deepestIndent = 16;
const longestName = 7;
const leastDigits = 8;
const mostBlanks = 8;
const space = 32;
const equal = 61;
const tick = 96;

/** Reads line `index` into `lldbRegisterRow`; false when it is no such row. */
export function scanLldbRegister(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  const lineEnd = cursor.end(index);
  if (lineEnd - start > longestLine || bytes[lineEnd] !== 10) return false;
  let at = start;
  while (bytes[at] === space) at++;
  if (at - start > deepestIndent) return false;
  const nameStart = at;
  let byte = bytes[at] ?? 0;
  if (byte < 97 || byte > 122) return false;
  while ((byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57)) byte = bytes[++at] ?? 0;
  if (at - nameStart > longestName || at - nameStart < 2) return false;
  if (byte !== space || bytes[at + 1] !== equal || bytes[at + 2] !== space) return false;
  lldbRegisterRow.nameStart = nameStart;
  lldbRegisterRow.nameEnd = at;
  const number = at + 3;
  at = readHex(bytes, number);
  if (at - number - 2 < leastDigits) return false;
  lldbRegisterRow.high = wide.high;
  lldbRegisterRow.low = wide.low;
  lldbRegisterRow.numberEnd = lldbRegisterRow.textStart = lldbRegisterRow.textEnd = at;
  const end = trimEnd(bytes, at, lineEnd);
  if (at === end) return true;
  const blanks = at;
  while (bytes[at] === space) at++;
  if (at === blanks || at - blanks > mostBlanks) return false;
  lldbRegisterRow.textStart = at;
  lldbRegisterRow.textEnd = end;
  let ticks = 0;
  for (let next = at; next < end; next++) {
    const byte = bytes[next] ?? 0;
    if (byte < space || byte > 126) return false;
    if (byte === tick) ticks++;
  }
  if (ticks === 0) lldbRegisterRow.textStart = end;
  return true;
}
