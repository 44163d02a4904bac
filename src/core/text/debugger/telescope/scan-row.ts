/**
 * A telescope row from bytes: GEF's `0x…8ef0│+0x0038: 0x…8fa8  →  0x…8fd0  ← $rbp`, pwndbg's `00:0000│ rsp 0x7ffe… —▸ 0x401136 (main)`.
 * Any other is left to `readTelescope`, which gives the same for these.
 */
import type { LineCursor } from '../../cursor.ts';
import { longestLine } from '../lines.ts';
import { readHex, smallHex, wide } from '../runs/number.ts';

/** Links of a printed chain; GEF follows ten at most. */
export const mostLinks = 32;
const mostRegisters = 8;

/** The row scanned last; offsets of the window. */
export const scannedRow = {
  high: 0,
  low: 0,
  count: 0,
  /** Registers that point to the row: names in [registerStart[i], registerEnd[i]). */
  registers: 0,
};
export const linkHigh = new Uint32Array(mostLinks);
export const linkLow = new Uint32Array(mostLinks);
export const linkStart = new Uint32Array(mostLinks);
export const linkEnd = new Uint32Array(mostLinks);
/** The symbol of each link; equal = none. */
export const symbolStart = new Uint32Array(mostLinks);
export const symbolEnd = new Uint32Array(mostLinks);
export const registerStart = new Uint32Array(mostRegisters);
export const registerEnd = new Uint32Array(mostRegisters);

const deepestIndent = 16;
const mostBlanks = 4;
const longestSymbol = 400;
const longestRemark = 300;
const longestNested = 100;
const longestRegister = 12;
const tab = 9;
const space = 32;
const quote = 34;
const dollar = 36;
const open = 40;
const close = 41;
const plus = 43;
const minus = 45;
const zero = 48;
const colon = 58;
const less = 60;
const greater = 62;
const letterX = 120;
const bar = 124;
/** The first byte of all arrows and of the bar. */
const arrowByte = 0xe2;

/** Bytes of names of registers. */
const ofName = new Uint8Array(256);
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789') ofName[letter.charCodeAt(0)] = 1;

function isArrow(bytes: Uint8Array, at: number, second: number, third: number): boolean {
  return bytes[at] === arrowByte && bytes[at + 1] === second && bytes[at + 2] === third;
}

/** Offset behind `│` or `|`, or -1. */
function behindBar(bytes: Uint8Array, at: number): number {
  if (bytes[at] === bar) return at + 1;
  return isArrow(bytes, at, 0x94, 0x82) ? at + 3 : -1;
}

function behindBlanks(bytes: Uint8Array, at: number): number {
  let next = at;
  while (bytes[next] === space || bytes[next] === tab) next++;
  return next;
}

/** Offset behind `→`, `—▸`, `◂—` or `->`, with the blanks around; -1 = no arrow stands there. */
function behindArrow(bytes: Uint8Array, from: number): number {
  const at = behindBlanks(bytes, from);
  if (isArrow(bytes, at, 0x86, 0x92)) return behindBlanks(bytes, at + 3);
  if (isArrow(bytes, at, 0x80, 0x94) && isArrow(bytes, at + 3, 0x96, 0xb8)) return behindBlanks(bytes, at + 6);
  if (isArrow(bytes, at, 0x97, 0x82) && isArrow(bytes, at + 3, 0x80, 0x94)) return behindBlanks(bytes, at + 6);
  return bytes[at] === minus && bytes[at + 1] === greater ? behindBlanks(bytes, at + 2) : -1;
}

function behindDigits(bytes: Uint8Array, from: number, least: number, most: number): number {
  let at = from;
  while ((smallHex[bytes[at] ?? 0] ?? -1) >= 0) at++;
  return at - from < least || at - from > most ? -1 : at;
}

