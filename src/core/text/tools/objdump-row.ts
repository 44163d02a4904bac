/**
 * A row of `objdump -d`, from bytes to `instructionRow`: `  468080:⇥49 3b 66 10          ⇥cmp    rsp,…`, with bytes or without. Any
 * other is left to the expressions of `objdump.ts`, which give the same for these.
 */
import type { LineCursor } from '../cursor.ts';
import { longestLine } from '../debugger/lines.ts';
import { instructionRow } from '../debugger/runs/instruction-row.ts';
import { smallHex, wide } from '../debugger/runs/number.ts';
import { readDigits } from './bare-hex.ts';

const deepestIndent = 16;
const widestGap = 16;
/** Blanks behind the bytes. */
const widestPad = 60;
const widestRest = 40;
const longestMnemonic = 24;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const comma = 44;
const colon = 58;

/** What `scanObjdumpRow` found. */
export const Scanned = { other: 0, instruction: 1, moreBytes: 2 } as const;
type Found = (typeof Scanned)[keyof typeof Scanned];

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === tab;
}

function behindBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at++;
  return at;
}

/** Bytes of a mnemonic: small letters, digits, `.`, `_`. 2 = it may begin with it. */
const mnemonicBytes = new Uint8Array(256);
for (const letter of 'abcdefghijklmnopqrstuvwxyz') mnemonicBytes[letter.charCodeAt(0)] = 2;
for (const letter of '0123456789._') mnemonicBytes[letter.charCodeAt(0)] = 1;

/** Groups that may stand in a row, by their digits. */
const mostGroups: Readonly<Record<number, number>> = { 2: 15, 4: 4, 8: 1 };

/**
 * Reads line `index` into `instructionRow`, which has no symbol then. `moreBytes`: only bytes stand there, from `bytesStart` to
 * `bytesEnd`, and belong to the row before. `other`: something else, or a row that needs a closer look.
 */
export function scanObjdumpRow(cursor: LineCursor, index: number): Found {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const last = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (last - from > longestLine || bytes[last] !== lineFeed) return Scanned.other;
  let end = last;
  while (end > from && (isBlank(bytes[end - 1]) || bytes[end - 1] === carriageReturn)) end--;
  // Other white space at the end is none of the text.
  if ((bytes[end - 1] ?? 0) < space || (bytes[end - 1] ?? 0) > 126) return Scanned.other;
  const start = behindBlanks(bytes, from);
  if (start - from > deepestIndent) return Scanned.other;
  let at = readDigits(bytes, start);
  if (at < 0 || bytes[at] !== colon) return Scanned.other;
  instructionRow.high = wide.high;
  instructionRow.low = wide.low;
  instructionRow.start = start;
  const first = behindBlanks(bytes, at + 1);
  const gap = first - at - 1;
  if (gap === 0 || gap > widestGap || first >= end) return Scanned.other;
  at = behindGroups(bytes, first);
  if (at < 0) return Scanned.other;
  instructionRow.bytesStart = instructionRow.bytesEnd = 0;
  let text = first;
  if (at > first) {
    text = behindBlanks(bytes, at);
    instructionRow.bytesStart = first;
    instructionRow.bytesEnd = at;
    // Pairs with a blank behind the last, as objdump prints them.
    if (at === end)
      return text === last && text > at && text - at <= widestRest && bytes[first + 2] === space
        ? Scanned.moreBytes
        : Scanned.other;
    if (bytes[at] !== space || text - at < 2 || text - at > widestPad + 1) return Scanned.other;
  }
  if (!isInstruction(bytes, text, end)) return Scanned.other;
  instructionRow.current = false;
  instructionRow.textStart = text;
  instructionRow.end = end;
  return Scanned.instruction;
}

/** Offset behind groups of as many digits each, a blank between them; `from` = there are none, -1 = unclear. */
function behindGroups(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((smallHex[bytes[at] ?? 0] ?? -1) >= 0) at++;
  const width = at - from;
  // A mnemonic may begin with letters that are digits.
  if (width === 0 || !isBlank(bytes[at])) return from;
  const most = mostGroups[width];
  if (most === undefined) return from;
  let groups = 1;
  while (bytes[at] === space && (smallHex[bytes[at + 1] ?? 0] ?? -1) >= 0) {
    let next = at + 1;
    while ((smallHex[bytes[next] ?? 0] ?? -1) >= 0) next++;
    if (next - at - 1 !== width) return -1;
    at = next;
    groups++;
  }
  return groups > most ? -1 : at;
}

function isInstruction(bytes: Uint8Array, from: number, end: number): boolean {
  if (mnemonicBytes[bytes[from] ?? 0] !== 2) return false;
  let at = from + 1;
  while ((mnemonicBytes[bytes[at] ?? 0] ?? 0) > 0) at++;
  return at - from <= longestMnemonic && (at === end || isBlank(bytes[at]) || bytes[at] === comma);
}
