/** What a synthetic snapshot is given: each fact as a plain value, everything else is empty. */
import type { CodeListing } from '../../src/core/model/code.ts';
import type { ChainLink, FrameBreak } from '../../src/core/model/chain.ts';
import type { Complaint } from '../../src/core/model/complaint.ts';
import type { CrashEvent } from '../../src/core/model/event.ts';
import type { ObjectDump, Span, Stack } from '../../src/core/model/memory.ts';
import type { ArchitectureName, ProcessFacts } from '../../src/core/model/process.ts';
import type { Race } from '../../src/core/model/race.ts';
import type { Crash } from '../../src/core/model/snapshot.ts';
import type { SourceRange } from '../../src/core/model/source.ts';
import type { Thread } from '../../src/core/model/thread.ts';

export type Value = bigint | number;
/** A fact without its source: the builder gives it one. Distributes over unions. */
export type Sourceless<T> = T extends unknown ? Omit<T, 'source'> & { source?: SourceRange } : never;

export interface FrameSpec {
  function?: string;
  file?: string;
  line?: number;
  entryOffset?: number;
  pc?: Value;
  sp?: Value;
  fp?: Value;
  inlined?: boolean;
  arguments?: string;
}

export interface GoroutineSpec {
  id?: number;
  /** Status or wait reason as printed; 'running' by default. */
  status?: string;
  minutes?: number;
  locked?: boolean;
  gp?: Value;
  m?: number;
  frames?: FrameSpec[];
  createdBy?: FrameSpec;
  createdIn?: number;
  elided?: { count: number; after: number };
  /** Further bits of GoroutineFlag. */
  flags?: number;
}

export interface ThreadSpec {
  /** 'runtime stack' by default. */
  name?: string;
  kind?: Thread['kind'];
  tid?: number;
  m?: number;
  frames: FrameSpec[];
}

export interface CrashSpec extends Partial<Omit<Crash, 'faultAddress' | 'pc'>> {
  faultAddress?: Value;
  pc?: Value;
}

export interface LinkSpec extends Partial<Omit<ChainLink, 'slot' | 'value' | 'expected'>> {
  slot: Value;
  value?: Value;
  expected?: Value;
}

export interface InstructionSpec {
  text: string;
  offset?: number;
  address?: Value;
  current?: boolean;
}

export interface ListingSpec extends Partial<Omit<CodeListing, 'instructions' | 'source'>> {
  /** Instruction texts; offsets count from 0 by one when not given. */
  code: (string | InstructionSpec)[];
}

export interface SnapshotSpec {
  process?: Partial<ProcessFacts>;
  /** Shorthand for one running goroutine 1. */
  frames?: FrameSpec[];
  goroutines?: GoroutineSpec[];
  threads?: ThreadSpec[];
  events?: Sourceless<CrashEvent>[];
  complaints?: Sourceless<Complaint>[];
  /** Registers of the innermost frame: { rax: 0n }. */
  registers?: Record<string, Value>;
  /** Words by address. */
  words?: [address: Value, value: Value][];
  wordSize?: 4 | 8;
  mappings?: { start: Value; end: Value; permissions?: string; file?: string }[];
  stacks?: { lo: Value; hi: Value; kind?: Stack['kind']; owner?: string; known?: Stack['known'] }[];
  spans?: Sourceless<Span>[];
  objects?: Sourceless<ObjectDump>[];
  listings?: ListingSpec[];
  symbols?: { name: string; start: Value; end?: Value }[];
  searches?: { value?: Value; hits: { address: Value; symbol?: string }[] }[];
  races?: Sourceless<Race>[];
  chains?: { owner?: string; arch?: ArchitectureName; start?: { value: Value; from: string }; links: LinkSpec[] }[];
  breaks?: Partial<FrameBreak>[];
  /** `goroutine` and `goroutineId` default to the first running goroutine, `event` to 0; absent: no crash. */
  crash?: CrashSpec;
}