/** Reads line `index` into `scannedRow` and the columns beside it; false when it is no row, or one that needs a closer look. */
export function scanTelescope(cursor: LineCursor, index: number): boolean {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const end = cursor.end(index);
  if (end - from > longestLine || bytes[end] !== 10) return false;
  let at = from;
  while (bytes[at] === space) at++;
  if (at - from > deepestIndent) return false;
  scannedRow.registers = scannedRow.count = 0;
  const chain = bytes[at + 1] === letterX ? readGef(bytes, at) : -1;
  if (chain >= 0) {
    if (chain >= end || (bytes[chain] ?? 0) <= space) return false;
    return readChain(bytes, chain, end) && scannedRow.count > 0 && readPointers(bytes, chain, end);
  }
  // The names before the address come behind those that the end of the row points with.
  const behind = bytes[at + 1] === letterX ? -1 : readPwndbg(bytes, at);
  if (behind < 0 || (bytes[behind] !== space && bytes[behind] !== tab)) return false;
  const first = behindArrow(bytes, behind);
  return first >= 0 && readChain(bytes, first, end) && !hasPointers(bytes, first, end);
}

/** `0x…│+0x0038|+007: `: the offset of the chain, -1 = it is none. */
function readGef(bytes: Uint8Array, from: number): number {
  let at = readHex(bytes, from);
  if (at < from + 6) return -1;
  scannedRow.high = wide.high;
  scannedRow.low = wide.low;
  at = afterBar(bytes, at);
  if (at < 0 || bytes[at] !== plus || bytes[at + 1] !== zero || bytes[at + 2] !== letterX) return -1;
  at = behindDigits(bytes, at + 3, 1, 8);
  if (at < 0) return -1;
  if (bytes[at] !== colon) {
    // Newer rows have a number here.
    const blanks = behindBlanks(bytes, at);
    const number = blanks - at > mostBlanks ? -1 : behindBar(bytes, blanks);
    if (number < 0 || bytes[number] !== plus) return -1;
    at = number + 1;
    while ((bytes[at] ?? 0) >= zero && (bytes[at] ?? 0) < colon) at++;
    if (at === number + 1 || at - number > 7) return -1;
  }
  return bytes[at] === colon && bytes[at + 1] === space ? at + 2 : -1;
}

function afterBar(bytes: Uint8Array, from: number): number {
  const before = behindBlanks(bytes, from);
  const behind = before - from > mostBlanks ? -1 : behindBar(bytes, before);
  if (behind < 0) return -1;
  const next = behindBlanks(bytes, behind);
  return next - behind > mostBlanks ? -1 : next;
}

/** `02:0010│ rbp 0x7fff…`, with `-010` or `+020` before the address: the offset behind that, -1 = it is none. */
function readPwndbg(bytes: Uint8Array, from: number): number {
  let at = behindDigits(bytes, from, 2, 4);
  if (at < 0 || bytes[at] !== colon) return -1;
  at = behindDigits(bytes, at + 1, 4, 6);
  at = at < 0 ? -1 : behindBar(bytes, at);
  if (at < 0) return -1;
  let next = behindBlanks(bytes, at);
  if (next - at > 40) return -1;
  const names = next;
  // Names are letters, and stand before numbers.
  while (bytes[next] !== zero && bytes[next] !== plus && bytes[next] !== minus) {
    const start = next;
    const first = bytes[start] ?? 0;
    if (first < 97 || first > 122) return -1;
    while (ofName[bytes[next] ?? 0] === 1) next++;
    if (bytes[next] !== space || next - names > 40 || scannedRow.registers === mostRegisters) return -1;
    registerStart[scannedRow.registers] = start;
    registerEnd[scannedRow.registers++] = next;
    next = behindBlanks(bytes, next);
  }
  if (bytes[next] !== zero) {
    const behind = behindDigits(bytes, next + 1, 3, 6);
    if (behind < 0 || (bytes[behind] !== space && bytes[behind] !== tab)) return -1;
    next = behindBlanks(bytes, behind);
  }
  at = readHex(bytes, next);
  scannedRow.high = wide.high;
  scannedRow.low = wide.low;
  return at;
}

