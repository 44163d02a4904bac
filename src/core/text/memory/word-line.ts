/**
 * Lines of hexdumps of dialects A and B (runtime/print.go hexdumpWords, Go 1.10–1.25): `000000c000082df0:  0000000000000000
 * >0000000000414fcd <runtime.gcStart+1197>`, since Go 1.17 with `0x` before the numbers. An address of 8 or 16 digits, then words as wide,
 * each with room for a mark before it and its symbol behind it.
 */
import type { WordColumns } from '../../model/word-columns.ts';
import { isSpace, skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import type { NameTable } from '../names.ts';
import { isPrefix, number, readDigits } from './fixed-hex.ts';

/** The line added last. */
export const wordLine = {
  /** Digits of a word, 8 or 16. */
  digits: 0,
  /** Numbers begin with `0x`: dialect B. */
  prefixed: false,
};

const deepestIndent = 8;
const longestSymbol = 1024;
const exclamation = 33;
const plus = 43;
const colon = 58;
const less = 60;
const greater = 62;

/** Offset of the `>` that closes the symbol whose text begins at `start`, -1 = none does: `<` may be a mark too. */
function symbolEnd(bytes: Uint8Array, start: number, end: number): number {
  let offset = 0;
  const past = Math.min(end, start + longestSymbol);
  for (let at = start; at < past; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === plus && at > start) offset = at;
    else if (byte === greater) return offset > 0 && offset + 1 < at ? at : -1;
    else if (byte === less || isSpace(byte)) return -1;
  }
  return -1;
}

/** Adds the words of line `index`, each of `digits` digits (0 = 8 or 16), to `columns`; false where it is no such line: none was added. */
export function addWordLine(cursor: LineCursor, index: number, columns: WordColumns, names: NameTable, digits: number): boolean {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes, base } = cursor;
  let at = skipSpace(bytes, start, Math.min(end, start + deepestIndent));
  const prefixed = isPrefix(bytes, at);
  if (prefixed) at += 2;
  const width = readDigits(bytes, at, end);
  at += width;
  if ((width !== 16 && width !== 8) || bytes[at] !== colon || !isSpace(bytes[++at])) return false;
  if (digits !== 0 && width !== digits) return false;
  let { high, low } = number;
  const first = columns.length;
  for (;;) {
    at = skipSpace(bytes, at, end);
    const byte = bytes[at];
    if (byte === less || byte === greater || byte === exclamation) at = skipSpace(bytes, at + 1, end);
    if (isPrefix(bytes, at)) at += 2;
    if (at >= end || readDigits(bytes, at, end) !== width) break;
    const wordStart = at;
    const wordEnd = (at += width);
    let symbol = 0;
    const opens = skipSpace(bytes, at, end);
    if (opens < end && bytes[opens] === less) {
      const close = symbolEnd(bytes, opens + 1, end);
      if (close > 0) {
        symbol = names.intern(bytes, opens + 1, close);
        at = close + 1;
      }
    }
    columns.add(high, low, number.high, number.low, wordStart + base, wordEnd + base, symbol);
    low = (low + width / 2) >>> 0;
    if (low < width / 2) high = (high + 1) >>> 0;
  }
  if (columns.length === first) return false;
  wordLine.digits = width;
  wordLine.prefixed = prefixed;
  return true;
}
