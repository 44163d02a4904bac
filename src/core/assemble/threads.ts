/** Threads: stacks on g0, stacks without a header, and those that a debugger printed. */
import type { SourceDocument } from '../model/document.ts';
import type { GoroutineTable } from '../model/goroutine.ts';
import { originRange } from '../model/origin.ts';
import type { TextFact } from '../model/record.ts';
import type { SourceRange } from '../model/source.ts';
import type { TableView } from '../model/tables.ts';
import { threadOfRows } from '../model/thread-frames.ts';
import type { RegisterSet, Thread } from '../model/thread.ts';
import type { Block } from './crash.ts';
import type { FactIndex, FactOf } from './fact-index.ts';
import { addListedThreads } from './listed-threads.ts';
import type { RowMap } from './row-map.ts';
import { registersOfStep } from './step-registers.ts';

/** What the stacks of one snapshot are made of. `goroutines` is the table of the whole case, in which facts name rows. */
export interface StackTables {
  view: TableView;
  frameRows: RowMap;
  goroutineRows: RowMap;
  goroutines: GoroutineTable;
}

/** Threads in printed order, and the blocks of a report, goroutines included. */
export function threadsOf(
  facts: FactIndex,
  tables: StackTables,
  registers: readonly RegisterSet[],
): { threads: Thread[]; blocks: Block[] } {
  const { view, frameRows, goroutineRows } = tables;
  const threads: Thread[] = [];
  const blocks: Block[] = [];
  for (const fact of facts.all) {
    if (fact.kind === 'goroutine') {
      if (fact.listed !== undefined) continue;
      const row = goroutineRows.to(fact.row);
      if (row >= 0) blocks.push({ kind: 'goroutine', row });
      else {
        blocks.push({ kind: 'thread', index: threads.length });
        threads.push(systemThread(fact.row, tables));
      }
    } else if (fact.kind === 'runtime-stack') {
      const start = frameRows.to(fact.frameStart);
      blocks.push({ kind: 'thread', index: threads.length });
      threads.push(
        threadOfRows(view, start, start + fact.frameEnd - fact.frameStart, {
          name: fact.header ? 'runtime stack' : 'frames without a header',
          kind: 'runtime-stack',
          source: fact.source,
        }),
      );
    } else if (isShownStack(fact)) threads.push(debuggerThread(fact, tables, registers));
  }
  addListedThreads(threads, facts.of('debugger-stack'), view.frames, (from, to, told) => {
    const start = frameRows.to(from);
    return threadOfRows(view, start, start + to - from, told);
  });
  nameApart(threads);
  return { threads, blocks };
}

function isShownStack(fact: TextFact): fact is FactOf<'debugger-stack'> {
  return fact.kind === 'debugger-stack' && fact.listed === undefined && fact.frameEnd > fact.frameStart;
}

function debuggerThread(
  fact: FactOf<'debugger-stack'>,
  { view, frameRows }: StackTables,
  registers: readonly RegisterSet[],
): Thread {
  const start = frameRows.to(fact.frameStart);
  const thread = threadOfRows(view, start, start + fact.frameEnd - fact.frameStart, {
    name: fact.thread ?? 'debugger stack',
    kind: 'debugger',
    step: fact.step,
    source: fact.source,
  });
  if (fact.thread !== undefined) thread.printedName = fact.thread;
  if (fact.tid !== undefined) thread.tid = fact.tid;
  const set = registersOfStep(registers, fact.step);
  if (set !== undefined) thread.registers = set;
  return thread;
}

/** Goroutine 0 in `row` of the case's table: the stack of a thread. */
function systemThread(row: number, { view, frameRows, goroutines }: StackTables): Thread {
  const from = goroutines.frameStart[row] ?? 0;
  const start = Math.max(0, frameRows.to(from));
  const m = goroutines.m[row] ?? -1;
  const thread = threadOfRows(view, start, start + (goroutines.frameEnd[row] ?? 0) - from, {
    name: m >= 0 ? `goroutine 0 (m=${m.toString()})` : 'goroutine 0',
    kind: 'goroutine-0',
    source: headerSource(row, goroutines, view.documents),
  });
  if (m >= 0) thread.m = m;
  return thread;
}

function headerSource(row: number, goroutines: GoroutineTable, documents: readonly SourceDocument[]): SourceRange {
  const document = goroutines.document[row] ?? 0;
  const text = documents[document]?.text;
  if (text === undefined) return { document, start: 0, end: 0 };
  const line = goroutines.headerLine[row] ?? 0;
  const end = text.lineStarts[line + 1] ?? text.lineStarts.at(-1) ?? 0;
  return originRange(text.origin, document, text.lineStarts[line] ?? 0, end);
}

/** Names tell threads apart: later ones of a name are numbered. */
function nameApart(threads: readonly Thread[]): void {
  const seen = new Map<string, number>();
  for (const thread of threads) {
    const count = (seen.get(thread.name) ?? 0) + 1;
    seen.set(thread.name, count);
    if (count > 1) thread.name = `${thread.name} #${count.toString()}`;
  }
}
