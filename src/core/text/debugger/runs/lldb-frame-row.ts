/**
 * A frame of LLDB as most are: `    frame #1: 0x… prog`runtime.f(x=1) at proc.go:12:5`, or `prog`runtime.f + 26`. Any other is left to
 * `readLldbFrame`, which gives the same for these.
 */
import { ascii, startsWith, trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { behindDigits, decimalIn, exactDigits, readHex, wide } from './number.ts';
import { behindLldbMark } from './lldb-mark.ts';

/** The frame scanned last; offsets of the window. */
export const lldbFrameRow = {
  level: 0,
  pcHigh: 0,
  pcLow: 0,
  /** The function without module, arguments and offset. */
  nameStart: 0,
  nameEnd: 0,
  /** Bytes from the function's start; -1 = not printed. */
  offset: -1,
  /** Equal = none. */
  argumentStart: 0,
  argumentEnd: 0,
  /** The file, or the module where none is printed. */
  fileStart: 0,
  fileEnd: 0,
  /** 0 = none. */
  line: 0,
};

const mark = ascii('frame #');
const atMark = ascii('at ');
const mostLevelDigits = 7;
const mostLineDigits = 9;
const space = 32;
const open = 40;
const close = 41;
const plus = 43;
const dot = 46;
const colon = 58;
const bracket = 91;
const tick = 96;

/** Reads line `index` into `lldbFrameRow`; false when it is no frame, or one that needs a closer look. */
export function scanLldbFrame(cursor: LineCursor, index: number): boolean {
  const digits = behindLldbMark(cursor, index, mark);
  if (digits < 0) return false;
  const { bytes } = cursor;
  const at = behindDigits(bytes, digits);
  if (at === digits || at - digits > mostLevelDigits || bytes[at] !== colon || bytes[at + 1] !== space) return false;
  lldbFrameRow.level = decimalIn(bytes, digits, at);
  return scanLldbPlace(bytes, at + 2, trimEnd(bytes, digits, cursor.end(index)));
}

/** Reads `0x… prog`runtime.f at proc.go:12`, bytes [from, end), into `lldbFrameRow`. */
export function scanLldbPlace(bytes: Uint8Array, from: number, end: number): boolean {
  const behind = readHex(bytes, from);
  if (behind < 0 || behind >= end || bytes[behind] !== space) return false;
  lldbFrameRow.pcHigh = wide.high;
  lldbFrameRow.pcLow = wide.low;
  const moduleStart = behind + 1;
  let at = moduleStart;
  for (let byte = bytes[at] ?? 0; byte !== tick; byte = bytes[++at] ?? 0)
    if (byte <= space || byte > 126 || byte === bracket || byte === open) return false;
  if (at >= end || at === moduleStart) return false;
  lldbFrameRow.nameStart = at + 1;
  lldbFrameRow.fileStart = moduleStart;
  lldbFrameRow.fileEnd = at;
  const bodyEnd = readTail(bytes, at + 1, end);
  return bodyEnd > at + 1 && isPlainBody(bytes, at + 1, bodyEnd) && readArguments(bytes, at + 1, bodyEnd);
}

/** From the end back over ` at file:line:column` or ` + offset`; returns the offset where the name and its arguments end, -1 = unclear. */
function readTail(bytes: Uint8Array, from: number, end: number): number {
  lldbFrameRow.line = 0;
  lldbFrameRow.offset = -1;
  const last = beforeDigits(bytes, end, from);
  if (last === end) return end;
  if (bytes[last - 1] === space && bytes[last - 2] === plus && bytes[last - 3] === space) {
    if (end - last > exactDigits) return -1;
    lldbFrameRow.offset = decimalIn(bytes, last, end);
    return last - 3;
  }
  // A number may end the name itself.
  if (bytes[last - 1] !== colon) return end;
  let [numberStart, numberEnd] = [last, end];
  const before = beforeDigits(bytes, last - 1, from);
  if (before < last - 1 && bytes[before - 1] === colon) [numberStart, numberEnd] = [before, last - 1];
  if (numberEnd - numberStart > mostLineDigits || end - last > mostLineDigits) return -1;
  let file = numberStart - 1;
  for (let byte = bytes[file - 1] ?? 0; byte !== space; byte = bytes[--file - 1] ?? 0)
    if (byte < space || byte > 126 || file <= from) return -1;
  if (file === numberStart - 1 || !startsWith(bytes, file - atMark.length, file, atMark) || bytes[file - 4] !== space) return -1;
  lldbFrameRow.line = decimalIn(bytes, numberStart, numberEnd);
  lldbFrameRow.fileStart = file;
  lldbFrameRow.fileEnd = numberStart - 1;
  return file - 4;
}

/** Offset of the first of the digits that end at `end`; `end` when there are none. */
function beforeDigits(bytes: Uint8Array, end: number, from: number): number {
  let at = end;
  for (let byte = bytes[at - 1] ?? 0; at > from && byte >= 48 && byte <= 57; byte = bytes[--at - 1] ?? 0);
  return at;
}

/** Has [from, end) none of what makes another form of it: marks in brackets, a second place, a plus? */
function isPlainBody(bytes: Uint8Array, from: number, end: number): boolean {
  if (bytes[from] === space || bytes[end - 1] === space) return false;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < space || byte > 126 || byte === tick || byte === plus) return false;
    if (byte === space && (bytes[at + 1] === bracket || startsWith(bytes, at + 1, end + 1, atMark))) return false;
  }
  return true;
}

/** From a parenthesis at the end back to the one that it closes, in front of which the name ends. */
function readArguments(bytes: Uint8Array, from: number, end: number): boolean {
  lldbFrameRow.nameEnd = end;
  lldbFrameRow.argumentStart = lldbFrameRow.argumentEnd = 0;
  if (lldbFrameRow.offset >= 0 || bytes[end - 1] !== close) return true;
  let depth = 0;
  for (let at = end - 1; at >= from; at--) {
    const byte = bytes[at] ?? 0;
    if (byte === close) depth++;
    else if (byte === open && --depth === 0) {
      if (at === from || bytes[at - 1] === space) return false;
      // The parentheses of a method stand around its receiver.
      if (bytes[at - 1] === dot && bytes[at - 2] === close) return true;
      lldbFrameRow.nameEnd = at;
      lldbFrameRow.argumentStart = at + 1;
      lldbFrameRow.argumentEnd = end - 1;
      return true;
    }
  }
  return true;
}
