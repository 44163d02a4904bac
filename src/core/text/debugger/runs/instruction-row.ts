/**
 * A row of `x/i` and `disassemble`: `=> 0x47e029 <main.f+41>:\tmov    0x8(%rsp),%rbx`, with `/r` bytes or without. Any other is left to
 * `readInstruction`, which gives the same for these.
 */
import { hexTable } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { behindDigits, decimalIn, readHex, smallHex, wide } from './number.ts';

/** The row scanned last; offsets of the window. */
export const instructionRow = {
  current: false,
  high: 0,
  low: 0,
  /** The printed name of the function, without offset: equal = none, as in a dump's own `<+69>`. */
  nameStart: 0,
  nameEnd: 0,
  hasSymbol: false,
  offset: 0,
  /** The whole row, from `=>` or its address. */
  start: 0,
  end: 0,
  textStart: 0,
  /** Equal = none. */
  bytesStart: 0,
  bytesEnd: 0,
};

const deepestIndent = 16;
const longestSymbol = 400;
const longestMnemonic = 24;
const mostBytes = 16;
/** Digits of an offset, and the largest that a column holds. */
const mostDigits = 12;
const mostOffset = 0xffffffff;
const tab = 9;
const space = 32;
const plus = 43;
const dot = 46;
const colon = 58;
const less = 60;
const equal = 61;
const greater = 62;
const comma = 44;
const underscore = 95;

function isBlank(byte: number): boolean {
  return byte === space || byte === tab;
}

/** Reads line `index` into `instructionRow`; false when it is no instruction, or one that needs a closer look. */
export function scanInstructionRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end - from > longestLine || bytes[end] !== 10 || (bytes[end - 1] ?? 0) <= space) return false;
  let at = from;
  while (isBlank(bytes[at] ?? 0)) at++;
  if (at - from > deepestIndent) return false;
  instructionRow.start = at;
  instructionRow.end = end;
  instructionRow.current = bytes[at] === equal;
  if (instructionRow.current) {
    if (bytes[at + 1] !== greater || bytes[at + 2] !== space) return false;
    at += 3;
  }
  at = readHex(bytes, at);
  if (at < 0) return false;
  instructionRow.high = wide.high;
  instructionRow.low = wide.low;
  instructionRow.hasSymbol = false;
  instructionRow.nameStart = instructionRow.nameEnd = 0;
  if (bytes[at] === space && bytes[at + 1] === less) {
    at = readSymbol(bytes, at + 2, end);
    if (at < 0) return false;
  }
  if (bytes[at] !== colon || !isBlank(bytes[at + 1] ?? 0)) return false;
  at++;
  while (isBlank(bytes[at] ?? 0)) at++;
  return at < end && readText(bytes, at, end);
}

/** The symbol from `start` to its bracket in front of a colon; returns the offset of the colon, -1 = it needs a closer look. */
function readSymbol(bytes: Uint8Array, start: number, end: number): number {
  let last = -1;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater || bytes[at + 1] !== colon; byte = bytes[++at] ?? 0) {
    if (byte <= space || byte > 126 || at >= end || at - start > longestSymbol) return -1;
    if (byte !== plus) continue;
    // A name may hold a plus of its own.
    if (last >= 0) return -1;
    last = at;
  }
  if (at === start || !isBlank(bytes[at + 2] ?? 0)) return -1;
  instructionRow.hasSymbol = true;
  instructionRow.nameStart = start;
  instructionRow.nameEnd = at;
  instructionRow.offset = 0;
  if (last < 0) return at + 1;
  const digits = last + 1;
  if (bytes[digits] === 48 && bytes[digits + 1] === 120) {
    if (readHex(bytes, digits) !== at || wide.high > 0 || at - digits > mostDigits + 2) return -1;
    instructionRow.offset = wide.low;
  } else {
    const behind = behindDigits(bytes, digits);
    if (behind !== at || behind === digits || behind - digits > mostDigits) return -1;
    instructionRow.offset = decimalIn(bytes, digits, behind);
    if (instructionRow.offset > mostOffset) return -1;
  }
  instructionRow.nameEnd = last;
  return at + 1;
}

/** The instruction from `at` on, behind its printed bytes. */
function readText(bytes: Uint8Array, at: number, end: number): boolean {
  instructionRow.textStart = at;
  instructionRow.bytesStart = instructionRow.bytesEnd = 0;
  if ((smallHex[bytes[at] ?? 0] ?? -1) >= 0 && (hexTable[bytes[at + 1] ?? 0] ?? -1) >= 0) {
    const behind = behindBytes(bytes, at);
    if (behind < 0) return false;
    if (behind > at) {
      instructionRow.bytesStart = at;
      instructionRow.bytesEnd = behind;
      let next = behind;
      while (isBlank(bytes[next] ?? 0)) next++;
      instructionRow.textStart = next;
    }
  }
  for (let next = instructionRow.textStart; next < end; next++) {
    const byte = bytes[next] ?? 0;
    if (byte > 126 || (byte < space && byte !== tab)) return false;
  }
  return isMnemonic(bytes, instructionRow.textStart, end);
}

/** Offset behind pairs of digits, or behind an instruction of eight, in front of a tab or two blanks; `at` when there are none, -1 = unclear. */
function behindBytes(bytes: Uint8Array, at: number): number {
  let next = at;
  let pairs = 0;
  for (;;) {
    if ((smallHex[bytes[next] ?? 0] ?? -1) < 0 || (smallHex[bytes[next + 1] ?? 0] ?? -1) < 0) return pairs > 0 ? -1 : at;
    pairs++;
    next += 2;
    const byte = bytes[next] ?? 0;
    if (byte === tab) return pairs <= mostBytes ? next : -1;
    if (byte !== space) break;
    if (bytes[next + 1] === space) return pairs <= mostBytes ? next : -1;
    next++;
  }
  if (pairs > 1) return -1;
  while ((smallHex[bytes[next] ?? 0] ?? -1) >= 0) next++;
  return next - at === 8 && bytes[next] === tab ? next : at;
}

function isMnemonic(bytes: Uint8Array, at: number, end: number): boolean {
  let byte = bytes[at] ?? 0;
  if (byte < 97 || byte > 122) return false;
  let next = at;
  while (isMnemonicByte(byte)) byte = bytes[++next] ?? 0;
  return next - at <= longestMnemonic && (next === end || isBlank(byte) || byte === comma);
}

function isMnemonicByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === dot || byte === underscore;
}
