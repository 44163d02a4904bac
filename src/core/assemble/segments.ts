/**
 * One document can hold several crashes: a log, a post with excerpts, a crash loop. Its facts are cut where a new report
 * begins, so that what belongs to different processes never mixes.
 */
import { LineClass } from '../model/line-class.ts';
import type { TextFact, TextRecords } from '../model/record.ts';

export interface Segment {
  document: number;
  /** Unwrapped lines [firstLine, endLine). */
  firstLine: number;
  endLine: number;
  facts: TextFact[];
}

/** Signals that a dying process relays to its threads: no new crash when they follow at once. */
const relayed = new Set(['SIGQUIT', 'SIGABRT']);
/** Lines between a block and a relayed signal of the same process. */
const relayGap = 6;
/** Lines between a second reason and the runtime's word that it panicked while panicking. */
const againGap = 2;

function opensReport(fact: TextFact): boolean {
  if (fact.kind !== 'event') return false;
  switch (fact.event.kind) {
    case 'panic':
      return fact.event.nested !== true;
    case 'fatal-error':
    case 'throw':
    case 'signal':
    case 'exception':
      return true;
    case 'runtime-message':
    case 'race':
    case 'stop':
    case 'watchpoint':
    case 'log':
      return false;
  }
}

function isBlock(fact: TextFact): boolean {
  return (fact.kind === 'goroutine' && fact.listed === undefined) || fact.kind === 'runtime-stack';
}

/** runtime/panic.go startpanic_m: the runtime crashed again while it printed; the report that it was printing goes on. */
function isPanicDuringPanic(facts: readonly TextFact[], index: number): boolean {
  const at = facts[index]?.textLine ?? 0;
  for (let next = index + 1; next < facts.length; next++) {
    const fact = facts[next];
    if (fact === undefined || fact.textLine - at > againGap || isBlock(fact)) return false;
    if (fact.kind === 'event' && fact.event.kind === 'runtime-message' && fact.event.category === 'runtime-internal') return true;
  }
  return false;
}

/** Frames right behind a complaint whose place they tell: no report begins there. */
function belongsToComplaint(before: TextFact | undefined, block: TextFact): boolean {
  if (before?.kind !== 'complaint' || block.textLine - before.textLine > againGap) return false;
  return before.complaint.kind === 'runtime-state' && before.complaint.framesFollow === true;
}

/** `unexpected fault address`: printed before the reason that it belongs to (runtime/signal_unix.go sigpanic). */
function isForeword(fact: TextFact): boolean {
  return fact.kind === 'event' && fact.event.kind === 'runtime-message' && fact.event.address !== undefined;
}

/** Whether the complaint at `index` leads to a reason before any stack block: then it opens a report. */
function complaintOpens(facts: readonly TextFact[], index: number): boolean {
  for (let next = index + 1; next < facts.length; next++) {
    const fact = facts[next];
    if (fact === undefined || isBlock(fact) || fact.kind === 'command') return false;
    if (opensReport(fact)) return true;
  }
  return false;
}

/** The last fact that speaks of a crash; what a form proves about process and spans comes in between. */
function lastTelling(facts: readonly TextFact[]): TextFact | undefined {
  return facts.findLast((fact) => fact.kind !== 'version-hint' && fact.kind !== 'process' && fact.kind !== 'span');
}

function proseBetween(records: TextRecords, from: number, to: number): boolean {
  for (let line = from; line < to; line++) if (records.lineClass[line] === LineClass.prose) return true;
  return false;
}

/** By line; those of one line stay as they were written. Facts that are in order are the list itself. */
function inOrder(facts: TextFact[]): TextFact[] {
  const isOrdered = facts.every((fact, index) => index === 0 || fact.textLine >= (facts[index - 1]?.textLine ?? 0));
  return isOrdered ? facts : [...facts].sort((a, b) => a.textLine - b.textLine);
}

export function segmentsOf(records: TextRecords, lines: number): Segment[] {
  // Sessions and listings report nothing: there is nothing to cut.
  if (!records.facts.some((fact) => fact.kind === 'complaint' || isBlock(fact)))
    return records.facts.length === 0
      ? []
      : [{ document: records.document, firstLine: 0, endLine: lines, facts: inOrder(records.facts) }];
  const facts = inOrder(records.facts);
  const segments: Segment[] = [];
  let current: Segment = { document: records.document, firstLine: 0, endLine: lines, facts: [] };
  let hasBlock = false;
  let hasReason = false;
  let separated = false;
  let lastLine = 0;
  const cut = (line: number): void => {
    // Facts of the same line (its span, what it proves) were written before it and go with it.
    const from = current.facts.findIndex((fact) => fact.textLine >= line);
    const facts = from < 0 ? [] : current.facts.splice(from);
    current.endLine = line;
    segments.push(current);
    current = { document: records.document, firstLine: line, endLine: lines, facts };
    hasBlock = false;
    hasReason = false;
    separated = false;
  };
  for (const [index, fact] of facts.entries()) {
    if (fact.kind === 'separator') separated = true;
    const relay =
      fact.kind === 'event' &&
      fact.event.kind === 'signal' &&
      hasReason &&
      (separated || (relayed.has(fact.event.signal?.name ?? '') && fact.textLine - lastLine <= relayGap));
    if (hasBlock && !relay && !separated) {
      if (
        (opensReport(fact) && !isPanicDuringPanic(facts, index)) ||
        ((fact.kind === 'complaint' || isForeword(fact)) && complaintOpens(facts, index))
      )
        cut(fact.textLine);
    } else if (!hasBlock && !hasReason && fact.kind === 'complaint') {
      // Messages quoted in prose before the report they speak of: each stands for itself.
      const before = lastTelling(current.facts);
      if (before?.kind === 'complaint' && proseBetween(records, before.textLine + 1, fact.textLine)) cut(fact.textLine);
    }
    const placesComplaint = isBlock(fact) && !hasReason && belongsToComplaint(lastTelling(current.facts), fact);
    current.facts.push(fact);
    if (isBlock(fact) && !placesComplaint) {
      hasBlock = true;
      separated = false;
    }
    if (opensReport(fact)) hasReason = true;
    lastLine = fact.textLine;
  }
  segments.push(current);
  return segments.filter((segment) => segment.facts.length > 0);
}
