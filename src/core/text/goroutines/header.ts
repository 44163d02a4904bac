/**
 * `goroutine N [gp=… m=… mp=…] [status, N minutes, locked to thread …] {labels}:` (runtime/traceback.go
 * goroutineheader, Go 1.2–1.27), read byte by byte. What may stand where: reference §1.5.
 */
import { GoroutineFlag } from '../../model/goroutine.ts';
import { ascii, endsWith, hexValue, isDigit, skipSpace, space, startsWith, trimEnd } from '../bytes.ts';
import { readDecimal, type Halves } from '../decimal.ts';

/** What the last successful `readHeader` read. One object is reused: copy what is kept. */
export interface Header {
  /** Wide values as halves: no bigint is made for what only goes to a column. */
  id: Halves;
  gpHigh: number;
  gpLow: number;
  /** m= number; -1 = nil or not printed. */
  m: number;
  /** ` gp=… m=…` was printed: Go 1.22 and later. */
  hasPlace: boolean;
  statusStart: number;
  statusEnd: number;
  minutes: number;
  flags: number;
  labelsStart: number;
  labelsEnd: number;
  labelsInBracket: boolean;
  /** The closing `:` was there. */
  complete: boolean;
}

export function emptyHeader(): Header {
  return {
    id: { high: 0, low: 0 },
    gpHigh: 0,
    gpLow: 0,
    m: -1,
    hasPlace: false,
    statusStart: 0,
    statusEnd: 0,
    minutes: 0,
    flags: 0,
    labelsStart: 0,
    labelsEnd: 0,
    labelsInBracket: false,
    complete: false,
  };
}

const opening = ascii('goroutine ');
const gpMark = ascii('gp=');
const hexMark = ascii('0x');
const mMark = ascii('m=');
const labelsMark = ascii('labels:{');
const lockedMark = ascii('locked to thread');
const scanMark = ascii(' (scan)');
const bracketOpen = 91;
const bracketClose = 93;
const braceOpen = 123;
const braceClose = 125;
const comma = 44;
const colon = 58;

/** Whether the line begins as a header does: `goroutine N `. */
export function beginsAsHeader(bytes: Uint8Array, start: number, end: number): boolean {
  const first = skipSpace(bytes, start, end);
  return startsWith(bytes, first, end, opening) && isDigit(bytes[first + opening.length]);
}

/** Reads bytes [start, end); false when the brackets of a header are not there. */
export function readHeader(bytes: Uint8Array, start: number, end: number, out: Header): boolean {
  if (!beginsAsHeader(bytes, start, end)) return false;
  let past = trimEnd(bytes, start, end);
  let at = skipSpace(bytes, start, past) + opening.length;
  const idStart = at;
  while (isDigit(bytes[at]) && at < past) at++;
  if (bytes[at] !== space || !readDecimal(bytes, idStart, at, out.id)) return false;
  out.gpHigh = out.gpLow = 0;
  out.m = -1;
  out.hasPlace = false;
  out.flags = GoroutineFlag.hasHeader;
  out.minutes = 0;
  out.labelsStart = out.labelsEnd = 0;
  out.labelsInBracket = false;
  at = readPlace(bytes, at + 1, past, out);
  if (bytes[at] !== bracketOpen) return false;
  out.complete = bytes[past - 1] === colon;
  if (out.complete) past--;
  const inside = at + 1;
  let close = past - 1;
  if (bytes[close] === braceClose) {
    close = findLabels(bytes, inside, past);
    if (close < 0) return false;
    out.labelsStart = close + 3;
    out.labelsEnd = past - 1;
  }
  if (bytes[close] !== bracketClose || close < inside) return false;
  readBracket(bytes, inside, close, out);
  return true;
}

/** ` gp=0x… m=5 mp=0x… ` or ` gp=0x… m=nil `: fills gp and m, returns where the bracket must be. */
function readPlace(bytes: Uint8Array, start: number, past: number, out: Header): number {
  let at = start;
  if (!startsWith(bytes, at, past, gpMark)) return at;
  at += gpMark.length;
  out.hasPlace = true;
  if (startsWith(bytes, at, past, hexMark)) {
    const from = (at += hexMark.length);
    for (; hexValue(bytes[at]) >= 0 && at - from < 16; at++) {
      out.gpHigh = (out.gpHigh << 4) | (out.gpLow >>> 28);
      out.gpLow = (out.gpLow << 4) | hexValue(bytes[at]);
    }
    out.flags |= GoroutineFlag.hasGp;
  } else while (at < past && bytes[at] !== space && bytes[at] !== bracketOpen) at++;
  if (bytes[at] === space) at++;
  if (startsWith(bytes, at, past, mMark)) {
    at += mMark.length;
    if (isDigit(bytes[at])) {
      let m = 0;
      while (isDigit(bytes[at]) && m < 0x7fff_ffff) m = m * 10 + ((bytes[at++] ?? 48) - 48);
      out.m = Math.min(m, 0x7fff_ffff);
      out.flags |= GoroutineFlag.running;
    }
  }
  while (at < past && bytes[at] !== bracketOpen) at++;
  return at;
}

/** Offset of the `]` in `] {`, or -1. */
function findLabels(bytes: Uint8Array, from: number, past: number): number {
  for (let at = from; at + 2 < past; at++)
    if (bytes[at] === bracketClose && bytes[at + 1] === space && bytes[at + 2] === braceOpen) return at;
  return -1;
}

function readBracket(bytes: Uint8Array, inside: number, close: number, out: Header): void {
  let at = inside;
  while (at < close && bytes[at] !== comma && !(bytes[at] === space && startsWith(bytes, at + 1, close, labelsMark))) at++;
  out.statusStart = inside;
  out.statusEnd = at;
  if (endsWith(bytes, inside, at, scanMark)) {
    out.statusEnd -= scanMark.length;
    out.flags |= GoroutineFlag.scan;
  }
  while (at < close) {
    if (bytes[at] === space && startsWith(bytes, at + 1, close, labelsMark)) {
      out.labelsStart = at + 1 + labelsMark.length;
      out.labelsEnd = bytes[close - 1] === braceClose ? close - 1 : close;
      out.labelsInBracket = true;
      return;
    }
    if (bytes[at] === comma && bytes[at + 1] === space) {
      at += 2;
      if (isDigit(bytes[at])) {
        let minutes = 0;
        while (isDigit(bytes[at]) && at < close) minutes = minutes * 10 + ((bytes[at++] ?? 48) - 48);
        out.minutes = Math.min(minutes, 0xffff_ffff);
      } else if (startsWith(bytes, at, close, lockedMark)) out.flags |= GoroutineFlag.lockedToThread;
    } else at++;
  }
}
