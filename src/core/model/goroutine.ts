/**
 * Goroutines and frames. Dumps can hold 100,000 goroutines and a million frames, so they live in columns
 * (`GoroutineTable`, `FrameTable`) that cross the worker border by transfer; a row becomes an object only when it is
 * looked at (`goroutineAt`, `frameAt` in ./tables.ts).
 */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export type FrameKind = 'go' | 'assembly' | 'cgo' | 'runtime' | 'signal' | 'unknown';

/** Bits of `FrameTable.flags`. */
export const FrameFlag = {
  inlined: 1,
  /** `+0x…` was printed. */
  hasEntryOffset: 2,
  /** pc known (printed or inferred). */
  hasPc: 4,
  hasSp: 8,
  hasFp: 16,
  /** The function line was lost; its name is unknown or inferred. */
  functionInferred: 32,
  /** `created by`: not part of the stack. */
  createdBy: 64,
  /** sp/fp were placed from words, not printed. */
  placed: 128,
} as const;

export interface FrameTable {
  length: number;
  /** Index into Snapshot.strings; 0 is the empty string = unknown. */
  functionName: Uint32Array;
  file: Uint32Array;
  /** Source line; 0 = unknown. */
  line: Uint32Array;
  entryOffset: Uint32Array;
  pc: BigUint64Array;
  sp: BigUint64Array;
  fp: BigUint64Array;
  flags: Uint8Array;
  /** Text offsets of the argument list between its parentheses, in the document's unwrapped bytes; equal = none. */
  argumentStart: Uint32Array;
  argumentEnd: Uint32Array;
  /** Unwrapped line of the function (or location) line. */
  textLine: Uint32Array;
  document: Uint16Array;
}

/** Bits of `GoroutineTable.flags`. */
export const GoroutineFlag = {
  lockedToThread: 1,
  /** A `goroutine N` header was printed (not an orphan block of frames). */
  hasHeader: 2,
  /** `...N frames elided...` stands in the block. */
  elided: 4,
  hasGp: 8,
  /** m= named a running thread. */
  running: 16,
  /** An earlier block has the same id and stack. */
  duplicate: 32,
  scan: 64,
  /** One of a group that was only counted (a profile): its id is 0 and not known. */
  counted: 128,
} as const;

export interface GoroutineTable {
  length: number;
  id: BigUint64Array;
  /** Into strings: status or wait reason as printed ('running', 'chan receive'). */
  status: Uint32Array;
  waitMinutes: Uint32Array;
  flags: Uint8Array;
  gp: BigUint64Array;
  /** m= number; -1 = nil or not printed. */
  m: Int32Array;
  /** Frames [frameStart, frameEnd) of the FrameTable, innermost first. */
  frameStart: Uint32Array;
  frameEnd: Uint32Array;
  /** Row of the created-by frame, or -1. */
  createdBy: Int32Array;
  /** `in goroutine N`; 0 = not printed. */
  createdIn: BigUint64Array;
  /** Into strings: labels as printed; 0 = none. */
  labels: Uint32Array;
  /** Frames left out by `...N frames elided...`; and how many printed frames stand before the mark. */
  elidedCount: Uint32Array;
  elidedAfter: Uint32Array;
  headerLine: Uint32Array;
  /** Unwrapped line past the last line of the block. */
  endLine: Uint32Array;
  document: Uint16Array;
}

export interface Frame {
  /** Row in the FrameTable. */
  row: number;
  function?: string;
  file?: string;
  line?: number;
  entryOffset?: number;
  pc?: Address;
  /** Go's printed meaning: the frame's own stack pointer. */
  sp?: Address;
  /** Go's printed meaning: the caller's sp (the CFA), never the hardware register. */
  fp?: Address;
  inlined: boolean;
  functionInferred: boolean;
  placed: boolean;
  /** As printed between the parentheses. */
  arguments?: string;
  kind: FrameKind;
  source: SourceRange;
}

export interface Goroutine {
  /** Row in the GoroutineTable. */
  row: number;
  id: string;
  status: string;
  waitReason?: string;
  minutes?: number;
  locked: boolean;
  labels?: Record<string, string>;
  gp?: Address;
  m?: number;
  createdBy?: Frame;
  createdIn?: string;
  frames: Frame[];
  elided?: { count: number; after: number };
  source: SourceRange;
}
