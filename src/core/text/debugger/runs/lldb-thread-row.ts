/**
 * The head of a thread as most are: `  thread #7, name = 'orders'` above its frames, and the row of `thread list` `  thread #7: tid =
 * 28117, 0x… orders`runtime.usleep at sys_linux_amd64.s:135, name = 'orders'`. Any other, as of a thread with a reason to stop, is left
 * to the expressions of `lldbThreadReader`, which give the same for these.
 */
import { ascii, startsWith, trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { scanLldbPlace } from './lldb-frame-row.ts';
import { behindDigits, decimalIn } from './number.ts';
import { behindLldbMark, lldbMark } from './lldb-mark.ts';

/** The head scanned last; offsets of the window. */
export const lldbThreadRow = {
  current: false,
  number: 0,
  nameStart: 0,
  nameEnd: 0,
  /** -1: no row of `thread list`; else its frame is in `lldbFrameRow`. */
  tid: -1,
};

const mark = ascii('thread #');
const nameMark = ascii(", name = '");
const tidMark = ascii(': tid = ');
const mostDigits = 9;
const longestName = 64;
const space = 32;
const apostrophe = 39;
const comma = 44;
const zero = 48;

/** Reads line `index` into `lldbThreadRow`; false when it is no head, or one that needs a closer look. */
export function scanLldbThread(cursor: LineCursor, index: number): boolean {
  const digits = behindLldbMark(cursor, index, mark);
  if (digits < 0) return false;
  const { bytes } = cursor;
  lldbThreadRow.current = lldbMark.current;
  const at = behindDigits(bytes, digits);
  if (at === digits || at - digits > mostDigits || bytes[digits] === zero) return false;
  lldbThreadRow.number = decimalIn(bytes, digits, at);
  const end = trimEnd(bytes, digits, cursor.end(index));
  const nameStart = startOfName(bytes, at, end);
  if (nameStart < 0) return false;
  lldbThreadRow.nameStart = nameStart;
  lldbThreadRow.nameEnd = end - 1;
  lldbThreadRow.tid = -1;
  const tailStart = nameStart - nameMark.length;
  return at === tailStart || (startsWith(bytes, at, end, tidMark) && readListed(bytes, at + tidMark.length, tailStart));
}

/** Offset of the name in quotes that ends at `end`, behind its mark; -1 = none. */
function startOfName(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[end - 1] !== apostrophe) return -1;
  let at = end - 1;
  for (let byte = bytes[at - 1] ?? 0; byte !== apostrophe; byte = bytes[--at - 1] ?? 0)
    if (byte < space || byte > 126 || at <= from || end - at > longestName) return -1;
  return at - nameMark.length >= from && startsWith(bytes, at - nameMark.length, end, nameMark) ? at : -1;
}

/** `28117, 0x… orders`runtime.usleep at …` in bytes [from, end). */
function readListed(bytes: Uint8Array, from: number, end: number): boolean {
  const behind = behindDigits(bytes, from);
  if (behind === from || behind - from > mostDigits || bytes[behind] !== comma || bytes[behind + 1] !== space) return false;
  lldbThreadRow.tid = decimalIn(bytes, from, behind);
  // `, queue = …` and the like end the frame.
  for (let at = behind + 2; at < end; at++) if (bytes[at] === comma && bytes[at + 1] === space) return false;
  return scanLldbPlace(bytes, behind + 2, end);
}
