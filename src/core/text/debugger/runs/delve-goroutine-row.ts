/** A row of `goroutines`, `* Goroutine 22 - User: ./main.go:21 main.f (0x49fbc5) (thread 13919) [chan receive]`, from bytes. */
import type { LineCursor } from '../../cursor.ts';
import { beginDelveRow, delveRow } from './delve-row.ts';
import { readDecimal, type Halves } from '../../decimal.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { NameTable } from '../../names.ts';
import { colonBeforeLine, lineBehind } from './delve-frame-row.ts';
import type { DelveNames } from './delve-names.ts';
import { behindDigits, readHex, wide } from './number.ts';

/** What Delve tells of a goroutine: where it stands, in the user's code or at all, or where it was made or began. */
export const DelvePlace = { user: 0, runtime: 1, go: 2, start: 3 } as const;

const id: Halves = { high: 0, low: 0 };

/** The row scanned last; indices of strings. */
export const delveGoroutineRow = {
  current: false,
  id,
  /** A `DelvePlace`. */
  place: 0,
  file: 0,
  line: 0,
  name: 0,
  pcHigh: 0,
  pcLow: 0,
  hasThread: false,
  /** As printed; 0 = none. */
  status: 0,
};

const mostIdDigits = 19;
const mostThreadDigits = 10;
const longestStatus = 120;
const space = 32;
const open = 40;
const close = 41;
const star = 42;
const openBracket = 91;
const closeBracket = 93;

const heading = ascii('Goroutine ');
const separator = ascii(' - ');
const places = [ascii('User: '), ascii('Runtime: '), ascii('Go: '), ascii('Start: ')];
const thread = ascii(' (thread ');

/** Reads line `index` into `delveGoroutineRow`; false when it is no such row, or one that needs a closer look. */
export function scanDelveGoroutine(cursor: LineCursor, index: number, names: DelveNames, strings: NameTable): boolean {
  let at = beginDelveRow(cursor, index);
  if (at < 0) return false;
  const { bytes } = cursor;
  const { end } = delveRow;
  delveGoroutineRow.current = bytes[at] === star && bytes[at + 1] === space;
  if (delveGoroutineRow.current) at += 2;
  if (!startsWith(bytes, at, end, heading)) return false;
  const digits = at + heading.length;
  at = behindDigits(bytes, digits);
  if (at - digits > mostIdDigits || !readDecimal(bytes, digits, at, id) || !startsWith(bytes, at, end, separator)) return false;
  at = behindPlace(bytes, at + separator.length, end);
  if (at < 0) return false;
  at = readPosition(bytes, at, end, names);
  return at > 0 && readThread(bytes, at, end, strings);
}

function behindPlace(bytes: Uint8Array, at: number, end: number): number {
  for (let place = 0; place < places.length; place++) {
    const word = places[place];
    if (word === undefined || !startsWith(bytes, at, end, word)) continue;
    delveGoroutineRow.place = place;
    return at + word.length;
  }
  return -1;
}

/** File, line, function and address from `at` on; the offset behind them, -1 = they need a closer look. */
function readPosition(bytes: Uint8Array, at: number, end: number, names: DelveNames): number {
  let behind = at;
  while (behind < end && bytes[behind] !== space) behind++;
  const colonAt = colonBeforeLine(bytes, at, behind);
  if (colonAt < 0) return -1;
  const nameStart = behind + 1;
  let nameEnd = nameStart;
  while (nameEnd < end && (bytes[nameEnd] !== space || bytes[nameEnd + 1] !== open || bytes[nameEnd + 2] !== 48)) nameEnd++;
  const pcEnd = readHex(bytes, nameEnd + 2);
  if (pcEnd < 0 || pcEnd >= end || bytes[pcEnd] !== close || nameEnd === nameStart) return -1;
  const file = names.places.indexOf(bytes, at, colonAt);
  const name = names.functions.indexOf(bytes, nameStart, nameEnd);
  if (file < 0 || name < 0) return -1;
  delveGoroutineRow.file = file;
  delveGoroutineRow.line = lineBehind(bytes, colonAt, behind);
  delveGoroutineRow.name = name;
  delveGoroutineRow.pcHigh = wide.high;
  delveGoroutineRow.pcLow = wide.low;
  return pcEnd + 1;
}

/** What may stand behind the address: the thread, and in brackets what the goroutine waits for. */
function readThread(bytes: Uint8Array, from: number, end: number, strings: NameTable): boolean {
  let at = from;
  delveGoroutineRow.hasThread = startsWith(bytes, at, end, thread);
  if (delveGoroutineRow.hasThread) {
    const digits = at + thread.length;
    at = behindDigits(bytes, digits);
    if (at === digits || at - digits > mostThreadDigits || bytes[at] !== close) return false;
    at++;
  }
  delveGoroutineRow.status = 0;
  if (at === end) return true;
  if (bytes[at] !== space || bytes[at + 1] !== openBracket || bytes[end - 1] !== closeBracket) return false;
  const [first, last] = [at + 2, end - 1];
  const beforeLast = bytes[last - 1] ?? 0;
  // A number at the end may be the time of waiting.
  if (last <= first || last - first > longestStatus || (beforeLast >= 48 && beforeLast <= 57)) return false;
  for (let next = first; next < last; next++) if (bytes[next] === closeBracket) return false;
  delveGoroutineRow.status = strings.intern(bytes, first, last);
  return true;
}
