/**
 * What one line of a stack, and the lines beside it, can be: the tests by which `readStack` chooses. Most of them fill `call` or `location`
 * with what they read.
 */
import { ascii, isSpace, skipSpace, startsWith, trimEnd } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { emptyCall, looksLikeName, readCall } from '../frames/call.ts';
import { emptyLocation, looksLikeSource, readLocation } from '../frames/location.ts';
import { endsBlock } from './interruption.ts';
import { beginsAsHeader } from './header.ts';

export const createdMark = ascii('created by ');
export const nonGoMark = ascii('non-Go function');
const atMark = ascii('at ');

// Scratch: filled and used within one step of a reader, never across calls.
export const call = emptyCall();
export const location = emptyLocation();

/** Lines of someone else between a function line and its location, at most. */
const mostForeign = 2;
// Scratch of `foreignLines`: `call` holds the function line meanwhile.
const foreignCall = emptyCall();

/** How many such lines stand at `index`, with an indented location behind them (then in `location`); 0 = none. */
export function foreignLines(cursor: LineCursor, index: number): number {
  for (let lines = 0; lines <= mostForeign && index + lines < cursor.count; lines++) {
    const start = cursor.start(index + lines);
    const end = cursor.end(index + lines);
    if (lines > 0 && readLocation(cursor.bytes, start, end, location) && location.indent > 0 && location.flags !== 0)
      return lines;
    const first = skipSpace(cursor.bytes, start, end);
    if (
      first > start ||
      first === end ||
      beginsAsHeader(cursor.bytes, start, end) ||
      endsBlock(cursor.bytes, start, end) ||
      startsWith(cursor.bytes, first, end, createdMark) ||
      readCall(cursor.bytes, start, end, foreignCall)
    )
      return 0;
  }
  return 0;
}

/** Whether line `index` is a location by its own form (indented, or with the numbers of one). */
export function hasLocation(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const start = cursor.start(index);
  const end = cursor.end(index);
  if (!readLocation(cursor.bytes, start, end, location)) return false;
  return location.indent > 0 || isOrphanLocation(cursor.bytes);
}

/** A location without a function line must prove itself: an offset, a pc, or a source file's name. */
export function isOrphanLocation(bytes: Uint8Array): boolean {
  if (location.flags !== 0) return true;
  return looksLikeSource(bytes, location) && !startsWith(bytes, location.fileStart, location.fileEnd, atMark);
}

/** `main.f(0x1) /a/x.go:12 +0x3`: both lines of a frame put on one. Fills `call` and moves the file's start. */
export function partOneLine(bytes: Uint8Array): boolean {
  const { fileStart, fileEnd } = location;
  for (let at = fileEnd - 1; at > fileStart; at--) {
    if (bytes[at] !== 41 || !isSpace(bytes[at + 1])) continue;
    if (!readCall(bytes, fileStart, at + 1, call) || !looksLikeName(bytes, call.nameStart, call.nameEnd, true)) return false;
    location.fileStart = skipSpace(bytes, at + 1, fileEnd);
    return location.fileStart < fileEnd;
  }
  return false;
}

/** A function line and its location. */
export function isPair(cursor: LineCursor, index: number): boolean {
  if (index + 1 >= cursor.count) return false;
  return readCall(cursor.bytes, cursor.start(index), cursor.end(index), call) && hasLocation(cursor, index + 1);
}

export function continuesAt(cursor: LineCursor, index: number): boolean {
  if (isPair(cursor, index)) return looksLikeName(cursor.bytes, call.nameStart, call.nameEnd, false);
  return index < cursor.count && startsWith(cursor.bytes, cursor.start(index), cursor.end(index), createdMark);
}

/** A name without parentheses above a location: C functions with a symbolizer, stack traces of error libraries. */
export function bareFunction(cursor: LineCursor, index: number, first: number, lineEnd: number): boolean {
  if (index + 1 >= cursor.count || !isSpace(cursor.bytes[cursor.start(index + 1)])) return false;
  const past = trimEnd(cursor.bytes, first, lineEnd);
  const named =
    (past - first === nonGoMark.length && startsWith(cursor.bytes, first, past, nonGoMark)) ||
    looksLikeName(cursor.bytes, first, past, false);
  return named && hasLocation(cursor, index + 1);
}

/** A function line that the end of the text cut: `main.f(0xc0`. */
export function cutCall(cursor: LineCursor, index: number, first: number, lineEnd: number): boolean {
  if (index !== cursor.count - 1) return false;
  for (let at = first; at < lineEnd; at++) {
    if (cursor.bytes[at] !== 40 || cursor.bytes[at + 1] === 42) continue;
    call.nameStart = first;
    call.nameEnd = at;
    call.argumentStart = Math.min(at + 1, lineEnd);
    call.argumentEnd = lineEnd;
    call.hidden = false;
    return looksLikeName(cursor.bytes, first, at, true);
  }
  return false;
}

/** A location line, or any other line, that the end of the text cut. */
export function cutLocation(cursor: LineCursor, index: number, first: number, lineEnd: number): boolean {
  if (index !== cursor.count - 1) return false;
  if (first > cursor.start(index)) return true;
  return looksLikeName(cursor.bytes, first, lineEnd, true);
}
