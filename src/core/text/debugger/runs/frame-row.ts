/**
 * A frame on a line of its own, as nearly all of a `bt` are: `#1  0x… in f (a=1) at file:3`, with `from library` for the file, or
 * `#1  0x… in ?? ()`. Any other is left to `readFrame`, which gives the same for these.
 */
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { behindDigits, decimalIn, readHex, wide } from './number.ts';

/** The frame scanned last; offsets of the window. One object for all rows: what is to be kept is copied before the next scan. */
export const frameRow = {
  /** -1: none was printed. */
  level: -1,
  hasPc: false,
  pcHigh: 0,
  pcLow: 0,
  nameStart: 0,
  nameEnd: 0,
  /** Equal = none. */
  argumentStart: 0,
  argumentEnd: 0,
  /** File or library; equal = none. */
  fileStart: 0,
  fileEnd: 0,
  isLibrary: false,
  /** 0 = none. */
  line: 0,
};

const mostDigits = 7;
const space = 32;
const quote = 34;
const apostrophe = 39;
const open = 40;
const close = 41;
const colon = 58;
const less = 60;
const question = 63;

/** A table of the bytes of printed ASCII without blanks, and without those of `but`. */
function printedBut(but: string): Uint8Array {
  const table = new Uint8Array(256).fill(1, space + 1, 127);
  for (const character of but) table[character.charCodeAt(0)] = 0;
  return table;
}

/** Bytes that need no look: of a file or library, of arguments, of a name. */
const ofPlace = printedBut('"\'');
export const ofArguments = printedBut('"\'()<');
ofArguments[space] = 1;
const ofName = printedBut('"\'()<');

/** Does ` in ` stand at `at`? */
function isIn(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === space && bytes[at + 1] === 105 && bytes[at + 2] === 110 && bytes[at + 3] === space;
}

/** Reads line `index`, from offset `from` on, into `frameRow`; false when it is no frame, or one that needs a closer look. */
export function scanFrameRow(cursor: LineCursor, index: number, from = cursor.start(index)): boolean {
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end - from < 12 || end - from > longestLine || bytes[end] !== 10) return false;
  let at = from;
  frameRow.level = -1;
  if (bytes[at] === 35) {
    const digits = ++at;
    at = behindDigits(bytes, digits);
    if (at === digits || at - digits > mostDigits || bytes[at] !== space) return false;
    frameRow.level = decimalIn(bytes, digits, at);
    while (bytes[at] === space) at++;
  }
  frameRow.hasPc = false;
  if (bytes[at] === 48) {
    at = readHex(bytes, at);
    if (at < 0 || !isIn(bytes, at)) return false;
    frameRow.hasPc = true;
    frameRow.pcHigh = wide.high;
    frameRow.pcLow = wide.low;
    at += 4;
  }
  const first = bytes[at] ?? 0;
  if (first <= space || first === less || first === open) return false;
  frameRow.nameStart = at;
  return readPlace(bytes, at, end) && (frameRow.hasPc || frameRow.line > 0 || frameRow.fileEnd > frameRow.fileStart);
}

/** From the end of the line back to where the name ends; the name begins at `from`. */
function readPlace(bytes: Uint8Array, from: number, end: number): boolean {
  frameRow.line = 0;
  let at = end - 1;
  while (ofPlace[bytes[at] ?? 0] === 1) at--;
  if (bytes[at] !== space || at < from) return false;
  const token = at + 1;
  if (token === end) return false;
  const isCodeless = end - from === 5 && bytes[from] === question && bytes[from + 1] === question;
  if (isCodeless && frameRow.hasPc && at === from + 2 && bytes[token] === open && bytes[token + 1] === close) {
    frameRow.nameEnd = from + 2;
    frameRow.argumentStart = frameRow.argumentEnd = frameRow.fileStart = frameRow.fileEnd = 0;
    return true;
  }
  let closed: number;
  if (bytes[at - 1] === 116 && bytes[at - 2] === 97) {
    let digits = end;
    for (let byte = bytes[digits - 1] ?? 0; byte >= 48 && byte <= 57; byte = bytes[digits - 1] ?? 0) digits--;
    if (digits === end || end - digits > mostDigits || bytes[digits - 1] !== colon || digits - 1 <= token) return false;
    frameRow.line = decimalIn(bytes, digits, end);
    frameRow.fileEnd = digits - 1;
    frameRow.isLibrary = false;
    closed = at - 4;
  } else if (bytes[at - 1] === 109 && bytes[at - 2] === 111 && bytes[at - 3] === 114 && bytes[at - 4] === 102) {
    for (let next = token; next < end; next++) if (bytes[next] === colon) return false;
    frameRow.fileEnd = end;
    frameRow.isLibrary = true;
    closed = at - 6;
  } else return false;
  frameRow.fileStart = token;
  if (closed <= from || bytes[closed] !== close || bytes[closed + 1] !== space) return false;
  return readArguments(bytes, from, closed);
}

/** Back from the parenthesis at `closed` to the one that it closes, in front of which the name ends. */
function readArguments(bytes: Uint8Array, from: number, closed: number): boolean {
  let depth = 1;
  let nested = false;
  let quoted = false;
  let at = closed - 1;
  for (; at > from; at--) {
    while (ofArguments[bytes[at] ?? 0] === 1) at--;
    const byte = bytes[at] ?? 0;
    if (byte === open) {
      if (--depth === 0) break;
    } else if (byte === close) {
      depth++;
      nested = true;
    } else if (byte === quote || byte === apostrophe) quoted = true;
    // `Python Exception <…>: ` may stand anywhere.
    else if (byte !== less || (bytes[at - 1] === space && bytes[at - 2] === 110)) return false;
  }
  // Parentheses inside of quotes do not count.
  if (depth !== 0 || (quoted && nested) || bytes[at - 1] !== space || at - 1 <= from || bytes[at - 2] === space) return false;
  let name = from;
  for (;;) {
    while (ofName[bytes[name] ?? 0] === 1) name++;
    if (name >= at - 1) break;
    const byte = bytes[name++] ?? 0;
    if (byte === less ? bytes[name - 2] === space : byte !== open && byte !== close && byte !== space) return false;
  }
  frameRow.nameEnd = at - 1;
  frameRow.argumentStart = at + 1;
  frameRow.argumentEnd = closed;
  if (closed === at + 1) frameRow.argumentStart = frameRow.argumentEnd = 0;
  return true;
}
