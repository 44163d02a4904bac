/** What the runtime complained about before it died, with the numbers it printed. */
import type { Address } from './address.ts';
import type { ObjectDump, Span, SpanState, ZombieRow } from './memory.ts';
import type { SourceRange } from './source.ts';

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
      what: string;
      goroutine?: string;
      pc?: Address;
      sp?: Address;
      /** runtime/symtab.go pcvalue, `invalid pc-encoded table`: the tables of `function` end at `end`, `pc` lies behind it. */
      table?: { function: string; end: Address };
      source: SourceRange;
    }
  /** Everything else the allocator, sweeper or scheduler prints before a throw: `what` names the form. */
  | { kind: 'runtime-state'; what: string; numbers: Record<string, bigint>; source: SourceRange };
