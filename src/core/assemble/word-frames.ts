/** Puts frames that the words alone prove into the tables, as a thread of their own, where the case prints no stack at all. */
import type { Architecture } from '../arch/index.ts';
import type { StringTable } from '../model/columns.ts';
import { FrameFlag, type FrameTable } from '../model/goroutine.ts';
import { wordIndex, wordSource } from '../model/memory-lookup.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { frameAt, type TableView } from '../model/tables.ts';
import type { Thread } from '../model/thread.ts';
import { framesFromWords, type WordFrame } from '../unwind/index.ts';

function grown<T extends { length: number; set(from: T): void }>(make: (length: number) => T, column: T, by: number): T {
  const wider = make(column.length + by);
  wider.set(column);
  return wider;
}

function widen(table: FrameTable, by: number): FrameTable {
  const words = (column: Uint32Array) => grown((length) => new Uint32Array(length), column, by);
  const longs = (column: BigUint64Array) => grown((length) => new BigUint64Array(length), column, by);
  return {
    length: table.length + by,
    functionName: words(table.functionName),
    file: words(table.file),
    line: words(table.line),
    entryOffset: words(table.entryOffset),
    pc: longs(table.pc),
    sp: longs(table.sp),
    fp: longs(table.fp),
    flags: grown((length) => new Uint8Array(length), table.flags, by),
    argumentStart: words(table.argumentStart),
    argumentEnd: words(table.argumentEnd),
    textLine: words(table.textLine),
    document: grown((length) => new Uint16Array(length), table.document, by),
  };
}

function write(table: FrameTable, row: number, frame: WordFrame, name: number, document: number, textLine: number): void {
  table.functionName[row] = name;
  table.sp[row] = frame.sp;
  table.flags[row] = FrameFlag.hasSp | FrameFlag.placed | FrameFlag.functionInferred;
  if (frame.pc !== undefined) {
    table.pc[row] = frame.pc;
    table.flags[row] = (table.flags[row] ?? 0) | FrameFlag.hasPc;
  }
  if (frame.fp !== undefined) {
    table.fp[row] = frame.fp;
    table.flags[row] = (table.flags[row] ?? 0) | FrameFlag.hasFp;
  }
  table.document[row] = document;
  table.textLine[row] = textLine;
}

/** `textLine`: where the words were printed, in the unwrapped text. Leaves the snapshot as it is when any stack was printed. */
export function addWordFrames(
  snapshot: Snapshot,
  arch: Architecture,
  strings: StringTable,
  documents: TableView['documents'],
  textLine: number,
): void {
  const { memory } = snapshot;
  if (snapshot.threads.length > 0 || snapshot.goroutines.length > 0 || memory.addresses.length === 0) return;
  // A copy: what is known of the address space changes with the frames, and is kept per snapshot.
  const found = framesFromWords({ ...snapshot }, arch);
  if (found === undefined) return;
  const first = snapshot.frames.length;
  snapshot.frames = widen(snapshot.frames, found.frames.length);
  const view: TableView = { strings: snapshot.strings, frames: snapshot.frames, goroutines: snapshot.goroutines, documents };
  const start = memory.sourceDocument[0] ?? 0;
  const thread: Thread = {
    name: found.foundBy === 'frame-pointers' ? 'frames found by frame pointers' : 'frames found by return addresses',
    kind: 'debugger',
    frames: [],
    foundBy: found.foundBy,
    source: wordSource(memory, 0),
  };
  for (const [index, frame] of found.frames.entries()) {
    write(snapshot.frames, first + index, frame, strings.intern(frame.function), start, textLine);
    const one = frameAt(view, first + index);
    const word = frame.slot === undefined ? -1 : wordIndex(memory, frame.slot);
    thread.frames.push(word < 0 ? one : { ...one, source: wordSource(memory, word) });
  }
  snapshot.threads.push(thread);
}
