/**
 * Which segments speak of one process. Debugger output, mappings and words join the report beside them unless they contradict it: then
 * they are another run or another build, and the contradiction is kept. Two reports never join.
 */
import type { Mismatch } from '../model/mismatch.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import { RunMarks, type MarkTables } from './run-marks.ts';
import type { Segment } from './segments.ts';

export interface JoinedFacts {
  /** Facts of each process, the first report first. */
  groups: TextFact[][];
  /** Why a group (of `groups`) is not part of the process that it was given with. */
  mismatches: Map<readonly TextFact[], Mismatch>;
}

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

/** Lone messages quoted in prose stay apart from the report that they do not belong to. */
function onlyComplains(facts: readonly TextFact[]): boolean {
  return facts.every(
    (fact) => fact.kind === 'complaint' || fact.kind === 'version-hint' || fact.kind === 'process' || fact.kind === 'span',
  );
}

interface Group {
  facts: TextFact[];
  /** The list is still the segment's own: copied before anything is added. */
  borrowed: boolean;
  marks?: RunMarks;
  mismatch?: Mismatch;
}

/** Groups that one segment is compared with; a log with more reports gives it to one of the first. */
const mostCompared = 64;

export function joinSegments(segments: readonly Segment[], tables: MarkTables, columns: CaseColumns): JoinedFacts {
  const reports: Group[] = [];
  const others: Segment[] = [];
  const byDocument = new Map<number, Group[]>();
  for (const segment of segments) {
    if (!isReport(segment)) {
      others.push(segment);
      continue;
    }
    const group: Group = { facts: segment.facts, borrowed: true };
    reports.push(group);
    const list = byDocument.get(segment.document);
    if (list === undefined) byDocument.set(segment.document, [group]);
    else list.push(group);
  }
  const loose: Group[] = [];
  const refused: Group[] = [];
  const marksOf = (facts: readonly TextFact[]): RunMarks => {
    const marks = new RunMarks(tables);
    marks.add(facts, columns);
    return marks;
  };
  /** The first of `candidates` that `other` does not contradict, else why the first of them is contradicted. */
  const fit = (candidates: readonly Group[], other: Group): { group?: Group; mismatch?: Mismatch } => {
    let mismatch: Mismatch | undefined;
    for (let index = 0; index < Math.min(candidates.length, mostCompared); index++) {
      const group = candidates[index];
      if (group === undefined) break;
      group.marks ??= marksOf(group.facts);
      other.marks ??= marksOf(other.facts);
      const found = group.marks.mismatch(other.marks);
      if (found === undefined) return { group };
      mismatch ??= found;
    }
    return mismatch === undefined ? {} : { mismatch };
  };
  const take = (group: Group, facts: readonly TextFact[]): void => {
    if (group.borrowed) group.facts = [...group.facts];
    group.borrowed = false;
    for (const fact of facts) group.facts.push(fact);
    group.marks?.add(facts, columns);
  };
  for (const { document, facts } of others) {
    if (reports.length > 0 && onlyComplains(facts)) {
      loose.push({ facts, borrowed: true });
      continue;
    }
    // Marks are made when there is something to compare with: one session alone needs none.
    const apart: Group = { facts, borrowed: true };
    const beside = fit(byDocument.get(document) ?? [], apart);
    // Without any report, what the documents hold of debugger output is one process unless it says otherwise.
    const chosen = beside.group === undefined ? fit(reports.length > 0 ? reports : loose, apart) : beside;
    // Output of a further process may come in pieces: those that agree are one.
    const group = chosen.group ?? fit(refused, apart).group;
    if (group !== undefined) {
      take(group, facts);
      continue;
    }
    const mismatch = beside.mismatch ?? chosen.mismatch;
    if (mismatch !== undefined) {
      apart.mismatch = mismatch;
      refused.push(apart);
    }
    loose.push(apart);
  }
  const all = [...reports, ...loose];
  const mismatches = new Map<readonly TextFact[], Mismatch>();
  for (const { facts, mismatch } of all) if (mismatch !== undefined) mismatches.set(facts, mismatch);
  return { groups: all.map((group) => group.facts), mismatches };
}
