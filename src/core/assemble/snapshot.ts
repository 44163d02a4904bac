/** One segment's facts (and those merged into it) → one Snapshot. */
import { architectureOf } from '../arch/index.ts';
import { toAddress } from '../model/address.ts';
import { originRange } from '../model/origin.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { SourceDocument } from '../model/document.ts';
import type { CrashEvent } from '../model/event.ts';
import { FrameFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import type { Coverage, Crash, Snapshot } from '../model/snapshot.ts';
import type { Stack } from '../model/memory.ts';
import { framesBetween, type TableView } from '../model/tables.ts';
import type { RegisterSet, Thread } from '../model/thread.ts';
import { buildChains } from './chains.ts';
import { determineCrash, type Block } from './crash.ts';
import { buildMemory, type WordsFound } from './memory.ts';
import { matchDebuggerStacks } from './match.ts';
import { memoryOfSteps } from './memory-of-step.ts';
import { placeFrames } from './placement.ts';
import { spanOfStruct } from './printed-spans.ts';
import { processFacts } from './process.ts';
import { registersOfStep, shownRegister } from './step-registers.ts';
import { addListedThreads } from './listed-threads.ts';
import { addWordFrames } from './word-frames.ts';
import { placeFields } from './structs.ts';
import { markDuplicates, rowsOf } from './rows.ts';
import { cutFrames, cutGoroutines } from './tables.ts';

type FactOf<K extends TextFact['kind']> = Extract<TextFact, { kind: K }>;

function ofKind<K extends TextFact['kind']>(facts: readonly TextFact[], kind: K): FactOf<K>[] {
  return facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
}

/** Events with the signal line that follows them folded in. */
function eventsOf(facts: readonly TextFact[]): CrashEvent[] {
  const events: CrashEvent[] = [];
  for (const fact of facts) {
    if (fact.kind === 'event') events.push({ ...fact.event });
    else if (fact.kind === 'signal') {
      const last = [...events].reverse().find((event) => event.kind !== 'log' && event.kind !== 'stop');
      if (last === undefined)
        events.push({ kind: 'signal', category: 'signal', text: fact.signal.name, source: fact.source, signal: fact.signal });
      else last.signal = { ...last.signal, ...fact.signal };
    }
  }
  return events;
}

export function buildSnapshot(
  id: number,
  facts: readonly TextFact[],
  columns: CaseColumns,
  tables: { frames: FrameTable; goroutines: GoroutineTable },
  documents: readonly SourceDocument[],
  coverage: Coverage,
): Snapshot {
  const { goroutineRows, frameRows } = rowsOf(facts, tables.goroutines);
  const frames = cutFrames(tables.frames, frameRows);
  const goroutines = cutGoroutines(tables.goroutines, goroutineRows, frameRows);
  markDuplicates(goroutines, frames);
  const process = processFacts(facts);
  const found: WordsFound[] = ofKind(facts, 'words');
  const unreadable = ofKind(facts, 'unreadable').map(({ address, source }) => ({ address, source }));
  const memory = buildMemory(found, unreadable, columns.strings);
  const registers: RegisterSet[] = ofKind(facts, 'registers').map(({ values, origin, frame, step }) => ({
    values,
    origin,
    frame,
    step,
  }));
  const values = ofKind(facts, 'value').filter((value) => value.name !== '');
  for (const value of values) {
    registers.push({
      values: [{ name: value.name, value: toAddress(value.value), source: value.source }],
      frame: value.frame ?? 0,
      step: value.step,
      origin: 'debugger',
    });
  }
  const arch = architectureOf(process.arch);
  placeDebuggerStacks();
  const view: TableView = { strings: columns.strings.values, frames, goroutines, documents };
  const { threads, blocks } = threadsOf();
  const snapshot: Snapshot = {
    id,
    process,
    strings: columns.strings.values,
    events: eventsOf(facts),
    frames,
    goroutines,
    threads,
    registers,
    mappings: ofKind(facts, 'mappings').flatMap((fact) => fact.mappings),
    memory,
    stacks: stacksOf(facts),
    spans: spansOf(facts),
    objects: ofKind(facts, 'object').map((fact) => fact.object),
    complaints: ofKind(facts, 'complaint').map((fact) => fact.complaint),
    symbols: ofKind(facts, 'symbol').map((fact) => fact.symbol),
    listings: ofKind(facts, 'listing').map((fact) => fact.listing),
    searches: ofKind(facts, 'search').map((fact) => fact.search),
    races: ofKind(facts, 'race').map((race) => ({
      address: race.address,
      accesses: race.accesses.map((access) => ({
        kind: access.kind,
        access: access.access,
        goroutine: access.goroutine,
        frames: framesBetween(
          view,
          frameRows.to(access.frameStart),
          frameRows.to(access.frameStart) + access.frameEnd - access.frameStart,
        ),
        source: access.source,
      })),
      source: race.source,
    })),
    chains: [],
    breaks: [],
    coverage,
  };
  const layouts = ofKind(facts, 'type-layout').map((fact) => fact.layout);
  const structs = ofKind(facts, 'struct').map((fact) => fact.struct);
  const moments = ofKind(facts, 'moment').map((fact) => fact.moment);
  const system = ofKind(facts, 'system').map((fact) => fact.system);
  const modules = ofKind(facts, 'modules').flatMap((fact) => fact.modules);
  const [command] = ofKind(facts, 'command');
  if (command !== undefined) snapshot.debugger = command.debugger;
  if (system.length > 0) snapshot.system = system;
  if (modules.length > 0) snapshot.modules = modules;
  if (moments.length > 0) snapshot.moments = moments;
  if (layouts.length > 0) snapshot.layouts = layouts;
  if (structs.length > 0) {
    placeFields(structs, layouts);
    snapshot.structs = structs;
  }
  if (arch !== undefined) addWordFrames(snapshot, arch, columns.strings, documents, ofKind(facts, 'words')[0]?.textLine ?? 0);
  ownStacks(snapshot);
  matchDebuggerStacks(snapshot);
  const current = facts.find((fact) => fact.kind === 'goroutine' && fact.listed === 'current');
  const selected = current?.kind === 'goroutine' ? goroutineRows.to(current.row) : -1;
  const crash = determineCrash(snapshot, blocks, selected < 0 ? undefined : selected);
  if (crash !== undefined) snapshot.crash = crash;
  Object.assign(snapshot, buildChains(snapshot));
  if (snapshot.crash !== undefined) snapshot.crash.stackOwner = stackToShow(snapshot, snapshot.crash);
  return snapshot;

  function placeDebuggerStacks(): void {
    if (arch === undefined) return;
    const stacks = ofKind(facts, 'debugger-stack');
    const memoryAt = stacks.length === 0 ? () => memory : memoryOfSteps(memory, found, columns.strings);
    for (const stack of stacks) {
      if (stack.listed !== undefined) continue;
      const start = frameRows.to(stack.frameStart);
      if (isPlaced(start, start + stack.frameEnd - stack.frameStart)) continue;
      const single = (name: string | undefined) => shownRegister(registers, name, stack.step);
      placeFrames(
        frames,
        memoryAt(stack.step),
        arch,
        start,
        start + stack.frameEnd - stack.frameStart,
        single(arch.stackPointer),
        single(arch.framePointer),
      );
    }
  }

  /** Delve says where frames end, as an offset from the stack's top. */
  function isPlaced(start: number, end: number): boolean {
    for (let row = start; row < end; row++) if ((frames.flags[row] ?? 0) & FrameFlag.hasFp) return true;
    return false;
  }

  function threadsOf(): { threads: Thread[]; blocks: Block[] } {
    const threads: Thread[] = [];
    const blocks: Block[] = [];
    for (const fact of facts) {
      if (fact.kind === 'goroutine') {
        const row = goroutineRows.to(fact.row);
        if (fact.listed !== undefined) continue;
        if (row >= 0) blocks.push({ kind: 'goroutine', row });
        else threadBlock(fact.row, blocks, threads);
      } else if (fact.kind === 'runtime-stack') {
        const start = frameRows.to(fact.frameStart);
        blocks.push({ kind: 'thread', index: threads.length });
        threads.push({
          name: fact.header ? 'runtime stack' : 'frames without a header',
          kind: 'runtime-stack',
          frames: framesBetween(view, start, start + fact.frameEnd - fact.frameStart),
          source: fact.source,
        });
      } else if (fact.kind === 'debugger-stack' && fact.listed === undefined && fact.frameEnd > fact.frameStart) {
        const start = frameRows.to(fact.frameStart);
        const thread: Thread = {
          name: fact.thread ?? 'debugger stack',
          kind: 'debugger',
          frames: framesBetween(view, start, start + fact.frameEnd - fact.frameStart),
          step: fact.step,
          source: fact.source,
        };
        if (fact.thread !== undefined) thread.printedName = fact.thread;
        if (fact.tid !== undefined) thread.tid = fact.tid;
        const set = registersOfStep(registers, fact.step);
        if (set !== undefined) thread.registers = set;
        threads.push(thread);
      }
    }
    addListedThreads(threads, facts, (from, to) => {
      const start = frameRows.to(from);
      return framesBetween(view, start, start + to - from);
    });
    nameApart(threads);
    return { threads, blocks };
  }

  function threadBlock(row: number, blocks: Block[], threads: Thread[]): void {
    const from = tables.goroutines.frameStart[row] ?? 0;
    const to = tables.goroutines.frameEnd[row] ?? 0;
    const start = frameRows.to(from);
    const document = tables.goroutines.document[row] ?? 0;
    const text = documents[document]?.text;
    const headerLine = tables.goroutines.headerLine[row] ?? 0;
    const thread: Thread = {
      name: 'goroutine 0',
      kind: 'goroutine-0',
      frames: framesBetween(view, Math.max(0, start), Math.max(0, start) + to - from),
      source:
        text === undefined
          ? { document, start: 0, end: 0 }
          : originRange(
              text.origin,
              document,
              text.lineStarts[headerLine] ?? 0,
              text.lineStarts[headerLine + 1] ?? text.lineStarts.at(-1) ?? 0,
            ),
    };
    const m = tables.goroutines.m[row] ?? -1;
    if (m >= 0) {
      thread.m = m;
      thread.name = `goroutine 0 (m=${m.toString()})`;
    }
    blocks.push({ kind: 'thread', index: threads.length });
    threads.push(thread);
  }
}

/** A dump that was pasted twice prints the bounds of a stack twice. */
function stacksOf(facts: readonly TextFact[]): Snapshot['stacks'] {
  const byBounds = new Map<string, Stack>();
  for (const { stack } of ofKind(facts, 'stack-bounds')) {
    const key = `${stack.kind}:${stack.owner}:${String(stack.start)}:${String(stack.end)}`;
    if (!byBounds.has(key)) byBounds.set(key, stack);
  }
  return [...byBounds.values()];
}

function spansOf(facts: readonly TextFact[]): Snapshot['spans'] {
  const spans = ofKind(facts, 'span').map((fact) => fact.span);
  for (const fact of facts) {
    if (fact.kind === 'complaint' && fact.complaint.kind === 'bad-heap-pointer') {
      if (fact.complaint.span !== undefined) spans.push(fact.complaint.span);
      if (fact.complaint.object?.span !== undefined) spans.push(fact.complaint.object.span);
    } else if (fact.kind === 'object' && fact.object.span !== undefined) spans.push(fact.object.span);
    else if (fact.kind === 'struct') {
      const span = spanOfStruct(fact.struct);
      // The complaint about the same span came first: what it says stays, what it does not say is added.
      const same = spans.findIndex(({ base }) => base === span?.base);
      const told = spans[same];
      if (span !== undefined && told !== undefined) spans[same] = { ...span, ...told };
      else if (span !== undefined) spans.push(span);
    }
  }
  const seen = new Set<string>();
  return spans.filter((span) => {
    const key = `${String(span.base)}:${String(span.limit)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The stack that shows the damage: one with a broken chain, the victim's, the crashing goroutine's, the dying thread's. */
function stackToShow(snapshot: Snapshot, crash: Crash): string {
  const { chains, goroutines, threads } = snapshot;
  const idAt = (row: number | undefined) => (row === undefined ? undefined : goroutines.id[row]?.toString());
  const broken = chains.find((chain) => chain.links.some((link) => link.verdict === 'bogus'));
  const thread = crash.thread === undefined ? threads.find((one) => one.frames.length > 0) : threads[crash.thread];
  return broken?.owner ?? idAt(crash.victim) ?? idAt(crash.goroutine) ?? thread?.goroutine ?? thread?.name ?? idAt(0) ?? '';
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

/** Printed bounds name no owner: the goroutine whose frames lie inside owns them. */
function ownStacks(snapshot: Snapshot): void {
  const { goroutines, frames } = snapshot;
  const bounds = snapshot.stacks.filter((stack) => stack.owner === '');
  for (const complaint of snapshot.complaints) {
    const stack = complaint.kind === 'unexpected-return-pc' || complaint.kind === 'stack-limit' ? complaint.stack : undefined;
    if (stack === undefined || snapshot.stacks.some((known) => known.start === stack.lo)) continue;
    const owned = {
      kind: 'goroutine' as const,
      owner: '',
      start: stack.lo,
      end: stack.hi,
      known: 'printed' as const,
      source: complaint.source,
    };
    snapshot.stacks.push(owned);
    bounds.push(owned);
  }
  if (bounds.length === 0) return;
  for (let row = 0; row < goroutines.length; row++) {
    const sp = frames.sp[goroutines.frameStart[row] ?? 0] ?? 0n;
    const stack = sp === 0n ? undefined : bounds.find((one) => one.owner === '' && sp >= one.start && sp < one.end);
    if (stack !== undefined && (goroutines.frameEnd[row] ?? 0) > (goroutines.frameStart[row] ?? 0))
      stack.owner = (goroutines.id[row] ?? 0n).toString();
  }
}
