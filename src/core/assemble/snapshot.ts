/** One segment's facts (and those merged into it) → one Snapshot. */
import { architectureOf } from '../arch/index.ts';
import type { SourceDocument } from '../model/document.ts';
import type { FrameTable, GoroutineTable } from '../model/goroutine.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { Coverage, Snapshot } from '../model/snapshot.ts';
import type { TableView } from '../model/tables.ts';
import { ownStacks, spansOf, stacksOf } from './bounds.ts';
import { buildChains } from './chains.ts';
import { determineCrash } from './crash.ts';
import { eventsOf } from './events.ts';
import { FactIndex } from './fact-index.ts';
import { matchDebuggerStacks } from './match.ts';
import { buildMemory } from './memory.ts';
import { memoryOfSteps } from './memory-of-step.ts';
import { placeDebuggerStacks } from './place-stacks.ts';
import { orderOfSteps } from './step-order.ts';
import { processFacts } from './process.ts';
import { racesOf } from './races.ts';
import { registersOf } from './registers.ts';
import { markDuplicates, rowsOf } from './rows.ts';
import { stackToShow } from './stack-to-show.ts';
import { placeFields } from './structs.ts';
import { cutFrames, cutGoroutines } from './tables.ts';
import { threadsOf } from './threads.ts';
import { placeToldEnds } from './told-ends.ts';
import { addWordFrames } from './word-frames.ts';

export function buildSnapshot(
  id: number,
  all: readonly TextFact[],
  columns: CaseColumns,
  tables: { frames: FrameTable; goroutines: GoroutineTable },
  documents: readonly SourceDocument[],
  coverage: Coverage,
): Snapshot {
  const facts = new FactIndex(all);
  const { goroutineRows, frameRows } = rowsOf(all, tables.goroutines);
  const frames = cutFrames(tables.frames, frameRows);
  const goroutines = cutGoroutines(tables.goroutines, goroutineRows, frameRows);
  markDuplicates(goroutines, frames);
  const process = processFacts(all);
  const arch = architectureOf(process.arch);
  const words = facts.of('words');
  const unreadable = facts.of('unreadable').map(({ address, source }) => ({ address, source }));
  const order = orderOfSteps(facts.of('moment').map((fact) => fact.moment));
  const memory = buildMemory(words, unreadable, columns.strings, order);
  const registers = registersOf(facts);
  const stacks = facts.of('debugger-stack');
  if (arch !== undefined && stacks.length > 0) {
    const memoryAt = memoryOfSteps(memory, words, columns.strings, order);
    placeDebuggerStacks(stacks, frames, frameRows, arch, registers, memoryAt, order);
    placeToldEnds(facts.of('frame-end'), stacks, frames, frameRows, arch, registers);
  }
  const view: TableView = { strings: columns.strings.values, frames, goroutines, documents };
  const { threads, blocks } = threadsOf(facts, { view, frameRows, goroutineRows, goroutines: tables.goroutines }, registers);
  const snapshot: Snapshot = {
    id,
    process,
    strings: columns.strings.values,
    events: eventsOf(all),
    frames,
    goroutines,
    threads,
    registers,
    mappings: facts.of('mappings').flatMap((fact) => fact.mappings),
    memory,
    stacks: stacksOf(facts),
    spans: spansOf(facts),
    objects: facts.of('object').map((fact) => fact.object),
    complaints: facts.of('complaint').map((fact) => fact.complaint),
    symbols: facts.of('symbol').map((fact) => fact.symbol),
    listings: facts.of('listing').map((fact) => fact.listing),
    searches: facts.of('search').map((fact) => fact.search),
    races: racesOf(facts, view, frameRows),
    chains: [],
    breaks: [],
    coverage,
  };
  addWhatIsRare(snapshot, facts);
  if (arch !== undefined) addWordFrames(snapshot, arch, columns.strings, documents, words[0]?.textLine ?? 0);
  ownStacks(snapshot);
  matchDebuggerStacks(snapshot);
  const current = facts.of('goroutine').find((fact) => fact.listed === 'current');
  const selected = current === undefined ? -1 : goroutineRows.to(current.row);
  const crash = determineCrash(snapshot, blocks, selected < 0 ? undefined : selected);
  if (crash !== undefined) snapshot.crash = crash;
  Object.assign(snapshot, buildChains(snapshot));
  if (crash !== undefined) crash.stackOwner = stackToShow(snapshot, crash);
  return snapshot;
}

/** What most cases have none of: absent rather than empty. */
function addWhatIsRare(snapshot: Snapshot, facts: FactIndex): void {
  const layouts = facts.of('type-layout').map((fact) => fact.layout);
  const structs = facts.of('struct').map((fact) => fact.struct);
  const system = facts.of('system').map((fact) => fact.system);
  const modules = facts.of('modules').flatMap((fact) => fact.modules);
  const [command] = facts.of('command');
  if (command !== undefined) snapshot.debugger = command.debugger;
  if (system.length > 0) snapshot.system = system;
  if (modules.length > 0) snapshot.modules = modules;
  const moments = facts.of('moment').map((fact) => fact.moment);
  if (moments.length > 0) snapshot.moments = moments;
  if (layouts.length > 0) snapshot.layouts = layouts;
  if (structs.length > 0) {
    placeFields(structs, layouts);
    snapshot.structs = structs;
  }
}
