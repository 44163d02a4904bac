/**
 * A row of `info registers` as gdb prints it: `rax            0x1c                28`, `rip …  0x47e029 <main.f+41>`, `eflags … [ ZF PF ]`.
 * Any other is left to the expressions of `registersReader`, which give the same for these.
 */
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { behindDigits, readHex, wide } from './number.ts';

/** The row scanned last; offsets of the window. */
export const registerRow = {
  nameStart: 0,
  nameEnd: 0,
  high: 0,
  low: 0,
  numberEnd: 0,
  /** Its symbol without brackets; equal offsets = none. */
  symbolStart: 0,
  symbolEnd: 0,
};

const longestName = 16;
const mostDigits = 20;
const space = 32;
const tab = 9;

/** Reads line `index` into `registerRow`; false when it is no such row. */
export function scanRegisterRow(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end - start < 6 || end - start > longestLine || bytes[end] !== 10) return false;
  let at = start;
  let byte = bytes[at] ?? 0;
  if (byte < 97 || byte > 122) return false;
  while ((byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === 95) byte = bytes[++at] ?? 0;
  if (at - start > longestName || (byte !== space && byte !== tab)) return false;
  registerRow.nameStart = start;
  registerRow.nameEnd = at;
  while (byte === space || byte === tab) byte = bytes[++at] ?? 0;
  at = readHex(bytes, at);
  if (at < 0) return false;
  registerRow.high = wide.high;
  registerRow.low = wide.low;
  registerRow.numberEnd = at;
  byte = bytes[at] ?? 0;
  if (byte !== space && byte !== tab) return false;
  while (byte === space || byte === tab) byte = bytes[++at] ?? 0;
  registerRow.symbolStart = registerRow.symbolEnd = at;
  return isNatural(bytes, at, end);
}

/** Is all of [at, end) what gdb prints as a register's own form? */
function isNatural(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte === 91) return isFlags(bytes, at + 1, end - 1);
  if (byte === 48 && bytes[at + 1] === 120) {
    const behind = readHex(bytes, at);
    if (behind < 0 || behind === end) return behind === end;
    // ` <symbol>`
    if (bytes[behind] !== space || bytes[behind + 1] !== 60 || bytes[end - 1] !== 62) return false;
    for (let next = behind + 2; next < end - 1; next++) if ((bytes[next] ?? 0) < space || (bytes[next] ?? 0) > 126) return false;
    registerRow.symbolStart = behind + 2;
    registerRow.symbolEnd = end - 1;
    return true;
  }
  const first = byte === 45 ? at + 1 : at;
  const behind = behindDigits(bytes, first);
  return behind === end && behind > first && behind - first <= mostDigits;
}

function isFlags(bytes: Uint8Array, from: number, close: number): boolean {
  if (bytes[close] !== 93) return false;
  for (let at = from; at < close; at++) {
    const byte = bytes[at] ?? 0;
    const isFlag = (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 61 || byte === space || byte === 95;
    if (!isFlag) return false;
  }
  return close >= from;
}
