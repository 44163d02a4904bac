/**
 * The frames of one stack, with all that the runtime prints among them: inlined frames, `created by`, elided frames,
 * unwinder complaints, C functions, and what pasting did to them (lost function lines, lost tabs, glued lines).
 */
import { FrameFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import { ascii, skipSpace, startsWith, trimEnd } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { readDecimal, type Halves } from '../decimal.ts';
import type { RecordSink } from '../reader.ts';
import { emptyCall, looksLikeName, readCall } from '../frames/call.ts';
import { unglue } from '../frames/glued.ts';
import { inferFunction } from '../frames/infer.ts';
import { readLocation } from '../frames/location.ts';
import { runsOf } from '../frames/runs.ts';
import { writerOf } from '../frames/writer.ts';
import { classify } from '../around/lookalike.ts';
import { endsBlock, readInterruption } from './interruption.ts';
import { beginsAsHeader } from './header.ts';
import {
  bareFunction,
  call,
  continuesAt,
  createdMark,
  cutCall,
  cutLocation,
  foreignLines,
  hasLocation,
  isOrphanLocation,
  location,
  nonGoMark,
  partOneLine,
} from './stack-lines.ts';

export type StackKind = 'goroutine' | 'runtime-stack' | 'ancestor' | 'orphan';

/** What was read of a stack; rows count in the FrameColumns. */
export interface StackBlock {
  kind: StackKind;
  frameStart: number;
  frameEnd: number;
  createdBy: number;
  /** `in goroutine N`; 0 = not printed. */
  createdIn: Halves;
  elided: boolean;
  elidedCount: number;
  elidedAfter: number;
  /** Line past the last of the block. */
  next: number;
}

const inGoroutineMark = ascii(' in goroutine ');
const otherThreadMark = ascii('goroutine running on other thread');
const slash = 47;
const atPcMark = ascii('non-Go function at pc=0x');

// Scratch: filled and used within one step, never across calls.
const tail = emptyCall();

/**
 * Reads frames from line `from` on, until a blank line or a line that belongs to something else. `start` is the stack's first row,
 * where some of its frames were read before.
 */
export function readStack(
  cursor: LineCursor,
  from: number,
  sink: RecordSink,
  kind: StackKind,
  start: number = sink.columns.frames.length,
): StackBlock {
  const writer = writerOf(sink.columns);
  const block: StackBlock = {
    kind,
    frameStart: start,
    frameEnd: start,
    createdBy: -1,
    createdIn: { high: 0, low: 0 },
    elided: false,
    elidedCount: 0,
    elidedAfter: 0,
    next: from,
  };
  let index = from;
  const take = (lines: number): void => {
    for (let i = 0; i < lines; i++) sink.lineClass[index + i] = LineClass.recognised;
    index += lines;
  };

  const runs = runsOf(sink.columns);
  while (index < cursor.count) {
    index += runs.read(cursor, index, sink);
    if (runs.creator >= 0) {
      block.frameEnd = block.createdBy = runs.creator;
      block.createdIn.high = runs.creatorId.high;
      block.createdIn.low = runs.creatorId.low;
      break;
    }
    if (index >= cursor.count) break;
    const lineStart = cursor.start(index);
    const lineEnd = cursor.end(index);
    const { bytes } = cursor;
    const first = skipSpace(bytes, lineStart, lineEnd);
    if (first === lineEnd) break;
    const byte = bytes[first];

    if (byte === 99 && startsWith(bytes, first, lineEnd, createdMark)) {
      take(readCreatedBy(cursor, index, sink, block));
      break;
    }
    if (byte === 46 && readElided(cursor, index, block, sink.columns.frames.length)) {
      take(1);
      continue;
    }
    if (byte === 103) {
      if (beginsAsHeader(bytes, lineStart, lineEnd)) break;
      if (startsWith(bytes, first, lineEnd, otherThreadMark)) {
        take(1);
        continue;
      }
    }
    if (readCall(bytes, lineStart, lineEnd, call)) {
      // A path before the parenthesis: the head of the name, and what stood before it, was lost.
      const named = bytes[call.nameStart] === slash ? undefined : call;
      if (hasLocation(cursor, index + 1)) {
        writer.add(cursor, index, named, location);
        sink.frames++;
        take(2);
        continue;
      }
      const unglued = index + 1 < cursor.count ? unglue(cursor, index + 1, location, tail) : 'no';
      if (unglued !== 'no') {
        writer.add(cursor, index, named, location);
        sink.frames++;
        take(1);
        take(addTail(cursor, index, sink, unglued));
        continue;
      }
      if (looksLikeName(bytes, call.nameStart, call.nameEnd, call.nameEnd - call.nameStart !== 5)) {
        const foreign = foreignLines(cursor, index + 1);
        writer.add(cursor, index, call, foreign > 0 ? location : undefined);
        take(1);
        if (foreign === 0) continue;
        sink.frames++;
        for (let line = 0; line < foreign; line++) classify(cursor, index++, sink);
        take(1);
        continue;
      }
    } else if (readLocation(bytes, lineStart, lineEnd, location) && isOrphanLocation(bytes)) {
      if (partOneLine(bytes)) {
        writer.add(cursor, index, call, location);
        sink.frames++;
      } else inferFunction(sink.columns, writer.add(cursor, index, undefined, location), start, kind);
      take(1);
      continue;
    }
    if (first > lineStart || byte === slash) {
      const unglued = unglue(cursor, index, location, tail);
      if (unglued !== 'no') {
        inferFunction(sink.columns, writer.add(cursor, index, undefined, location), start, kind);
        take(addTail(cursor, index, sink, unglued));
        continue;
      }
    }
    if (startsWith(bytes, first, lineEnd, atPcMark) && readLocation(bytes, first + nonGoMark.length + 4, lineEnd, location)) {
      call.nameStart = first;
      call.nameEnd = first + nonGoMark.length;
      call.argumentStart = call.argumentEnd = lineEnd;
      call.hidden = false;
      writer.add(cursor, index, call, location);
      take(1);
      continue;
    }
    if (bareFunction(cursor, index, first, lineEnd)) {
      readLocation(bytes, cursor.start(index + 1), cursor.end(index + 1), location);
      call.nameStart = first;
      call.nameEnd = trimEnd(bytes, first, lineEnd);
      call.argumentStart = call.argumentEnd = call.nameEnd;
      call.hidden = false;
      writer.add(cursor, index, call, location);
      take(2);
      continue;
    }
    const interrupted = readInterruption(cursor, index, sink);
    if (interrupted > 0) {
      index += interrupted;
      continue;
    }
    if (cutCall(cursor, index, first, lineEnd)) {
      writer.add(cursor, index, call, undefined);
      take(1);
      continue;
    }
    if (cutLocation(cursor, index, first, lineEnd)) {
      take(1);
      continue;
    }
    if (endsBlock(bytes, lineStart, lineEnd) || !continuesAt(cursor, index + 1)) break;
    // A line of someone else between two lines of the block.
    classify(cursor, index, sink);
    index++;
  }
  if (block.createdBy < 0) block.frameEnd = sink.columns.frames.length;
  block.next = index;
  return block;
}

/**
 * The rest of a glued line is a function line, whole or without its head: adds it with the location below, if there is
 * one. Returns the lines that this took.
 */
function addTail(cursor: LineCursor, index: number, sink: RecordSink, unglued: 'whole' | 'headless'): number {
  const located = hasLocation(cursor, index + 1);
  writerOf(sink.columns).add(cursor, index, unglued === 'whole' ? tail : undefined, located ? location : undefined);
  return located ? 2 : 1;
}

function readElided(cursor: LineCursor, index: number, block: StackBlock, frames: number): boolean {
  const match = /^\s*\.\.\.(?:additional|(\d{1,15})) frames elided\.\.\.\s*$/.exec(cursor.line(index));
  if (match === null) return false;
  block.elided = true;
  block.elidedCount = match[1] === undefined ? 0 : Math.min(Number(match[1]), 0xffff_ffff);
  block.elidedAfter = frames - block.frameStart;
  return true;
}

/** `created by F[ in goroutine N]` and its location; returns the lines read. */
function readCreatedBy(cursor: LineCursor, index: number, sink: RecordSink, block: StackBlock): number {
  const { bytes } = cursor;
  const start = skipSpace(bytes, cursor.start(index), cursor.end(index));
  const past = trimEnd(bytes, start, cursor.end(index));
  let nameEnd = past;
  let at = past;
  while (at > start && bytes[at - 1] !== 32) at--;
  // ` in goroutine N` is fifteen bytes and a number before the end.
  if (startsWith(bytes, at - inGoroutineMark.length, past, inGoroutineMark)) {
    if (readDecimal(bytes, at, past, block.createdIn)) nameEnd = at - inGoroutineMark.length;
  }
  block.frameEnd = sink.columns.frames.length;
  call.nameStart = start + createdMark.length;
  call.nameEnd = nameEnd;
  call.argumentStart = call.argumentEnd = nameEnd;
  call.hidden = false;
  const located = hasLocation(cursor, index + 1);
  block.createdBy = writerOf(sink.columns).add(cursor, index, call, located ? location : undefined, FrameFlag.createdBy);
  if (located) sink.createdBy++;
  return located ? 2 : 1;
}
