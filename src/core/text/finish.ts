/** What can be said only when the whole document was read: blank lines, owners of stacks, details of reasons, hints of names. */
import { FrameFlag } from '../model/goroutine.ts';
import { LineClass } from '../model/line-class.ts';
import type { Stack } from '../model/memory.ts';
import type { TextFact } from '../model/record.ts';
import type { LineCursor } from './cursor.ts';
import type { RecordSink } from './reader.ts';
import { withDetail } from './reasons/detail.ts';
import { completeness } from './around/completeness.ts';
import { nameHints } from './versions/name-hints.ts';

export function finish(cursor: LineCursor, sink: RecordSink, firstFrame: number, firstGoroutine: number): void {
  giveBlanks(sink.lineClass);
  let searches = 0;
  let first: TextFact | undefined;
  for (const fact of sink.facts) {
    if (first === undefined && (fact.kind === 'goroutine' || fact.kind === 'runtime-stack')) first = fact;
    // Nearly all are.
    if (fact.kind === 'goroutine') continue;
    if (fact.kind === 'event') withDetail(fact.event);
    else if (fact.kind === 'stack-bounds' && fact.stack.owner === '' && ++searches <= mostSearches)
      ownStack(fact.stack, sink, firstGoroutine);
  }
  nameHints(cursor, sink, firstFrame, firstGoroutine);
  completeness(cursor, sink, first);
}

/** A blank run is recognised when a line beside it is, prose otherwise. */
function giveBlanks(lineClass: Uint8Array): void {
  for (let at = lineClass.indexOf(LineClass.blank); at >= 0; at = lineClass.indexOf(LineClass.blank, at)) {
    let end = at;
    while (end < lineClass.length && lineClass[end] === LineClass.blank) end++;
    const beside =
      (at > 0 && lineClass[at - 1] !== LineClass.prose) || (end < lineClass.length && lineClass[end] !== LineClass.prose);
    lineClass.fill(beside ? LineClass.recognised : LineClass.prose, at, end);
    at = end;
  }
}

/** Printed stack bounds that named no goroutine belong to the one whose frames lie in them. */
function ownStack(stack: Stack, sink: RecordSink, firstGoroutine: number): void {
  const { goroutines, frames } = sink.columns;
  for (let row = firstGoroutine; row < goroutines.length; row++) {
    const frame = firstPlaced(sink, goroutines.data.frameStart[row] ?? 0, goroutines.data.frameEnd[row] ?? 0);
    const sp = frame < 0 ? 0n : (frames.data.sp[frame] ?? 0n);
    if (sp < stack.start || sp >= stack.end) continue;
    stack.owner = (goroutines.data.id[row] ?? 0n).toString();
    return;
  }
}

/** A dump prints one or two bounds without an owner; each search goes over all goroutines. */
const mostSearches = 64;

/** First frame in [start, end) whose sp was printed, or -1. */
function firstPlaced(sink: RecordSink, start: number, end: number): number {
  const { flags } = sink.columns.frames.data;
  for (let row = start; row < end; row++) if (((flags[row] ?? 0) & FrameFlag.hasSp) !== 0) return row;
  return -1;
}
