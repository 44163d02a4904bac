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
}

export interface Trail {
  value: Address;
  cards: TrailCard[];
}
