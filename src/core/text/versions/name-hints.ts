/** What function names, files and argument lists prove about version, architecture and system (reference §8). */
import { FrameFlag, GoroutineFlag } from '../../model/goroutine.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import { runsOf } from '../frames/runs.ts';
import { blockRunsOf } from '../goroutines/block-runs.ts';
import { hintOnce } from './block-hints.ts';
import { fileFacts } from './file-facts.ts';

type NameHint = readonly [test: RegExp, from: number | null, to: number | null, why: string];

const nameForms: readonly NameHint[] = [
  [/\.(?:gowrap|deferwrap)\d+(?:$|[.-])/, 22, null, 'wrapper function named gowrap or deferwrap'],
  [/-range\d+(?:$|[.-])/, 23, null, 'body of a range-over-func loop'],
  [/·dwrap·\d/, 17, 17, 'wrapper function named ·dwrap·'],
  [/\[\.\.\.\]/, 18, null, 'type arguments in a function name'],
  [/^internal\/runtime\//, 23, null, 'function of internal/runtime'],
  [/^internal\/sync\./, 24, null, 'function of internal/sync'],
  [/^runtime\.runCleanups/, 25, null, 'runtime.runCleanups'],
  [/^type\.\.(?:eq|hash)\./, null, 19, 'compiler function named type..'],
  [/^type:\.(?:eq|hash)\./, 20, null, 'compiler function named type:.'],
  [/(?:^|\/|\.)glob\.\.func\d/, null, 20, 'initialiser named glob..func'],
];

/** Looks at each distinct name and file of frames [firstFrame, …) once, and at the arguments of the first frames. */
export function nameHints(cursor: LineCursor, sink: RecordSink, firstFrame: number, firstGoroutine: number): void {
  const { strings, frames } = sink.columns;
  const { data } = frames;
  const telling = tellingRows(cursor, sink, firstFrame);
  const argumentsEnd = Math.min(frames.length, firstFrame + argumentFrames);
  let argumentsTold = 0;
  const look = (row: number): void => {
    const line = data.textLine[row] ?? 0;
    const text = strings.at(data.functionName[row] ?? 0);
    const first = telling.get(row);
    if (first?.name === true) {
      for (const [test, from, to, why] of nameForms) if (test.test(text)) hintOnce(cursor, line, sink, from, to, why);
    }
    if (first?.file === true) fileFacts(cursor, line, sink, strings.at(data.file[row] ?? 0));
    if (argumentsTold < 3 && row < argumentsEnd) {
      const marks = argumentMarks(cursor.textBetween(data.argumentStart[row] ?? 0, data.argumentEnd[row] ?? 0));
      if (marks & 1) hintOnce(cursor, line, sink, 17, null, 'arguments in braces');
      if (marks & 2) hintOnce(cursor, line, sink, 18, null, 'arguments marked ?');
      if (marks === 4 && isFlatThrow(text)) hintOnce(cursor, line, sink, null, 16, 'arguments without braces');
      argumentsTold |= marks & 3;
    }
  };
  for (let row = firstFrame; row < argumentsEnd; row++) look(row);
  for (const row of telling.keys()) if (row >= argumentsEnd) look(row);
  blockHints(cursor, sink, firstGoroutine);
}

/** Rows with a name or a file that none before had, ascending. Rows written in runs have neither. */
function tellingRows(
  cursor: LineCursor,
  sink: RecordSink,
  firstFrame: number,
): ReadonlyMap<number, { name: boolean; file: boolean }> {
  const { strings, frames } = sink.columns;
  const { functionName, file } = frames.data;
  const seenNames = new Uint8Array(strings.values.length);
  const seenFiles = new Uint8Array(strings.values.length);
  seenNames[0] = seenFiles[0] = 1;
  const telling = new Map<number, { name: boolean; file: boolean }>();
  runsOf(sink.columns).eachOther(cursor, firstFrame, (row) => {
    const name = functionName[row] ?? 0;
    const path = file[row] ?? 0;
    const newName = seenNames[name] === 0;
    const newFile = seenFiles[path] === 0;
    if (!newName && !newFile) return;
    seenNames[name] = seenFiles[path] = 1;
    telling.set(row, { name: newName, file: newFile });
  });
  return telling;
}

/** Arguments are looked at in this many frames only: later ones are no different. */
const argumentFrames = 4096;

/** throw takes a string, panic an interface: since Go 1.17 both are printed in braces. */
function isFlatThrow(name: string): boolean {
  return name === 'runtime.throw' || name === 'panic';
}

/** 1: `{`, 2: `?`, 4: two plain words; 0 when the list is empty or is no list of words. */
function argumentMarks(bytes: Uint8Array): number {
  let marks = 0;
  let words = bytes.length > 0 ? 1 : 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 123) marks |= 1;
    else if (byte === 63) marks |= 2;
    else if (byte === 44) words++;
    else if (!((byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || byte === 120 || byte === 32 || byte === 46)) {
      if (byte !== 125 && byte !== 95) return 0;
    }
  }
  return marks === 0 && words === 2 && bytes[0] === 48 ? 4 : marks;
}

/** Hints of whole blocks: creators, elided frames, and frames with fp= under a header without gp=. */
function blockHints(cursor: LineCursor, sink: RecordSink, firstGoroutine: number): void {
  const { goroutines, frames, strings } = sink.columns;
  const { data } = goroutines;
  blockRunsOf(sink.columns).eachShape(sink, firstGoroutine, (row) => {
    const flags = data.flags[row] ?? 0;
    if ((flags & GoroutineFlag.hasHeader) === 0) return;
    const line = data.headerLine[row] ?? 0;
    if (flags & GoroutineFlag.elided) {
      if ((data.elidedCount[row] ?? 0) > 0) hintOnce(cursor, line, sink, 21, null, 'elided frames counted');
      else hintOnce(cursor, line, sink, null, 20, 'elided frames not counted');
    }
    const creator = data.createdBy[row] ?? -1;
    if (creator >= 0) {
      if ((data.createdIn[row] ?? 0n) !== 0n) hintOnce(cursor, line, sink, 21, null, 'creator named with its goroutine');
      else if (isPlainCreator(strings.at(frames.data.functionName[creator] ?? 0))) {
        hintOnce(cursor, line, sink, null, 20, 'creator named without its goroutine');
      }
    }
    const start = data.frameStart[row] ?? 0;
    if ((flags & GoroutineFlag.hasGp) === 0 && start < (data.frameEnd[row] ?? 0)) {
      if (((frames.data.flags[start] ?? 0) & FrameFlag.hasFp) !== 0) {
        hintOnce(cursor, line, sink, null, 21, 'frames with fp= under a header without gp=');
      }
    }
  });
}

/** Timers and the runtime's own goroutines never name their creator's goroutine. */
function isPlainCreator(name: string): boolean {
  return /^[\w./%-]+\.\S+$/.test(name) && !/^(?:time|runtime|internal\/)/.test(name);
}
