/**
 * The same crash more than once: a crash loop in a container's log, or one dump printed by the process and again by its
 * supervisor. The first of them stands for all; the others are counted, not shown.
 */
import { textBytes } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import { FrameFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { CrashRepeats } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';
import { printedTime } from './printed-time.ts';

export interface CrashGroup {
  facts: TextFact[];
  /** Absent when the crash occurred once. */
  repeats?: CrashRepeats;
}

/** Frames of the crashing stack that tell crashes apart. */
const framesCounted = 24;
/** Facts looked at for addresses: enough to tell a reprint from a second run. */
const placesCounted = 400;
/** Lower values are counts and flags, not addresses of one run. */
const lowestAddress = 0x10000n;
/** A supervisor prints what its child said within this time; a restart takes longer. Milliseconds. */
const reprintWithin = 900;

interface Tables {
  frames: FrameTable;
  goroutines: GoroutineTable;
}

/** Groups of one crash each become one, with the number of occurrences and the times printed beside them. */
export function foldRepeats(
  groups: readonly TextFact[][],
  tables: Tables,
  columns: CaseColumns,
  documents: readonly SourceDocument[],
): CrashGroup[] {
  const folded: { group: CrashGroup; occurrences: TextFact[][] }[] = [];
  const known = new Map<string, (typeof folded)[number]>();
  for (const facts of groups) {
    const signature = groups.length === 1 ? undefined : signatureOf(facts, tables, columns);
    const same = signature === undefined ? undefined : known.get(signature);
    if (same !== undefined && mayFold(same.occurrences[0] ?? [], facts, tables, documents)) {
      same.occurrences.push(facts);
      continue;
    }
    const one = { group: { facts }, occurrences: [facts] };
    folded.push(one);
    if (signature !== undefined) known.set(signature, one);
  }
  return folded.map(({ group, occurrences }) => {
    if (occurrences.length === 1) return group;
    const repeats = repeatsOf(occurrences, tables, documents);
    return repeats === undefined ? { facts: longest(occurrences) } : { ...group, repeats };
  });
}

function hasDebugger(facts: readonly TextFact[]): boolean {
  return facts.some((fact) => fact.kind === 'command' || fact.kind === 'debugger-stack');
}

/** A session speaks of one run: a crash beside it is the same only if every address is. */
function mayFold(
  one: readonly TextFact[],
  two: readonly TextFact[],
  tables: Tables,
  documents: readonly SourceDocument[],
): boolean {
  return !(hasDebugger(one) || hasDebugger(two)) || sameRun(one, two, tables, documents);
}

/** undefined: one crash that was printed twice. */
function repeatsOf(
  occurrences: readonly TextFact[][],
  tables: Tables,
  documents: readonly SourceDocument[],
): CrashRepeats | undefined {
  const times = occurrences.map((facts) => {
    const source = reasonSource(facts);
    return source === undefined ? undefined : printedTime(documents[source.document], source.start);
  });
  const printed = times.filter((time) => time !== undefined);
  const [one, two] = occurrences;
  if (
    occurrences.length === 2 &&
    one !== undefined &&
    two !== undefined &&
    together(printed) &&
    sameRun(one, two, tables, documents)
  )
    return undefined;
  const repeats: CrashRepeats = { count: occurrences.length };
  const ordered = printed.every((time) => !Number.isNaN(Date.parse(time)))
    ? [...printed].sort((a, b) => Date.parse(a) - Date.parse(b))
    : printed;
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first !== undefined && last !== undefined) {
    repeats.first = first;
    repeats.last = last;
  }
  return repeats;
}

/** Nothing printed speaks of time passing between them. */
function together(times: readonly string[]): boolean {
  const [first, last] = times;
  if (first === undefined || last === undefined || first === last) return true;
  return Math.abs(Date.parse(last) - Date.parse(first)) < reprintWithin;
}

