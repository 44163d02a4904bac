/** A snapshot: one process at one moment, as far as the case proves it. */
import type { FramePointerChain, FrameBreak } from './chain.ts';
import type { CodeListing, CodeSymbol } from './code.ts';
import type { Complaint } from './complaint.ts';
import type { CrashEvent } from './event.ts';
import type { Address } from './address.ts';
import type { FrameTable, GoroutineTable } from './goroutine.ts';
import type { Mapping, Memory, ObjectDump, Span, Stack } from './memory.ts';
import type { Mismatch } from './mismatch.ts';
import type { ProcessFacts } from './process.ts';
import type { Race } from './race.ts';
import type { DebuggerName } from './session.ts';
import type { SourceRange } from './source.ts';
import type { ModuleVersion, SystemFact } from './system.ts';
import type { TypedStruct, TypeLayout } from './struct.ts';
import type { Moment } from './moment.ts';
import type { RegisterSet, Thread } from './thread.ts';

export type CrashKind = 'panic' | 'fatal-error' | 'signal' | 'exception' | 'race' | 'timeout' | 'dump';

/** How often the same crash was printed. Times as the log gives them: ISO 8601 where it has a year. */
export interface CrashRepeats {
  count: number;
  first?: string;
  last?: string;
}

export interface Crash {
  kind: CrashKind;
  /** Index into Snapshot.events of the event that names the death. */
  event: number;
  /** What is to be shown of the signal: name, si_code, address (only when it is one), pc. */
  signal?: string;
  code?: number;
  faultAddress?: Address;
  /** Where faultAddress was not printed but worked out (a register at the faulting instruction). */
  faultAddressInferred?: boolean;
  pc?: Address;
  /** Goroutine row of the user goroutine that was running; absent when there was none. */
  goroutine?: number;
  goroutineId: string;
  /** Goroutine id or thread name of the stack to look at first: the damaged one, else the crashing one; '' = no stack. */
  stackOwner: string;
  /** Goroutine whose stack or data is damaged, where that is another. */
  victim?: number;
  /** Rows in the FrameTable: the instruction that failed and the first frame of the user's own code. */
  faultFrame?: number;
  firstUserFrame?: number;
  /** Thread (index) on which the runtime died, when that was g0. */
  thread?: number;
  /** Debugger step of the stop that is the crash; absent where the runtime itself reported it. */
  step?: number;
  /** Crashes with the same reason and stack that were folded into this one; absent = it occurred once. */
  repeats?: CrashRepeats;
}

export interface ProbeSite {
  /** `find` command's value and hits. */
  value?: Address;
  hits: { address: Address; symbol?: string; source: SourceRange }[];
  source: SourceRange;
}

export interface Coverage {
  lines: number;
  recognised: number;
  prose: number;
  unrecognised: { document: number; line: number; text: string }[];
  headers: number;
  frames: number;
  createdBy: number;
}

export interface Snapshot {
  id: number;
  process: ProcessFacts;
  /** Interned strings; index 0 is ''. */
  strings: string[];
  events: CrashEvent[];
  crash?: Crash;
  frames: FrameTable;
  goroutines: GoroutineTable;
  threads: Thread[];
  registers: RegisterSet[];
  mappings: Mapping[];
  memory: Memory;
  stacks: Stack[];
  spans: Span[];
  objects: ObjectDump[];
  complaints: Complaint[];
  symbols: CodeSymbol[];
  listings: CodeListing[];
  searches: ProbeSite[];
  races: Race[];
  /** Structs and variables that a debugger printed, in printed order; absent = none. */
  structs?: TypedStruct[];
  layouts?: TypeLayout[];
  /** The debugger's steps in printed order, for sessions that ran; absent = the program stood still. */
  moments?: Moment[];
  /** The debugger with which the session was held; absent = none was seen. */
  debugger?: DebuggerName;
  /** What stands beside the crash; absent = none. */
  system?: SystemFact[];
  modules?: ModuleVersion[];
  /** Why this is not part of the process that it was given with; absent where nothing contradicted. */
  apart?: Mismatch;
  chains: FramePointerChain[];
  breaks: FrameBreak[];
  coverage: Coverage;
}
