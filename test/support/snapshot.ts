/**
 * Small synthetic snapshots for tests of rules: each fact is given as a plain value, everything else is empty.
 * Each fact gets a line of its own in one made-up document, so that evidence has a source that can be compared.
 */
import { toAddress, type Address } from '../../src/core/model/address.ts';
import type { CodeListing, CodeSymbol } from '../../src/core/model/code.ts';
import type { ChainLink, FramePointerChain } from '../../src/core/model/chain.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../../src/core/model/columns.ts';
import type { Complaint } from '../../src/core/model/complaint.ts';
import type { SourceDocument } from '../../src/core/model/document.ts';
import type { CrashEvent } from '../../src/core/model/event.ts';
import { FrameFlag, GoroutineFlag } from '../../src/core/model/goroutine.ts';
import type { Mapping, ObjectDump, Span } from '../../src/core/model/memory.ts';
import { identityOrigin } from '../../src/core/model/origin.ts';
import type { Race } from '../../src/core/model/race.ts';
import type { Crash, Snapshot } from '../../src/core/model/snapshot.ts';
import type { SourceRange } from '../../src/core/model/source.ts';
import { framesBetween } from '../../src/core/model/tables.ts';
import { withDetail } from '../../src/core/text/reasons/detail.ts';
import type { RuleContext } from '../../src/core/diagnose/rule.ts';
import type {
  CrashSpec,
  FrameSpec,
  GoroutineSpec,
  InstructionSpec,
  ListingSpec,
  SnapshotSpec,
  Sourceless,
  Value,
} from './snapshot-spec.ts';

export interface BuiltSnapshot {
  snapshot: Snapshot;
  documents: SourceDocument[];
  /** A RuleContext whose case holds this snapshot alone. */
  context: RuleContext;
}

/** Lines of the made-up document, and the ranges handed out. */
class Lines {
  #text = '';
  #starts: number[] = [0];

