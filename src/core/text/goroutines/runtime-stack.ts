/** `runtime stack:` blocks, and frames that stand without a header (Windows exceptions, cut texts, error libraries). */
import { LineClass } from '../../model/line-class.ts';
import { ascii, isSpace, skipSpace, startsWith, trimEnd } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { RuntimeStackFact } from '../facts.ts';
import type { TextReader } from '../reader.ts';
import { emptyCall, looksLikeName, readCall } from '../frames/call.ts';
import { emptyLocation, looksLikeSource, readLocation } from '../frames/location.ts';
import { readStack } from './stack.ts';
import { hasLocation } from './stack-lines.ts';

const mark = ascii('runtime stack:');

export const runtimeStackReader: TextReader = {
  name: 'runtime stack',
  begins: 'r',

  recognise(cursor, index) {
    const start = skipSpace(cursor.bytes, cursor.start(index), cursor.end(index));
    return startsWith(cursor.bytes, start, cursor.end(index), mark);
  },

  parse(cursor, index, sink) {
    sink.lineClass[index] = LineClass.recognised;
    const place = sink.facts.length;
    const stack = readStack(cursor, index + 1, sink, 'runtime-stack');
    const { frameStart, frameEnd, next } = stack;
    // The stack comes before what interrupted it, as a goroutine does.
    sink.facts.splice(place, 0, new RuntimeStackFact(frameStart, frameEnd, true, index, cursor.lineRange(index, next - 1)));
    return next - index;
  },
};

const call = emptyCall();
const location = emptyLocation();
const createdMark = ascii('created by ');

/**
 * Whether frames begin at line `index` outside of any block: a function line above a location, a bare name above an
 * indented one, or a location with an offset whose function line was lost.
 */
function beginsFrames(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const start = cursor.start(index);
  const end = cursor.end(index);
  if (readCall(bytes, start, end, call)) {
    return (
      looksLikeName(bytes, call.nameStart, call.nameEnd, !isPanic(bytes, call.nameStart, call.nameEnd)) &&
      sourceBelow(cursor, index + 1)
    );
  }
  if (startsWith(bytes, start, end, createdMark)) return hasLocation(cursor, index + 1);
  if (readLocation(bytes, start, end, location)) {
    // An offset proves a Go location; a bare `file.go:12` is anything.
    return location.flags !== 0 && location.indent > 0 && !hasBlank(bytes, location.fileStart, location.fileEnd);
  }
  const first = skipSpace(bytes, start, end);
  const next = index + 1 < cursor.count ? bytes[cursor.start(index + 1)] : undefined;
  return isSpace(next) && looksLikeName(bytes, first, trimEnd(bytes, first, end), true) && sourceBelow(cursor, index + 1);
}

function sourceBelow(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count || !readLocation(cursor.bytes, cursor.start(index), cursor.end(index), location)) return false;
  if (startsWith(cursor.bytes, location.fileStart, location.fileEnd, atMark)) return false;
  return location.flags !== 0 || looksLikeSource(cursor.bytes, location);
}
const atMark = ascii('at ');
const panicName = ascii('panic');

function isPanic(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === panicName.length && startsWith(bytes, start, end, panicName);
}

function hasBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 32) return true;
  return false;
}

export const orphanReader: TextReader = {
  name: 'frames without a header',

  recognise: beginsFrames,

  parse(cursor, index, sink) {
    const place = sink.facts.length;
    const stack = readStack(cursor, index, sink, 'orphan');
    if (stack.next === index) return 0;
    const { frameStart, frameEnd, next } = stack;
    if (frameEnd > frameStart) {
      sink.facts.splice(place, 0, new RuntimeStackFact(frameStart, frameEnd, false, index, cursor.lineRange(index, next - 1)));
    }
    return next - index;
  },
};
