/** What the process or its tools announced, in printed order. */
import type { Address } from './address.ts';
import type { ReasonDetail } from './reason.ts';
import type { SourceRange } from './source.ts';

/**
 * What a reason means. The text readers decide it, so that rules never read text.
 * Sources: runtime/panic.go, runtime/error.go, runtime/signal_unix.go (Go 1.9–1.27).
 */
export type ReasonCategory =
  // panics
  | 'nil-dereference'
  | 'index'
  | 'slice-bounds'
  | 'type-assertion'
  | 'nil-map'
  | 'channel'
  | 'divide'
  | 'make-size'
  | 'unhashable'
  | 'shift'
  | 'unsafe-size'
  | 'cgo-pointer'
  | 'nil-panic'
  | 'user-value'
  | 'waitgroup'
  | 'test-timeout'
  | 'test-panic'
  | 'arena'
  | 'fault-panic'
  // fatal errors
  | 'deadlock'
  | 'concurrent-map'
  | 'mutex'
  | 'stack-overflow'
  | 'out-of-memory'
  | 'thread-limit'
  | 'fault'
  | 'unexpected-signal'
  | 'bad-heap-pointer'
  | 'bad-stack-pointer'
  | 'unknown-caller-pc'
  | 'traceback'
  | 'free-object'
  | 'span-corruption'
  | 'checkptr'
  | 'cgo-check'
  | 'morestack'
  | 'signal-stack'
  | 'runtime-internal'
  // others
  | 'signal'
  | 'exception'
  | 'race'
  | 'dump';

export type EventKind =
  'panic' | 'fatal-error' | 'throw' | 'signal' | 'exception' | 'runtime-message' | 'race' | 'stop' | 'watchpoint' | 'log';

/** The numbers of `[signal …]`, `PC=… sigcode=…` or `Exception …` lines. */
export interface SignalFacts {
  /** 'SIGSEGV'; '0xc0000005' where the runtime has no name. */
  name: string;
  /** si_code, signed. */
  code?: number;
  /** As printed: for a signal sent by a process (code 0) this is a pid, not an address. */
  address?: Address;
  pc?: Address;
  /** The runtime's thread number m=. */
  m?: number;
  /** `signal arrived during cgo execution` (or `external code`). */
  duringCgo?: boolean;
  instructionBytes?: Uint8Array;
}

/** Where a debugger stopped, and for a watchpoint the values it printed (signed numbers as 64-bit words). */
export interface DebuggerStop {
  /** 'Thread 1 "ingest"'. */
  thread?: string;
  /** Id of the goroutine that stopped, where the debugger says it. */
  goroutine?: string;
  function?: string;
  file?: string;
  line?: number;
  pc?: Address;
  oldValue?: Address;
  newValue?: Address;
  /** The program ran backwards to this stop: oldValue is the later one. Absent = no command says so. */
  reverse?: boolean;
}

export interface CrashEvent {
  kind: EventKind;
  category?: ReasonCategory;
  /** The text as printed, without `panic: ` and the like. */
  text: string;
  source: SourceRange;
  /** Values and variants inside the text; absent where it has none that matter. */
  detail?: ReasonDetail;
  /** Panics: the [recovered] and [recovered, repanicked] marks, and whether it is nested under an earlier one. */
  recovered?: boolean;
  repanicked?: boolean;
  nested?: boolean;
  /** Address named by the reason itself (`unexpected fault address`, race reports). */
  address?: Address;
  signal?: SignalFacts;
  /** Go type of a printed panic value, `main.LoadCode`. */
  valueType?: string;
  /** `goroutine stack exceeds N-byte limit`, `cannot allocate N-byte block`. */
  bytes?: bigint;
  /** Debugger step at which it was seen. */
  step?: number;
  /** Kinds 'stop' and 'watchpoint'. */
  stop?: DebuggerStop;
}