function longest(occurrences: readonly TextFact[][]): TextFact[] {
  return occurrences.reduce((best, facts) => (facts.length > best.length ? facts : best), occurrences[0] ?? []);
}

function isReason(fact: TextFact): fact is Extract<TextFact, { kind: 'event' }> {
  return (
    fact.kind === 'event' &&
    (fact.event.kind === 'panic' ||
      fact.event.kind === 'fatal-error' ||
      fact.event.kind === 'throw' ||
      fact.event.kind === 'signal' ||
      fact.event.kind === 'exception')
  );
}

function reasonSource(facts: readonly TextFact[]): SourceRange | undefined {
  return facts.find(isReason)?.event.source;
}

/** Reason and crashing stack without what changes from run to run; undefined where there is not both. */
function signatureOf(facts: readonly TextFact[], tables: Tables, columns: CaseColumns): string | undefined {
  const reasons: string[] = [];
  const stacks: string[] = [];
  for (const fact of facts) {
    if (isReason(fact) && stacks.length === 0) {
      const { kind, category, text } = fact.event;
      reasons.push(`${kind} ${category ?? ''} ${withoutNumbers(text)}`);
    } else if (fact.kind === 'goroutine') {
      stacks.push(stackOf(tables.goroutines.frameStart[fact.row] ?? 0, tables.goroutines.frameEnd[fact.row] ?? 0));
      break;
    } else if (fact.kind === 'runtime-stack' && stacks.length === 0) stacks.push(stackOf(fact.frameStart, fact.frameEnd));
  }
  if (reasons.length === 0 || stacks.length === 0) return undefined;
  return [...reasons, ...stacks].join('\n');

  function stackOf(start: number, end: number): string {
    const { frames } = tables;
    const names: string[] = [];
    for (let row = start; row < Math.min(end, start + framesCounted); row++) {
      const line = (frames.line[row] ?? 0).toString();
      names.push(`${columns.strings.at(frames.functionName[row] ?? 0)}:${line}`);
    }
    return names.join(' ');
  }
}

function withoutNumbers(text: string): string {
  return text.slice(0, 300).replace(/0x[0-9a-f]+|\d+/g, '#');
}

/** Whether every address of both is the same, and there are some. */
function sameRun(
  one: readonly TextFact[],
  two: readonly TextFact[],
  tables: Tables,
  documents: readonly SourceDocument[],
): boolean {
  const first = placesOf(one, tables, documents);
  const second = placesOf(two, tables, documents);
  const shared = Math.min(first.length, second.length);
  return shared > 0 && first.slice(0, shared).every((place, index) => place === second[index]);
}

const decoder = new TextDecoder();
const word = /0x[0-9a-f]{5,16}/g;

/** Stack places of the printed frames, and the addresses among their arguments. */
function placesOf(facts: readonly TextFact[], { frames, goroutines }: Tables, documents: readonly SourceDocument[]): bigint[] {
  const places: bigint[] = [];
  const range = (start: number, end: number): void => {
    for (let row = start; row < end && places.length < placesCounted; row++) {
      if (((frames.flags[row] ?? 0) & FrameFlag.hasSp) !== 0) places.push(frames.sp[row] ?? 0n, frames.pc[row] ?? 0n);
      const document = documents[frames.document[row] ?? 0];
      if (document === undefined) continue;
      const listed = decoder.decode(textBytes(document, frames.argumentStart[row] ?? 0, frames.argumentEnd[row] ?? 0));
      for (const [value] of listed.matchAll(word)) places.push(BigInt(value));
    }
  };
  for (const fact of facts) {
    if (places.length >= placesCounted) break;
    if (fact.kind === 'goroutine') range(goroutines.frameStart[fact.row] ?? 0, goroutines.frameEnd[fact.row] ?? 0);
    else if (fact.kind === 'runtime-stack') range(fact.frameStart, fact.frameEnd);
  }
  return places.filter((place) => place >= lowestAddress);
}