  add(text: string): { line: number; source: SourceRange } {
    const start = this.#text.length;
    this.#text += `${text}\n`;
    this.#starts.push(this.#text.length);
    return { line: this.#starts.length - 2, source: { document: 0, start, end: start + text.length } };
  }

  document(): SourceDocument {
    const bytes = new TextEncoder().encode(this.#text);
    const lineStarts = Uint32Array.from(this.#starts);
    return {
      id: 0,
      name: 'synthetic.txt',
      byteLength: bytes.length,
      bytes,
      lineStarts,
      layers: [],
      text: { bytes, lineStarts, origin: identityOrigin(bytes.length) },
    };
  }
}

class Builder {
  readonly lines = new Lines();
  readonly strings = new StringTable();
  readonly frames = new FrameColumns();
  readonly goroutines = new GoroutineColumns();

  source(text: string): SourceRange {
    return this.lines.add(text).source;
  }

  withSource<T>(fact: Sourceless<T>, text: string): T {
    // A Sourceless<T> with its source is a T again; TypeScript cannot see that through the distribution.
    return { source: this.source(text), ...fact } as unknown as T;
  }

  frame(spec: FrameSpec, extraFlags = 0): number {
    const argumentText = spec.arguments ?? '';
    const { line, source } = this.lines.add(`${spec.function ?? ''}(${argumentText})`);
    const row = this.frames.add();
    const data = this.frames.data;
    data.functionName[row] = this.strings.intern(spec.function ?? '');
    data.file[row] = this.strings.intern(spec.file ?? '');
    data.line[row] = spec.line ?? 0;
    data.textLine[row] = line;
    data.argumentEnd[row] = source.end - 1;
    data.argumentStart[row] = source.end - 1 - argumentText.length;
    let flags = extraFlags | (spec.inlined === true ? FrameFlag.inlined : 0);
    if (spec.entryOffset !== undefined) {
      flags |= FrameFlag.hasEntryOffset;
      data.entryOffset[row] = spec.entryOffset;
    }
    if (spec.pc !== undefined) {
      flags |= FrameFlag.hasPc;
      data.pc[row] = BigInt(spec.pc);
    }
    if (spec.sp !== undefined) {
      flags |= FrameFlag.hasSp;
      data.sp[row] = BigInt(spec.sp);
    }
    if (spec.fp !== undefined) {
      flags |= FrameFlag.hasFp;
      data.fp[row] = BigInt(spec.fp);
    }
    data.flags[row] = flags;
    return row;
  }

  frameRun(specs: readonly FrameSpec[]): { start: number; end: number } {
    const start = this.frames.length;
    for (const spec of specs) this.frame(spec);
    return { start, end: this.frames.length };
  }

  goroutine(spec: GoroutineSpec, index: number): void {
    const id = spec.id ?? index + 1;
    const status = spec.status ?? 'running';
    const header = this.lines.add(`goroutine ${id} [${status}]:`);
    const { start, end } = this.frameRun(spec.frames ?? []);
    const createdBy = spec.createdBy === undefined ? -1 : this.frame(spec.createdBy, FrameFlag.createdBy);
    const row = this.goroutines.add();
    const data = this.goroutines.data;
    data.id[row] = BigInt(id);
    data.status[row] = this.strings.intern(status);
    data.waitMinutes[row] = spec.minutes ?? 0;
    data.frameStart[row] = start;
    data.frameEnd[row] = end;
    data.createdBy[row] = createdBy;
    data.createdIn[row] = BigInt(spec.createdIn ?? 0);
    data.m[row] = spec.m ?? -1;
    data.headerLine[row] = header.line;
    data.endLine[row] = header.line + 1 + (end - start);
    let flags = GoroutineFlag.hasHeader | (spec.flags ?? 0);
    if (status === 'running') flags |= GoroutineFlag.running;
    if (spec.locked === true) flags |= GoroutineFlag.lockedToThread;
    if (spec.gp !== undefined) {
      flags |= GoroutineFlag.hasGp;
      data.gp[row] = BigInt(spec.gp);
    }
    if (spec.elided !== undefined) {
      flags |= GoroutineFlag.elided;
      data.elidedCount[row] = spec.elided.count;
      data.elidedAfter[row] = spec.elided.after;
    }
    data.flags[row] = flags;
  }
}

function hex(value: Value): string {
  return `0x${BigInt(value).toString(16)}`;
}

function addressOf(value: Value | undefined): Address | undefined {
  return value === undefined ? undefined : toAddress(value);
}

/** Drops keys whose value is undefined: the model says "absent", never "undefined". */
function defined<T extends object>(value: T): T {
  // Removing undefined entries keeps the remaining ones as they are typed.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

function memoryOf(builder: Builder, spec: SnapshotSpec): Snapshot['memory'] {
  const words = [...(spec.words ?? [])]
    .map(([address, value]) => ({ address: BigInt(address), value: BigInt.asUintN(64, BigInt(value)) }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const sources = words.map((word) => builder.source(`${hex(word.address)}: ${hex(word.value)}`));
  return {
    wordSize: spec.wordSize ?? 8,
    bigEndian: false,
    addresses: BigUint64Array.from(words, (word) => word.address),
    values: BigUint64Array.from(words, (word) => word.value),
    sourceDocument: new Uint16Array(words.length),
    sourceStart: Uint32Array.from(sources, (source) => source.start),
    sourceEnd: Uint32Array.from(sources, (source) => source.end),
    symbol: new Uint32Array(words.length),
    conflicts: [],
    unreadable: [],
  };
}

function listingOf(builder: Builder, spec: ListingSpec): CodeListing {
  const { code, ...rest } = spec;
  const start = builder.source(`listing of ${spec.function ?? '?'}`);
  const instructions = code.map((entry, index) => {
    const given: InstructionSpec = typeof entry === 'string' ? { text: entry } : entry;
    const { text } = given;
    return defined({
      address: given.address === undefined ? undefined : toAddress(given.address),
      offset: given.offset ?? index,
      function: spec.function,
      text,
      current: given.current ?? false,
      source: builder.source(text),
    });
  });
  const listing = { syntax: 'att' as const, origin: 'disassembly' as const, ...rest, instructions, source: start };
  // exactOptionalPropertyTypes: `defined` removed the undefined entries at run time.
  return defined(listing) as CodeListing;
}

function chainOf(builder: Builder, spec: NonNullable<SnapshotSpec['chains']>[number]): FramePointerChain {
  const links = spec.links.map(
    (link) =>
      defined({
        verdict: 'ok',
        pastBreak: false,
        ...link,
        slot: toAddress(link.slot),
        value: addressOf(link.value),
        expected: addressOf(link.expected),
        source: builder.source(`link at ${hex(link.slot)}`),
        // `defined` has removed the undefined entries.
      }) as ChainLink,
  );
  const chain: FramePointerChain = { owner: spec.owner ?? '1', arch: spec.arch ?? 'amd64', links };
  if (spec.start !== undefined)
    chain.start = { value: toAddress(spec.start.value), from: spec.start.from, source: builder.source(spec.start.from) };
  return chain;
}

function crashOf(snapshot: Snapshot, spec: CrashSpec): Crash {
  const running = Array.from({ length: snapshot.goroutines.length }, (_, row) => row).find(
    (row) => ((snapshot.goroutines.flags[row] ?? 0) & GoroutineFlag.running) !== 0,
  );
  const { faultAddress, pc, ...rest } = spec;
  const id = running === undefined ? '0' : (snapshot.goroutines.id[running] ?? 0n).toString();
  const crash: Crash = {
    kind: 'fatal-error',
    event: 0,
    goroutineId: id,
    ...rest,
    stackOwner: rest.stackOwner ?? rest.goroutineId ?? id,
  };
  if (crash.goroutine === undefined && running !== undefined) crash.goroutine = running;
  if (faultAddress !== undefined) crash.faultAddress = toAddress(faultAddress);
  if (pc !== undefined) crash.pc = toAddress(pc);
  return crash;
}

export function makeSnapshot(spec: SnapshotSpec = {}): BuiltSnapshot {
  const builder = new Builder();
  const events = (spec.events ?? []).map((event) => withDetail(builder.withSource<CrashEvent>(event, event.text)));
  const complaints = (spec.complaints ?? []).map((entry) => builder.withSource<Complaint>(entry, entry.kind));
  const threadRuns = (spec.threads ?? []).map((thread) => {
    const source = builder.source(`${thread.name ?? 'runtime stack'}:`);
    return { thread, source, run: builder.frameRun(thread.frames) };
  });
  const goroutines = [...(spec.frames === undefined ? [] : [{ frames: spec.frames }]), ...(spec.goroutines ?? [])];
  goroutines.forEach((goroutine, index) => {
    builder.goroutine(goroutine, index);
  });
  const registers = Object.entries(spec.registers ?? {}).map(([name, value]) => ({
    name,
    value: toAddress(value),
    source: builder.source(`${name} ${hex(value)}`),
  }));
  const mappings = (spec.mappings ?? []).map((mapping): Mapping => ({
    ...mapping,
    start: toAddress(mapping.start),
    end: toAddress(mapping.end),
    source: builder.source(`${hex(mapping.start)} ${hex(mapping.end)} ${mapping.file ?? ''}`),
  }));
  const symbols = (spec.symbols ?? []).map((symbol): CodeSymbol => ({
    name: symbol.name,
    start: toAddress(symbol.start),
    ...(symbol.end === undefined ? {} : { end: toAddress(symbol.end) }),
    source: builder.source(symbol.name),
  }));
  const searches = (spec.searches ?? []).map((search) => ({
    ...(search.value === undefined ? {} : { value: toAddress(search.value) }),
    hits: search.hits.map((hit) => ({
      ...(hit.symbol === undefined ? {} : { symbol: hit.symbol }),
      address: toAddress(hit.address),
      source: builder.source(`${hex(hit.address)} <${hit.symbol ?? ''}>`),
    })),
    source: builder.source('find'),
  }));
  const snapshot: Snapshot = {
    id: 0,
    process: { why: {}, ...spec.process },
    strings: builder.strings.values,
    events,
    frames: builder.frames.table(),
    goroutines: builder.goroutines.table(),
    threads: [],
    registers: registers.length === 0 ? [] : [{ values: registers, frame: 0, step: 0, origin: 'runtime' }],
    mappings,
    memory: memoryOf(builder, spec),
    stacks: (spec.stacks ?? []).map((stack) => ({
      start: toAddress(stack.lo),
      end: toAddress(stack.hi),
      kind: stack.kind ?? 'goroutine',
      owner: stack.owner ?? '1',
      known: stack.known ?? 'printed',
    })),
    spans: (spec.spans ?? []).map((span) => builder.withSource<Span>(span, `span ${hex(span.base)}`)),
    objects: (spec.objects ?? []).map((entry) => builder.withSource<ObjectDump>(entry, `object=${hex(entry.base)}`)),
    complaints,
    symbols,
    listings: (spec.listings ?? []).map((listing) => listingOf(builder, listing)),
    searches,
    races: (spec.races ?? []).map((race) => builder.withSource<Race>(race, 'WARNING: DATA RACE')),
    chains: (spec.chains ?? []).map((chain) => chainOf(builder, chain)),
    breaks: (spec.breaks ?? []).map((entry) => ({
      owner: '1',
      after: 0,
      before: 1,
      found: toAddress(0),
      expected: toAddress(0),
      reason: '',
      ...entry,
    })),
    coverage: { lines: 0, recognised: 0, prose: 0, unrecognised: [], headers: 0, frames: 0, createdBy: 0 },
  };
  const documents = [builder.lines.document()];
  const view = { ...snapshot, documents };
  snapshot.threads = threadRuns.map(({ thread, source, run }) => ({
    name: thread.name ?? 'runtime stack',
    kind: thread.kind ?? 'runtime-stack',
    ...(thread.tid === undefined ? {} : { tid: thread.tid }),
    ...(thread.m === undefined ? {} : { m: thread.m }),
    frames: framesBetween(view, run.start, run.end),
    source,
  }));
  if (spec.crash !== undefined) snapshot.crash = crashOf(snapshot, spec.crash);
  return { snapshot, documents, context: { snapshot, all: [snapshot], documents } };
}

/** One case of several snapshots: the first is the examined one. */
export function caseOf(...built: BuiltSnapshot[]): RuleContext {
  const [first] = built;
  if (first === undefined) throw new Error('a case needs a snapshot');
  return { snapshot: first.snapshot, all: built.map((entry) => entry.snapshot), documents: first.documents };
}
