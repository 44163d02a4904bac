/** What the runtime complained about before it died, with the numbers it printed. */
import type { Address } from './address.ts';
import type { ObjectDump, Span, SpanState, ZombieRow } from './memory.ts';
import type { SourceRange } from './source.ts';

/**
 * What a line of the kind 'runtime-state' means, as far as a rule needs it: rules read this, never the words of the line.
 * `text/memory/state-detail.ts` fills it.
 */
export type StateDetail =
  /**
   * The record of a heap span contradicts itself (runtime/mgcsweep.go, mcache.go, mheap.go). `counts` where the sweeper counted
   * objects: how many fit into the span, how many are marked, how many were allocated before.
   */
  | { kind: 'span-record'; counts?: { elements?: bigint; marked?: bigint; allocated?: bigint } }
  /** runtime/signal_unix.go sigNotOnStack: `signal` came in on a stack that is no signal stack. */
  | { kind: 'off-signal-stack'; signal?: bigint }
  /** runtime/proc.go badmorestackg0, Go 1.22+: the bounds of the stack that was to grow, and the stack pointer. */
  | { kind: 'system-stack-bounds'; lo: Address; hi: Address; sp: Address }
  /** runtime/stack.go newstack, `split stack overflow: SP < LO`. */
  | { kind: 'split-overflow'; sp: Address; lo: Address }
  /** runtime/cgocheck.go: a Go pointer was stored in memory that is not Go's. */
  | { kind: 'pointer-store' }
  /** runtime/malloc.go, mheap.go: the bytes that could not be had. */
  | { kind: 'refused-block'; bytes: bigint };

/**
 * Why the unwinder gave up (runtime/traceback.go, symtab.go, stkframe.go). unfinished: the walk ended short of the top; stuck: it came to
 * the same frame again; spwrite: it met a function that writes the stack pointer freely.
 */
export type TracebackForm =
  'unfinished' | 'stuck' | 'spwrite' | 'unknown-pc' | 'invalid-frame-pointer' | 'pc-table' | 'stack-map';

export type Complaint =
  /** runtime/mbitmap.go badPointer. `where`: to which text; absent when the runtime printed no span. */
  | {
      kind: 'bad-heap-pointer';
      pointer: Address;
      where?: 'unallocated-span' | 'unused-region';
      span?: Span;
      state?: SpanState;
      stateNumber?: number;
      foundIn?: { base: Address; offset: bigint; source: SourceRange };
      object?: ObjectDump;
      source: SourceRange;
    }
  /** runtime/traceback.go: `unexpected return pc for F called from V`, with the frame line and its dump. */
  | {
      kind: 'unexpected-return-pc';
      function: string;
      value: Address;
      goroutine?: string;
      frame?: { sp: Address; fp: Address; source: SourceRange };
      stack?: { lo: Address; hi: Address };
      source: SourceRange;
    }
  /** runtime/stack.go adjustpointers. */
  | { kind: 'bad-frame-pointer-word'; function: string; at: Address; value: Address; source: SourceRange }
  /** runtime/mgcsweep.go reportZombies. */
  | { kind: 'zombies'; elementSize: number; freeIndex: number; rows: ZombieRow[]; source: SourceRange }
  /** runtime/stack.go newstack: `goroutine stack exceeds N-byte limit` and `sp=… stack=[…]`. */
  | { kind: 'stack-limit'; bytes: bigint; sp?: Address; stack?: { lo: Address; hi: Address }; source: SourceRange }
  /** traceback stuck, did not unwind completely, unknown pc, SPWRITE … */
  | {
      kind: 'traceback';
      form: TracebackForm;
      /** The words of the runtime, to be quoted. */
      what: string;
      /** spwrite: the function that it met. */
      function?: string;
      goroutine?: string;
      pc?: Address;
      sp?: Address;
      /** runtime/symtab.go pcvalue, `invalid pc-encoded table`: the tables of `function` end at `end`, `pc` lies behind it. */
      table?: { function: string; end: Address };
      source: SourceRange;
    }
  /** Everything else the allocator, sweeper or scheduler prints before a throw: `what` names the form. */
  | {
      kind: 'runtime-state';
      what: string;
      numbers: Record<string, bigint>;
      detail?: StateDetail;
      /** Frames right below it tell its place. */
      framesFollow?: boolean;
      source: SourceRange;
    };
