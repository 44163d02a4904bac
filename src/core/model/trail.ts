/** The trail of a value: cards from oldest to newest. */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export interface TrailCard {
  kind: 'write' | 'overwrite' | 'field' | 'found' | 'word' | 'register' | 'complaint';
  /** Address, or the register that held it. */
  at?: Address | string;
  /** The function that wrote or met it. */
  writer?: string;
  file?: string;
  line?: number;
  /** What stood there before and after, for writes. */
  before?: Address;
  after?: Address;
  /** The card or its place in the order is concluded, not printed. */
  inferred: boolean;
  text: string;
  source: SourceRange;
  /** Debugger step at which it was seen; absent before the first. */
  step?: number;
}

export interface Trail {
  value: Address;
  cards: TrailCard[];
}

/** Something at an address that cards of a trail speak of, or that lies beside it. */
export interface TrailPlace {
  kind: 'frame' | 'field' | 'word' | 'stack-pointer' | 'value';
  start: Address;
  /** Absent for a mere point: a stack pointer, or where the value itself leads. */
  end?: Address;
  /** 'runtime.findObject', 'format', 'word 341'; a point's own name: 'RSP'. */
  label: string;
  /** What it is for, in a few words. */
  detail?: string;
  /** The word there, where it is known. */
  value?: Address;
  /** What that word is, in a few words. */
  meaning?: string;
  /** Its place is concluded, not printed. */
  inferred: boolean;
  /** Indexes into the cards of the trail that happened here. */
  cards: number[];
  source?: SourceRange;
}

/** A stretch of memory in which a trail runs: places in ascending order; what lies between two of them is not known. */
export interface TrailRegion {
  kind: 'stack' | 'buffer' | 'span' | 'memory';
  title: string;
  /** Thread or goroutine whose drawn stack this is. */
  owner?: string;
  /** Bounds, where they are known. */
  start?: Address;
  end?: Address;
  places: TrailPlace[];
}