/** The values of a chain from `from` on; false where one needs a closer look. */
function readChain(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  let count = 0;
  while (count < mostLinks) {
    if (bytes[at] !== zero || bytes[at + 1] !== letterX) {
      if (bytes[at] === less && count > 0 && !readSymbolAlone(bytes, at, end, count - 1)) return false;
      break;
    }
    const behind = readHex(bytes, at);
    if (behind < 0) return false;
    linkHigh[count] = wide.high;
    linkLow[count] = wide.low;
    linkStart[count] = at;
    linkEnd[count] = behind;
    symbolStart[count] = symbolEnd[count] = 0;
    at = readMeaning(bytes, behind, end, count);
    if (at < 0) return false;
    count++;
    const next = behindArrow(bytes, at);
    if (next < 0) break;
    at = next;
  }
  scannedRow.count = count;
  return true;
}

/** ` <symbol>` and ` (symbol)` or ` ("text"?)` behind a value; returns the offset behind them, -1 = unclear. */
function readMeaning(bytes: Uint8Array, from: number, end: number, link: number): number {
  let at = from;
  let named = false;
  if (bytes[at] === space && bytes[at + 1] === less) {
    const behind = symbolClose(bytes, at + 2, end);
    if (behind < 0) return -1;
    named = true;
    setSymbol(bytes, link, at + 2, behind);
    at = behind + 1;
  }
  if (bytes[at] === space && bytes[at + 1] === open) {
    const behind = remarkClose(bytes, at + 2, end);
    if (behind < 0) return -1;
    if (!named && bytes[at + 2] !== quote) setSymbol(bytes, link, at + 2, behind);
    at = behind + 1;
  }
  return at;
}

/** What begins with a letter names something. */
function setSymbol(bytes: Uint8Array, link: number, start: number, end: number): void {
  const first = bytes[start] ?? 0;
  if (ofName[first] !== 1 || (first >= zero && first < colon)) return;
  symbolStart[link] = start;
  symbolEnd[link] = end;
}

/** `<main[worker]+275> mov …` names the value before. */
function readSymbolAlone(bytes: Uint8Array, at: number, end: number, link: number): boolean {
  const behind = symbolClose(bytes, at + 1, end);
  if (behind < 0) return false;
  if (symbolEnd[link] === 0) {
    symbolStart[link] = at + 1;
    symbolEnd[link] = behind;
  }
  return true;
}

/** Offset of the `>` behind the symbol that begins at `start`; -1 = it is not plain. */
function symbolClose(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== greater; byte = bytes[++at] ?? 0)
    if (byte < space || byte > 126 || byte === less || at >= end || at - start >= longestSymbol) return -1;
  return at > start ? at : -1;
}

/** Offset of the `)` behind the remark that begins at `start`, with one pair of parentheses in it or none; -1 = it is not plain. */
function remarkClose(bytes: Uint8Array, start: number, end: number): number {
  let inner = 0;
  let begun = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < space || byte > 126) return -1;
    if (byte === open) {
      if (inner !== 0 || at === start || at - start > longestRemark) return -1;
      inner = 1;
      begun = at + 1;
    } else if (byte === close) {
      if (inner !== 1) return at === start || at - begun > longestRemark ? -1 : at;
      if (at === begun || at - begun > longestNested) return -1;
      inner = 2;
      begun = at + 1;
    }
  }
  return -1;
}

function hasPointers(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++)
    if (bytes[at] === arrowByte && (isArrow(bytes, at, 0x86, 0x90) || isBareArrow(bytes, at))) return true;
  return false;
}

/** `◂` without its dash. */
function isBareArrow(bytes: Uint8Array, at: number): boolean {
  return isArrow(bytes, at, 0x97, 0x82) && !isArrow(bytes, at + 3, 0x80, 0x94);
}

/** `← $rsp, $rbp`: the register behind each arrow that points back. */
function readPointers(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== arrowByte) continue;
    if (isBareArrow(bytes, at)) return false;
    if (!isArrow(bytes, at, 0x86, 0x90)) continue;
    let start = behindBlanks(bytes, at + 3);
    if (start - at - 3 > mostBlanks || bytes[start] !== dollar) continue;
    start++;
    let behind = start;
    while (ofName[bytes[behind] ?? 0] === 1) behind++;
    if (behind === start) continue;
    if (behind - start > longestRegister || scannedRow.registers === mostRegisters) return false;
    registerStart[scannedRow.registers] = start;
    registerEnd[scannedRow.registers++] = behind;
  }
  return true;
}
