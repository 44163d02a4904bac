/** A sparse address space: the mappings, words, spans and objects that the case proves. */
import type { Address, AddressRange } from './address.ts';
import type { SourceRange } from './source.ts';

export interface Mapping extends AddressRange {
  /** 'r-xp' as printed; absent in core-file and rr listings. */
  permissions?: string;
  file?: string;
  fileOffset?: bigint;
  source: SourceRange;
}

/** One 8-byte word that a hexdump, an `x/` command or an object dump showed. */
export interface KnownWord {
  address: Address;
  value: bigint;
  source: SourceRange;
  /** `<sym+off>` printed beside it. */
  symbol?: string;
  /** Debugger step; 0 = the crash itself. */
  step: number;
}

export interface MemoryConflict {
  address: Address;
  words: KnownWord[];
}

/** Words by address, ascending and unique: `addresses[i]` holds `values[i]`. */
export interface Memory {
  /** 8, or 4 on 32-bit architectures. */
  wordSize: 4 | 8;
  bigEndian: boolean;
  addresses: BigUint64Array;
  values: BigUint64Array;
  /** Source of word i: document and byte range. */
  sourceDocument: Uint16Array;
  sourceStart: Uint32Array;
  sourceEnd: Uint32Array;
  /** Printed symbol of word i, into Snapshot.strings; 0 = none. */
  symbol: Uint32Array;
  conflicts: MemoryConflict[];
  /** Addresses that a debugger could not read. */
  unreadable: { address: Address; source: SourceRange }[];
}

export type SpanState = 'dead' | 'in-use' | 'manual' | 'free' | 'unknown';

export interface Span {
  base: Address;
  limit?: Address;
  state?: SpanState;
  elementSize?: number;
  spanClass?: number;
  freeIndex?: number;
  source: SourceRange;
}

/** `object=…` dump of runtime/mgcmark.go gcDumpObject. */
export interface ObjectDump {
  label: string;
  base: Address;
  span?: Span;
  words: { offset: number; value: bigint; marked: boolean; source: SourceRange }[];
  source: SourceRange;
}

/** A row of a zombie table, runtime/mgcsweep.go reportZombies. */
export interface ZombieRow {
  address: Address;
  free: boolean;
  marked: boolean;
  zombie: boolean;
  source: SourceRange;
}

export type StackKind = 'goroutine' | 'g0' | 'gsignal' | 'thread';

/** Bounds of a stack. `known`: printed by the runtime, or guessed from mappings or frames. */
export interface Stack extends AddressRange {
  kind: StackKind;
  /** Goroutine id or thread name. */
  owner: string;
  known: 'printed' | 'guessed';
  source?: SourceRange;
}
