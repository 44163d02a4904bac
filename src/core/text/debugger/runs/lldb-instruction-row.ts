/**
 * A row of LLDB's `disassemble`: `->  0x47ed9a <+26>: 48 3d 01 f0 ff ff  cmpq   $-0xfff, %rax  ; imm = 0xF001`, with bytes or without.
 * Any other is left to the expressions of `lldbListingReader`, which give the same for these.
 */
import { trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { behindDigits, decimalIn, readHex, smallHex, wide } from './number.ts';

/** The row scanned last; offsets of the window. */
export const lldbInstructionRow = {
  current: false,
  high: 0,
  low: 0,
  /** -1 = not printed. */
  offset: -1,
  /** The row from its address on. */
  start: 0,
  end: 0,
  /** The instruction without what LLDB says of it behind a semicolon. */
  textStart: 0,
  textEnd: 0,
  /** Equal = none. */
  bytesStart: 0,
  bytesEnd: 0,
};

const deepestIndent = 16;
const mostDigits = 12;
const mostPairs = 16;
const wordDigits = 8;
const space = 32;
const open = 40;
const plus = 43;
const minus = 45;
const dot = 46;
const zero = 48;
const colon = 58;
const semicolon = 59;
const less = 60;
const greater = 62;
const letterX = 120;

/** Reads line `index` into `lldbInstructionRow`; false when it is no such row, or one that needs a closer look. */
export function scanLldbInstruction(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const lineEnd = cursor.end(index);
  if (lineEnd - from > longestLine || bytes[lineEnd] !== 10) return false;
  let at = from;
  while (bytes[at] === space) at++;
  if (at - from > deepestIndent) return false;
  lldbInstructionRow.current = bytes[at] === minus && bytes[at + 1] === greater;
  if (lldbInstructionRow.current) {
    at += 2;
    const blanks = at;
    while (bytes[at] === space) at++;
    if (at - blanks > deepestIndent) return false;
  }
  lldbInstructionRow.start = at;
  at = readHex(bytes, at);
  if (at < 0) return false;
  lldbInstructionRow.high = wide.high;
  lldbInstructionRow.low = wide.low;
  lldbInstructionRow.offset = -1;
  if (bytes[at] === space) {
    if (bytes[at + 1] !== less || bytes[at + 2] !== plus) return false;
    const digits = at + 3;
    at = behindDigits(bytes, digits);
    if (at === digits || at - digits > mostDigits || bytes[at] !== greater) return false;
    lldbInstructionRow.offset = decimalIn(bytes, digits, at);
    at++;
  }
  if (bytes[at] !== colon || bytes[at + 1] !== space) return false;
  at++;
  while (bytes[at] === space) at++;
  lldbInstructionRow.end = trimEnd(bytes, at, lineEnd);
  return readText(bytes, behindCode(bytes, at), lldbInstructionRow.end);
}

/** Offset of the text behind the printed bytes at `at`, or behind the word of an instruction; `at` when there are none. */
function behindCode(bytes: Uint8Array, at: number): number {
  lldbInstructionRow.bytesStart = lldbInstructionRow.bytesEnd = 0;
  let next = at;
  if (bytes[at] === zero && bytes[at + 1] === letterX) {
    const word = at + 2;
    next = word;
    while ((smallHex[bytes[next] ?? 0] ?? -1) >= 0) next++;
    if (next - word !== wordDigits || bytes[next] !== space) return at;
    lldbInstructionRow.bytesStart = word;
    lldbInstructionRow.bytesEnd = next;
  } else {
    let pairs = 0;
    while (isPair(bytes, next) && pairs < mostPairs) {
      pairs++;
      next += 3;
    }
    // Two blanks at least stand behind the bytes.
    if (pairs === 0 || bytes[next] !== space) return at;
    lldbInstructionRow.bytesStart = at;
    lldbInstructionRow.bytesEnd = next - 1;
  }
  while (bytes[next] === space) next++;
  return next;
}

function isPair(bytes: Uint8Array, at: number): boolean {
  return (smallHex[bytes[at] ?? 0] ?? -1) >= 0 && (smallHex[bytes[at + 1] ?? 0] ?? -1) >= 0 && bytes[at + 2] === space;
}

function readText(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] ?? 0;
  if (start + 1 >= end || !((first >= 97 && first <= 122) || first === open || first === dot)) return false;
  if ((bytes[start + 1] ?? 0) <= space) return false;
  lldbInstructionRow.textStart = start;
  let textEnd = end;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < space || byte > 126) return false;
    if (byte === semicolon && textEnd === end && bytes[at - 1] === space) textEnd = trimEnd(bytes, start, at);
  }
  lldbInstructionRow.textEnd = textEnd;
  return true;
}
