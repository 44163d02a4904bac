/** Threads and their registers. A `runtime stack:` block, `goroutine 0` and a debugger's thread are all threads. */
import type { Address } from './address.ts';
import type { Frame } from './goroutine.ts';
import type { SourceRange } from './source.ts';

export interface RegisterValue {
  name: string;
  value: Address;
  source: SourceRange;
}

export interface RegisterSet {
  /** Architecture names, lower case: rax, rip, r29, lr, sp, pc. x29 of gdb is stored as r29. */
  values: RegisterValue[];
  /** Debugger frame they were printed in; 0 = innermost or crash. */
  frame: number;
  step: number;
  origin: 'runtime' | 'debugger';
}

export interface Thread {
  /** 'runtime stack', 'goroutine 0', 'Thread 1 "ingest"'. */
  name: string;
  kind: 'runtime-stack' | 'goroutine-0' | 'debugger';
  tid?: number;
  m?: number;
  frames: Frame[];
  /** Rows [start, end) of the frame table in which `frames` stand; absent where a frame says more than its row. */
  rows?: { start: number; end: number };
  /** Goroutine whose stack this is, where a goroutine block of the case has the same return addresses. */
  goroutine?: string;
  registers?: RegisterSet;
  /** No traceback was printed: the frames come from the words of the stack, found in this way. */
  foundBy?: 'frame-pointers' | 'return-addresses';
  /** Debugger step at which the stack was printed. */
  step?: number;
  /** A debugger's name for the thread, as printed: stacks of one thread at several steps share it. */
  printedName?: string;
  source: SourceRange;
}
