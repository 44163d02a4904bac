/** Goroutines of the report: each with its frames, and grouped by equal stacks. */
import { GoroutineFlag } from '../model/goroutine.ts';
import { groupGoroutines } from '../model/grouping.ts';
import { goroutineWithoutFrames } from '../model/tables.ts';
import type * as contract from './contract.ts';
import { lineOf, reportRow, reportRows, type ReportContext } from './facts.ts';

/** Limits of the summary that keep work small: groups and ids named for each. `summary.ts` has the others. */
const summaryGroups = 200;
const summaryIds = 20;

interface Group {
  ids: string[];
  count: number;
  firstRow: number;
}

/** Rows that are goroutines of their own: not a second print of the same one, not the system goroutine 0. */
function goroutineRows(context: ReportContext): number[] {
  const { goroutines } = context.chosen.snapshot;
  const rows: number[] = [];
  for (let row = 0; row < goroutines.length; row++) {
    if (((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) === 0) rows.push(row);
  }
  return rows;
}

/** The same stack: functions and lines. A profile counts goroutines and names none. */
function groupsOf(context: ReportContext, rows: number[]): Group[] {
  const { id, flags } = context.chosen.snapshot.goroutines;
  return groupGoroutines(context.tables, rows, { sameness: 'lines' })
    .map((members): Group => {
      const named = members.filter((row) => ((flags[row] ?? 0) & GoroutineFlag.counted) === 0);
      const shown = context.summary ? named.slice(0, summaryIds) : named;
      return { ids: shown.map((row) => (id[row] ?? 0n).toString()), count: members.length, firstRow: members[0] ?? 0 };
    })
    .sort((a, b) => b.count - a.count || a.firstRow - b.firstRow);
}

/** A stack that several goroutines share has no addresses and no arguments; that of one keeps them. */
function sharedStack(context: ReportContext, group: Group): contract.Frame[] {
  const { goroutines } = context.chosen.snapshot;
  const start = goroutines.frameStart[group.firstRow] ?? 0;
  const end = goroutines.frameEnd[group.firstRow] ?? 0;
  const stack = reportRows(context, start, end);
  if (group.count === 1) return stack;
  for (const frame of stack) {
    delete frame.pc;
    delete frame.sp;
    delete frame.fp;
    delete frame.arguments;
    delete frame.framePointerSlot;
  }
  return stack;
}

function reportGoroutine(context: ReportContext, row: number): contract.Goroutine {
  const { frameStart, frameEnd, createdBy } = context.tables.goroutines;
  const goroutine = goroutineWithoutFrames(context.tables, row);
  const creator = createdBy[row] ?? -1;
  const result: contract.Goroutine = { id: goroutine.id, status: goroutine.status, frames: [] };
  if (goroutine.waitReason !== undefined && goroutine.waitReason !== '') result.waitReason = goroutine.waitReason;
  if (goroutine.minutes !== undefined) result.minutes = goroutine.minutes;
  if (goroutine.locked) result.locked = true;
  if (goroutine.labels !== undefined) result.labels = goroutine.labels;
  if (creator >= 0) result.createdBy = reportRow(context, creator);
  if (goroutine.createdIn !== undefined) result.createdIn = goroutine.createdIn;
  result.frames = reportRows(context, frameStart[row] ?? 0, frameEnd[row] ?? 0);
  return { ...result, ...lineOf(context, goroutine.source) };
}

/** All goroutines, one at a time. */
export function* goroutineItems(context: ReportContext): Generator<contract.Goroutine> {
  for (const row of goroutineRows(context)) yield reportGoroutine(context, row);
}

/** Without the list of all goroutines. */
export function reportGoroutines(context: ReportContext): Pick<contract.Report, 'goroutines' | 'stacks'> {
  const rows = goroutineRows(context);
  const groups = groupsOf(context, rows).slice(0, context.summary ? summaryGroups : undefined);
  const goroutines: contract.Report['goroutines'] = {
    count: rows.length,
    groups: groups.map(({ count, ids }, stack) => ({ count, ids, stack })),
  };
  return { goroutines, stacks: groups.map((group) => sharedStack(context, group)) };
}
