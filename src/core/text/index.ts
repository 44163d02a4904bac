/** Reads one document: unwrapped text in, facts and columns out. Never throws; every line gets a class. */
import type { SourceDocument } from '../model/document.ts';
import { LineClass } from '../model/line-class.ts';
import type { CaseColumns, TextRecords } from '../model/record.ts';
import { LineCursor, type WindowSizes } from './cursor.ts';
import { readDelveSession } from './debugger/runs/delve-session.ts';
import { readLldbSession } from './debugger/runs/lldb-session.ts';
import { readSession } from './debugger/runs/session-runs.ts';
import { finish } from './finish.ts';
import { readBlocks } from './goroutines/block.ts';
import type { RecordSink } from './reader.ts';
import { fragments, readersOfLine } from './registry.ts';
import { readRuntimeLine } from './runtime-lines.ts';

/** Bytes between two reports of progress. */
export const progressEvery = 2 << 20;

const noLines = new Uint8Array(0);

/**
 * `sizes`: of the window on a text that is not in memory. `onProgress` is told how many bytes of the text were read. `closely`: every
 * line by itself, without the readers of runs (`RecordSink.closely`).
 */
export function readText(
  document: SourceDocument,
  columns: CaseColumns,
  sizes?: WindowSizes,
  onProgress?: (done: number) => void,
  closely = false,
): TextRecords {
  const cursor = new LineCursor(document, sizes);
  const sink: RecordSink = {
    columns,
    facts: [],
    lineClass: noLines,
    headers: 0,
    frames: 0,
    createdBy: 0,
    step: 0,
    command: '',
    speaker: '',
    closely,
  };
  // Given twice: the engine would take an array given once for constant, and compile its readers again when it is cut.
  sink.lineClass = new Uint8Array(Math.min(cursor.count, cursor.lineStarts.length));
  cursor.onWider = () => {
    if (sink.lineClass.length >= cursor.lineStarts.length) return;
    const wider = new Uint8Array(cursor.lineStarts.length);
    wider.set(sink.lineClass);
    sink.lineClass = wider;
  };
  const firstFrame = columns.frames.length;
  const firstGoroutine = columns.goroutines.length;
  let due = onProgress === undefined ? Infinity : progressEvery;
  let index = 0;
  while (index < cursor.count) {
    const at = cursor.lineStarts[index] ?? 0;
    if (at >= due) {
      onProgress?.(at);
      due = at + progressEvery;
    }
    cursor.pass(index);
    const lines = readRuns(cursor, index, sink) || readBlocks(cursor, index, sink);
    if (lines > 0) {
      index += lines;
      continue;
    }
    cursor.ahead(index);
    if (index >= cursor.count) break;
    if (cursor.isBlank(index)) {
      sink.lineClass[index++] = LineClass.blank;
      continue;
    }
    index += (closely ? 0 : readRuntimeLine(cursor, index, sink)) || readAt(cursor, index, sink);
  }
  sink.lineClass = sink.lineClass.subarray(0, cursor.count);
  finish(cursor, sink, firstFrame, firstGoroutine);
  const { facts, lineClass, headers, frames, createdBy } = sink;
  return { document: document.id, lineClass, facts, headers, frames, createdBy };
}

/** Lines of the hot forms of the debugger that speaks, from line `index` on; 0 when none does, or in another form. */
function readRuns(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (sink.closely === true) return 0;
  if (sink.speaker === 'gdb') return readSession(cursor, index, sink);
  if (sink.speaker === 'delve') return readDelveSession(cursor, index, sink);
  return sink.speaker === 'lldb' ? readLldbSession(cursor, index, sink) : 0;
}

/** Lines that the first fitting reader took; 1 when none did: the line stays prose. */
function readAt(cursor: LineCursor, index: number, sink: RecordSink): number {
  const end = cursor.end(index);
  const start = cursor.start(index);
  const asked = readersOfLine(cursor.bytes, start, end, sink.speaker ?? '');
  let held = -1;
  for (const { reader, needs } of asked) {
    if (needs !== 0) {
      // A reader may have let the window grow, but nothing in it has moved.
      if (held < 0) held = fragments.in(cursor.bytes, start, end);
      if ((held & needs) === 0) continue;
    }
    if (!reader.recognise(cursor, index, sink)) continue;
    const lines = reader.parse(cursor, index, sink);
    if (lines > 0) return lines;
  }
  return 1;
}
