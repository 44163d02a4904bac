/**
 * What a reason says in particular, as far as a rule needs it: the values and variants that the runtime, the standard library or a tool
 * printed into its sentence. The text readers fill it (`text/reasons/detail.ts`), so that rules never read text.
 */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

/** Numbers of `index out of range [9] with length 9` and its relatives (runtime/error.go boundsErrorFmts, Go 1.13–1.27). */
export interface Bounds {
  /** The index or the slice bound that did not fit, as printed: '9', '-1'. */
  index: string;
  /** Which bound: a[index], s[:index], s[index:], s[::index]. */
  form: 'index' | 'high' | 'low' | 'max' | 'low-high' | 'high-max' | 'conversion';
  limit?: { of: 'length' | 'capacity'; value: string };
  /** s[index:other]: the bound it was compared with. */
  other?: string;
}

/** `interface conversion: A is B, not C` and its relatives (runtime/error.go TypeAssertionError). */
export interface Assertion {
  found: string;
  wanted: string;
  missing?: string;
  interfaceType?: string;
}

/** `test timed out after 1s` and, since Go 1.20, the tests that were running. */
export interface TestTimeout {
  /** '10m0s', as printed. */
  after?: string;
  running: string[];
}

/** sync/mutex.go, sync/rwmutex.go, sync/waitgroup.go; Go 1.9–1.27. */
export type LockMisuse =
  'negative-counter' | 'reused-waitgroup' | 'waitgroup-misuse' | 'read-unlock' | 'write-unlock' | 'unlock-of-unlocked';

export interface SanitizerFrame {
  address?: Address;
  function?: string;
  /** 'pool.c:31' or a module and offset, as printed. */
  place?: string;
  source: SourceRange;
}

/** A report of AddressSanitizer or a relative (LLVM compiler-rt). */
export interface SanitizerReport {
  /** 'AddressSanitizer'. */
  tool: string;
  /** Not a fault of the process: leaks are told at its end, and libFuzzer only relays. */
  noFault?: boolean;
  /** 'heap-buffer-overflow'; 'SEGV' for a plain fault. */
  problem: string;
  /** What `problem` says of the block; absent for every other one. */
  misuse?: 'freed-twice' | 'not-freeable' | 'used-after-free';
  address?: Address;
  access?: { kind: 'read' | 'write'; bytes?: number };
  /** `0 bytes after 40-byte region [lo,hi)`; older releases say `to the right of` and `to the left of`. */
  region?: { lo: Address; hi: Address; bytes: number; side: 'before' | 'inside' | 'after'; distance: number };
  /** Innermost frame first. */
  stacks: { role: 'access' | 'freed' | 'allocated' | 'other'; frames: SanitizerFrame[] }[];
}

/** A complaint of the Linux kernel about its own memory management (mm/memory.c print_bad_pte, kernel/fork.c check_mm). */
export interface KernelComplaint {
  problem: 'bad-page-map' | 'bad-rss-counter' | 'bad-page-state' | 'bug';
  /** Name of the process as the kernel cuts it (15 bytes), where the line has it. */
  process?: string;
}

export type ReasonDetail =
  | ({ kind: 'bounds' } & Bounds)
  | ({ kind: 'assertion' } & Assertion)
  | ({ kind: 'test-timeout' } & TestTimeout)
  /** Of a map key or an operand of ==. */
  | { kind: 'unhashable'; type: string }
  | { kind: 'channel'; use: 'close-closed' | 'close-nil' | 'send-closed' }
  /** What the goroutine that noticed was doing (internal/runtime/maps, runtime/map.go). */
  | { kind: 'map'; use: 'iterate' | 'clone' | 'read' | 'write' }
  | { kind: 'lock'; misuse: LockMisuse }
  /** `no goroutines (main called runtime.Goexit)`. */
  | { kind: 'goexit' }
  /** `non-Go code set up signal handler without SA_ONSTACK flag`. */
  | { kind: 'handler-flag'; flag: 'SA_ONSTACK' }
  | { kind: 'morestack'; stack: 'g0' | 'gsignal' }
  /** `split stack overflow`: outside of the bounds; `stack split at bad time`: where no stack may grow. */
  | { kind: 'stack-split'; why: 'outside' | 'bad-time' }
  /** The rule as checkptr names it: 'misaligned pointer conversion'. */
  | { kind: 'checkptr'; rule: string }
  /** A runtime.Error whose text is of no known class. */
  | { kind: 'runtime-error' }
  /** A panic value of which only type and address are printed. */
  | { kind: 'address-only' }
  | { kind: 'sanitizer'; report: SanitizerReport }
  | { kind: 'kernel'; complaint: KernelComplaint };
