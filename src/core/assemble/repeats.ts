/**
 * The same crash more than once: a crash loop in a container's log, or one dump printed by the process and again by its
 * supervisor. The first of them stands for all; the others are counted, not shown.
 */
import { addressOfHalves } from '../model/address.ts';
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
  const folded: { group: CrashGroup; occurrences: TextFact[][]; first: FirstOccurrence }[] = [];
  const known = new Map<string, (typeof folded)[number]>();
  for (const facts of groups) {
    const signature = groups.length === 1 ? undefined : signatureOf(facts, tables, columns);
    const same = signature === undefined ? undefined : known.get(signature);
    if (same?.first.mayFold(facts) === true) {
      same.occurrences.push(facts);
      continue;
    }
    const one = { group: { facts }, occurrences: [facts], first: new FirstOccurrence(facts, tables, documents) };
    folded.push(one);
    if (signature !== undefined) known.set(signature, one);
  }
  return folded.map(({ group, occurrences, first }) => {
    if (occurrences.length === 1) return group;
    const repeats = repeatsOf(occurrences, first, documents);
    return repeats === undefined ? { facts: longest(occurrences) } : { ...group, repeats };
  });
}

function hasDebugger(facts: readonly TextFact[]): boolean {
  return facts.some((fact) => fact.kind === 'command' || fact.kind === 'debugger-stack');
}

/** The crash that later ones are compared with: what they are compared by is worked out once. */
class FirstOccurrence {
  readonly #facts: readonly TextFact[];
  readonly #tables: Tables;
  readonly #documents: readonly SourceDocument[];
  #hasDebugger: boolean | undefined;
  #places: bigint[] | undefined;

  constructor(facts: readonly TextFact[], tables: Tables, documents: readonly SourceDocument[]) {
    this.#facts = facts;
    this.#tables = tables;
    this.#documents = documents;
  }

  /** A session speaks of one run: a crash beside it is the same only if every address is. */
  mayFold(other: readonly TextFact[]): boolean {
    this.#hasDebugger ??= hasDebugger(this.#facts);
    return !(this.#hasDebugger || hasDebugger(other)) || this.isRunOf(other);
  }

  /** Whether every address of both is the same, and there are some. */
  isRunOf(other: readonly TextFact[]): boolean {
    const first = (this.#places ??= placesOf(this.#facts, this.#tables, this.#documents));
    const second = placesOf(other, this.#tables, this.#documents);
    const shared = Math.min(first.length, second.length);
    return shared > 0 && first.slice(0, shared).every((place, index) => place === second[index]);
  }
}

/** undefined: one crash that was printed twice. */
function repeatsOf(
  occurrences: readonly TextFact[][],
  first: FirstOccurrence,
  documents: readonly SourceDocument[],
): CrashRepeats | undefined {
  const times = occurrences.map((facts) => {
    const source = reasonSource(facts);
    return source === undefined ? undefined : printedTime(documents[source.document], source.start);
  });
  const printed = times.filter((time) => time !== undefined);
  const [, second] = occurrences;
  if (occurrences.length === 2 && second !== undefined && together(printed) && first.isRunOf(second)) return undefined;
  const repeats: CrashRepeats = { count: occurrences.length };
  const ordered = printed.every((time) => !Number.isNaN(Date.parse(time)))
    ? [...printed].sort((a, b) => Date.parse(a) - Date.parse(b))
    : printed;
  const [earliest] = ordered;
  const latest = ordered.at(-1);
  if (earliest !== undefined && latest !== undefined) {
    repeats.first = earliest;
    repeats.last = latest;
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

const zero = 48;
const smallX = 120;
const fewestDigits = 5;
const mostDigits = 16;

/** Value of a digit as the runtime prints addresses, in small letters; -1 for other bytes. */
function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  return byte >= 97 && byte <= 102 ? byte - 87 : -1;
}

/** Adds the addresses in `bytes`, `0x` and five digits or more. */
function addAddresses(bytes: Uint8Array, places: bigint[]): void {
  for (let at = 0; at + fewestDigits + 1 < bytes.length; at++) {
    if (bytes[at] !== zero || bytes[at + 1] !== smallX) continue;
    const start = at + 2;
    const end = Math.min(bytes.length, start + mostDigits);
    let high = 0;
    let low = 0;
    let past = start;
    for (; past < end; past++) {
      const digit = digitOf(bytes[past] ?? 0);
      if (digit < 0) break;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    if (past - start < fewestDigits) continue;
    places.push(addressOfHalves(high >>> 0, low >>> 0));
    at = past - 1;
  }
}

/** Stack places of the printed frames, and the addresses among their arguments. */
function placesOf(facts: readonly TextFact[], { frames, goroutines }: Tables, documents: readonly SourceDocument[]): bigint[] {
  const places: bigint[] = [];
  const range = (start: number, end: number): void => {
    for (let row = start; row < end && places.length < placesCounted; row++) {
      if (((frames.flags[row] ?? 0) & FrameFlag.hasSp) !== 0) places.push(frames.sp[row] ?? 0n, frames.pc[row] ?? 0n);
      const document = documents[frames.document[row] ?? 0];
      if (document === undefined) continue;
      addAddresses(textBytes(document, frames.argumentStart[row] ?? 0, frames.argumentEnd[row] ?? 0), places);
    }
  };
  for (const fact of facts) {
    if (places.length >= placesCounted) break;
    if (fact.kind === 'goroutine') range(goroutines.frameStart[fact.row] ?? 0, goroutines.frameEnd[fact.row] ?? 0);
    else if (fact.kind === 'runtime-stack') range(fact.frameStart, fact.frameEnd);
  }
  return places.filter((place) => place >= lowestAddress);
}
