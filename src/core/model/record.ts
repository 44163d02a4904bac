/**
 * Records: what the text readers hand to `assemble`, in printed order. Goroutines and frames go to columns shared by
 * all documents of the case; everything rarer is a fact in the list.
 */
import type { Address } from './address.ts';
import type { CodeListing, CodeSymbol } from './code.ts';
import type { Complaint } from './complaint.ts';
import type { CrashEvent, SignalFacts } from './event.ts';
import type { KnownWord, Mapping, ObjectDump, Span, Stack } from './memory.ts';
import type { ProcessFacts } from './process.ts';
import type { ProbeSite } from './snapshot.ts';
import type { SourceRange } from './source.ts';
import type { ModuleVersion, SystemFact } from './system.ts';
import type { TypedStruct, TypeLayout } from './struct.ts';
import type { RegisterRun } from './register-columns.ts';
import type { Moment } from './moment.ts';
import type { RegisterValue } from './thread.ts';
import type { WordRun } from './word-columns.ts';
import type { FrameColumns, GoroutineColumns, StringTable } from './columns.ts';

/** Places in the unwrapped text, for ordering and segmentation. */
interface At {
  /** Unwrapped line, from 0. */
  textLine: number;
}

export type TextFact = At &
  (
    | { kind: 'event'; event: CrashEvent }
    /** `[signal …]` or `PC=… m=… sigcode=…`: belongs to the event before it. */
    | { kind: 'signal'; signal: SignalFacts; source: SourceRange }
    | { kind: 'complaint'; complaint: Complaint }
    /**
     * A goroutine block; `row` in the GoroutineColumns. `listed`: by a debugger, so no block of a crash report; 'current' is the one
     * that the debugger has selected.
     */
    | { kind: 'goroutine'; row: number; listed?: 'current' | 'other' }
    /** `runtime stack:` or frames without a header; rows [frameStart, frameEnd) of the FrameColumns. */
    | { kind: 'runtime-stack'; frameStart: number; frameEnd: number; header: boolean; source: SourceRange }
    /** A debugger's `bt`: frames in the FrameColumns; `thread` as far as printed near it. */
    | {
        kind: 'debugger-stack';
        frameStart: number;
        frameEnd: number;
        thread?: string | undefined;
        tid?: number | undefined;
        unwindFailed?: boolean | undefined;
        /**
         * A row of a list of threads: its innermost frame alone, or none. 'current' is the one that the debugger has selected; 'stop'
         * is the place that a signal's stop names, all that is known of the stack where nobody asked for it.
         */
        listed?: 'current' | 'other' | 'stop';
        step: number;
        source: SourceRange;
      }
    /**
     * What `info frame` tells of level `level` of the selected thread: where the frame ends (gdb's CFA, which is Go's fp), and where
     * its caller and its callee do. `pc` and `savedPc` tell the frame in a printed stack.
     */
    | {
        kind: 'frame-end';
        level: number;
        fp: Address;
        callerFp?: Address;
        calleeFp?: Address;
        pc?: Address;
        savedPc?: Address;
        thread?: string;
        tid?: number;
        step: number;
        source: SourceRange;
      }
    /** `run`: the same values in columns; `values` then makes objects of them when it is read. */
    | {
        kind: 'registers';
        readonly values: RegisterValue[];
        origin: 'runtime' | 'debugger';
        frame: number;
        step: number;
        run?: RegisterRun;
      }
    /** A convenience value: `p/x $rbp`. `name` without the dollar; `frame` where another than the innermost was selected. */
    | { kind: 'value'; name: string; value: bigint; frame?: number; step: number; source: SourceRange }
    /** `run`: the same words in columns, where there are many; `words` makes objects of them when it is read. */
    | { kind: 'words'; readonly words: readonly KnownWord[]; wordSize: 4 | 8; bigEndian?: boolean | undefined; run?: WordRun }
    | { kind: 'unreadable'; address: Address; source: SourceRange }
    | { kind: 'mappings'; mappings: Mapping[] }
    | { kind: 'listing'; listing: CodeListing }
    | { kind: 'symbol'; symbol: CodeSymbol }
    | { kind: 'search'; search: ProbeSite }
    | { kind: 'struct'; struct: TypedStruct }
    | { kind: 'type-layout'; layout: TypeLayout }
    | { kind: 'stack-bounds'; stack: Stack }
    | { kind: 'span'; span: Span }
    | { kind: 'object'; object: ObjectDump }
    | {
        kind: 'race';
        address: Address;
        accesses: {
          kind: string;
          access: 'read' | 'write';
          goroutine: string;
          frameStart: number;
          frameEnd: number;
          source: SourceRange;
        }[];
        source: SourceRange;
      }
    /** What stands beside a crash: the kernel, the modules of the program. */
    | { kind: 'system'; system: SystemFact }
    | { kind: 'modules'; modules: ModuleVersion[] }
    /** `-----` between the threads of GOTRACEBACK=crash: the same process goes on. */
    | { kind: 'separator' }
    /** A debugger prompt and its command; every stop, reverse step or continue begins a new step. */
    | { kind: 'command'; debugger: 'gdb' | 'rr' | 'delve' | 'lldb'; command: string; step: number; source: SourceRange }
    /** The program ran: where step `step` lies in its own time. */
    | { kind: 'moment'; moment: Moment }
    /** Facts about the process that a form proves by itself (pid of `process N`, arch of a register row). */
    | { kind: 'process'; facts: Partial<Omit<ProcessFacts, 'why'>>; why: string; source: SourceRange }
    /** A form that only some versions print: narrows goVersionRange. Minor versions; null = open. */
    | { kind: 'version-hint'; from: number | null; to: number | null; why: string; source: SourceRange }
  );

/** What reading one document gave. */
export interface TextRecords {
  document: number;
  /** LineClass of each unwrapped line. */
  lineClass: Uint8Array;
  facts: TextFact[];
  /** Printed header lines, function/location pairs (created-by pairs not), created-by pairs. */
  headers: number;
  frames: number;
  createdBy: number;
}

/** The columns that all documents of a case share. */
export interface CaseColumns {
  strings: StringTable;
  frames: FrameColumns;
  goroutines: GoroutineColumns;
}
