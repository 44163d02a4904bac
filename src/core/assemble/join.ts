/**
 * Which segments speak of one process. Debugger output, mappings and words join the report beside them unless the code
 * contradicts it: the same function at another entry is another build. Two reports never join.
 */
import { FrameFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { Segment } from './segments.ts';

function isReport(segment: Segment): boolean {
  return segment.facts.some(
    (fact) =>
      (fact.kind === 'goroutine' && fact.listed === undefined) ||
      fact.kind === 'runtime-stack' ||
      (fact.kind === 'event' &&
        (fact.event.kind === 'panic' ||
          fact.event.kind === 'fatal-error' ||
          fact.event.kind === 'throw' ||
          fact.event.kind === 'signal')),
  );
}

/** Entry address of every function that the facts place. */
function entriesOf(
  facts: readonly TextFact[],
  frames: FrameTable,
  goroutines: GoroutineTable,
  columns: CaseColumns,
): Map<string, bigint> {
  const entries = new Map<string, bigint>();
  const range = (start: number, end: number): void => {
    for (let row = start; row < end; row++) {
      const flags = frames.flags[row] ?? 0;
      if ((flags & FrameFlag.hasPc) === 0 || (flags & FrameFlag.hasEntryOffset) === 0 || (flags & FrameFlag.inlined) !== 0)
        continue;
      const name = columns.strings.at(frames.functionName[row] ?? 0);
      if (name !== '' && !entries.has(name)) entries.set(name, (frames.pc[row] ?? 0n) - BigInt(frames.entryOffset[row] ?? 0));
    }
  };
  for (const fact of facts) {
    if (fact.kind === 'goroutine') range(goroutines.frameStart[fact.row] ?? 0, goroutines.frameEnd[fact.row] ?? 0);
    else if (fact.kind === 'runtime-stack' || fact.kind === 'debugger-stack') range(fact.frameStart, fact.frameEnd);
    else if (fact.kind === 'symbol') entries.set(fact.symbol.name, fact.symbol.start);
  }
  return entries;
}

function contradict(a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>): boolean {
  let same = 0;
  let other = 0;
  for (const [name, entry] of b) {
    const known = a.get(name);
    if (known === undefined) continue;
    if (known === entry) same++;
    else other++;
  }
  return other > same;
}

/** Facts of each process, the first report first. */
export function joinSegments(
  segments: readonly Segment[],
  tables: { frames: FrameTable; goroutines: GoroutineTable },
  columns: CaseColumns,
): TextFact[][] {
  const entries = (facts: readonly TextFact[]) => entriesOf(facts, tables.frames, tables.goroutines, columns);
  const reports = segments.filter(isReport);
  const others = segments.filter((segment) => !reports.includes(segment));
  const groups: { segment: Segment; facts: TextFact[] }[] = reports.map((segment) => ({ segment, facts: segment.facts }));
  const loose: TextFact[][] = [];
  for (const other of others) {
    // Lone messages quoted in prose stay apart from the report that they do not belong to.
    const onlyComplaints = other.facts.every(
      (fact) => fact.kind === 'complaint' || fact.kind === 'version-hint' || fact.kind === 'process' || fact.kind === 'span',
    );
    const mine = entries(other.facts);
    const beside =
      groups.find((group) => group.segment.document === other.document && !contradict(entries(group.facts), mine)) ??
      groups.find((group) => !contradict(entries(group.facts), mine));
    if (beside === undefined || onlyComplaints) loose.push(other.facts);
    else beside.facts = [...beside.facts, ...other.facts];
  }
  if (groups.length > 0) return [...groups.map((group) => group.facts), ...loose];
  // No report at all: what the documents hold of debugger output is one process unless the code says otherwise.
  const merged: TextFact[][] = [];
  for (const facts of loose) {
    const mine = entries(facts);
    const target = merged.find((known) => !contradict(entries(known), mine));
    if (target === undefined) merged.push([...facts]);
    else target.push(...facts);
  }
  return merged;
}
