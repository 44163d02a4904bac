/**
 * A row of `go tool objdump` (`  atoi.go:247⇥⇥0x468080⇥⇥493b6610⇥⇥CMPQ SP, 0x10(R14)`) or of Delve's `disassemble`, from bytes to
 * `instructionRow`. Any other is left to the expression of `go-listing.ts`, which gives the same for these.
 */
import type { LineCursor } from '../cursor.ts';
import { longestLine } from '../debugger/lines.ts';
import { instructionRow } from '../debugger/runs/instruction-row.ts';
import { readHex, smallHex, wide } from '../debugger/runs/number.ts';

const deepestIndent = 16;
const widestGap = 16;
const longestPlace = 400;
const mostLineDigits = 9;
const mostByteDigits = 32;
const longestMnemonic = 24;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const star = 42;
const comma = 44;
const colon = 58;
const equal = 61;
const greater = 62;

/** Bytes of a mnemonic: letters, digits, `.`, `_`, `?`. 2 = it may begin with it. */
const mnemonicBytes = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz?') mnemonicBytes[letter.charCodeAt(0)] = 2;
for (const letter of '0123456789._') mnemonicBytes[letter.charCodeAt(0)] = 1;

function behindBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === space || byte === tab; byte = bytes[++at]);
  return at;
}

/** Offset behind `file.go:12` at `from`, which a blank follows; -1 = something else, or one that needs a closer look. */
function behindPlace(bytes: Uint8Array, from: number): number {
  let at = from;
  let last = -1;
  let byte = bytes[at] ?? 0;
  for (; byte > space && byte < 127; byte = bytes[++at] ?? 0) if (byte === colon) last = at;
  if ((byte !== tab && byte !== space) || last <= from || last - from > longestPlace) return -1;
  const digits = at - last - 1;
  if (digits === 0 || digits > mostLineDigits) return -1;
  for (let digit = last + 1; digit < at; digit++) if ((bytes[digit] ?? 0) < 48 || (bytes[digit] ?? 0) > 57) return -1;
  return at;
}

/** Reads line `index` into `instructionRow`, which has no symbol then; false when it is no row, or needs a closer look. */
export function scanGoRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  let end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end - from > longestLine || bytes[end] !== lineFeed) return false;
  for (
    let byte = bytes[end - 1];
    end > from && (byte === tab || byte === space || byte === carriageReturn);
    byte = bytes[end - 1]
  )
    end--;
  // Other white space at the end is none of the text.
  if ((bytes[end - 1] ?? 0) < space || (bytes[end - 1] ?? 0) > 126) return false;
  let at = behindBlanks(bytes, from);
  if (at - from > deepestIndent) return false;
  instructionRow.current = bytes[at] === equal;
  if (instructionRow.current) {
    if (bytes[at + 1] !== greater) return false;
    const next = behindBlanks(bytes, at + 2);
    if (next - at - 2 > deepestIndent) return false;
    at = next;
  }
  at = behindPlace(bytes, at);
  if (at < 0) return false;
  let next = behindBlanks(bytes, at);
  if (next - at > widestGap) return false;
  instructionRow.start = next;
  at = readHex(bytes, next);
  if (at < 0) return false;
  instructionRow.high = wide.high;
  instructionRow.low = wide.low;
  if (bytes[at] === star) at++;
  next = behindBlanks(bytes, at);
  if (next === at || next - at > widestGap) return false;
  return readText(bytes, next, end);
}

/** The printed bytes at `from`, if there are any, and the instruction behind them. */
function readText(bytes: Uint8Array, from: number, end: number): boolean {
  instructionRow.bytesStart = instructionRow.bytesEnd = 0;
  let at = from;
  while ((smallHex[bytes[at] ?? 0] ?? -1) >= 0) at++;
  const behind = bytes[at];
  let text = from;
  if (at > from && (behind === tab || behind === space)) {
    const digits = at - from;
    text = behindBlanks(bytes, at);
    if (digits < 2 || digits > mostByteDigits || text - at > widestGap) return false;
    if (digits % 2 === 0) {
      instructionRow.bytesStart = from;
      instructionRow.bytesEnd = at;
    }
  }
  if (text >= end || mnemonicBytes[bytes[text] ?? 0] !== 2) return false;
  at = text + 1;
  while ((mnemonicBytes[bytes[at] ?? 0] ?? 0) > 0) at++;
  const next = bytes[at] ?? 0;
  if (at - text > longestMnemonic || (at !== end && next !== space && next !== tab && next !== comma)) return false;
  instructionRow.textStart = text;
  instructionRow.end = end;
  return true;
}
