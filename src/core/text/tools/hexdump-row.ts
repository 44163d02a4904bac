/**
 * A row of `xxd`, `hexdump -C` or `od`, from bytes to `dumpRow`: all its groups as wide as the first, characters behind them for each
 * byte. Any other is left to the expressions of `hexdump.ts`, which give the same for these.
 */
import type { LineCursor } from '../cursor.ts';
import { longestLine } from '../debugger/lines.ts';
import { smallHex, wide } from '../debugger/runs/number.ts';
import { readDigits } from './bare-hex.ts';

const mostParts = 32;

/** The row scanned last; offsets of the window. */
export const dumpRow = {
  /** What stands in the left column. */
  high: 0,
  low: 0,
  /** Bytes of a part: 1 = bytes in order, otherwise little-endian numbers. */
  size: 0,
  count: 0,
  /** Where the digits of each part begin, `2 * size` of them. */
  places: new Uint32Array(mostParts),
  /** Characters stand behind the groups: a row even without neighbours. */
  hasText: false,
};

const deepestIndent = 16;
const mostGroups = 16;
const widestGap = 50;
const lineFeed = 10;
const space = 32;
const tab = 9;
const colon = 58;
const less = 60;
const greater = 62;
const bar = 124;

function isHex(byte: number | undefined): boolean {
  return (smallHex[byte ?? 0] ?? -1) >= 0;
}

function behindSpaces(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === space) at++;
  return at;
}

/** Reads line `index` into `dumpRow`; false when it is no row, or needs a closer look. */
export function scanDumpRow(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  if (end - from > longestLine || bytes[end] !== lineFeed || end <= from) return false;
  let start = from;
  while (bytes[start] === space || bytes[start] === tab) start++;
  if (start - from > deepestIndent) return false;
  const at = readDigits(bytes, start);
  const digits = at - start;
  if (at < 0 || digits < 6) return false;
  dumpRow.high = wide.high;
  dumpRow.low = wide.low;
  dumpRow.count = 0;
  dumpRow.hasText = true;
  if (bytes[at] === colon) return digits >= 8 && bytes[at + 1] === space && readXxd(bytes, at + 2, end);
  if (bytes[at] !== space) return false;
  if (bytes[at + 1] === space) return digits >= 8 && readCanonical(bytes, at + 2, end);
  return readNumbers(bytes, at + 1, end);
}

/** Offset behind groups of as many digits each, one blank between them, whose places are noted; -1 = they are not alike. */
function behindGroups(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isHex(bytes[at])) at++;
  const width = at - from;
  if (width !== 2 && width !== 4 && width !== 8 && width !== 16) return -1;
  dumpRow.size = width;
  let groups = 1;
  dumpRow.places[0] = from;
  while (bytes[at] === space && isHex(bytes[at + 1])) {
    let next = at + 1;
    while (isHex(bytes[next])) next++;
    if (next - at - 1 !== width || groups === mostGroups) return -1;
    dumpRow.places[groups++] = at + 1;
    at = next;
  }
  dumpRow.count = groups;
  return at;
}

/** Groups of bytes in order, or of words of eight (`-g8 -e`); two blanks and a character for each byte behind them. */
function readXxd(bytes: Uint8Array, from: number, end: number): boolean {
  const behind = behindGroups(bytes, from);
  const width = dumpRow.size;
  if (behind < 0 || width === 8 || bytes[behind] !== space || bytes[behind + 1] !== space) return false;
  const text = behind + 2;
  if (end - text !== (dumpRow.count * width) / 2 || behindSpaces(bytes, text) >= end) return false;
  if (!isPlain(bytes, text, end)) return false;
  if (width === 16) dumpRow.size = 8;
  else if (width === 2) dumpRow.size = 1;
  else splitPairs();
  return true;
}

/** Groups of two bytes are two parts each. */
function splitPairs(): void {
  const { places, count } = dumpRow;
  for (let group = count - 1; group >= 0; group--) {
    const place = places[group] ?? 0;
    places[2 * group] = place;
    places[2 * group + 1] = place + 2;
  }
  dumpRow.size = 1;
  dumpRow.count = 2 * count;
}

/** Sixteen bytes, two blanks in their middle, and their characters between bars. */
function readCanonical(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  let count = 0;
  while (isHex(bytes[at]) && isHex(bytes[at + 1]) && bytes[at + 2] === space && count < mostGroups) {
    dumpRow.places[count++] = at;
    at += bytes[at + 3] === space ? 4 : 3;
  }
  const text = behindSpaces(bytes, at);
  if (count === 0 || text - at > widestGap || bytes[text] !== bar || bytes[end - 1] !== bar) return false;
  dumpRow.size = 1;
  dumpRow.count = count;
  return end - text - 2 === count && isPlain(bytes, text, end);
}

/** Numbers of one, four or eight bytes, and their characters or none. */
function readNumbers(bytes: Uint8Array, from: number, end: number): boolean {
  const behind = behindGroups(bytes, from);
  const width = dumpRow.size;
  if (behind < 0 || width === 4) return false;
  dumpRow.size = width / 2;
  dumpRow.hasText = behind !== end;
  if (!dumpRow.hasText) return behind - from >= 16;
  const text = behindSpaces(bytes, behind);
  if (text === behind || text - behind > widestGap || bytes[text] !== greater || bytes[end - 1] !== less) return false;
  return end - text - 2 === dumpRow.count * dumpRow.size && isPlain(bytes, text, end);
}

function isPlain(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < space || byte > 126) return false;
  }
  return true;
}
