/** What a 64-bit value is, in context. `unknown` rather than a guess: heap addresses are random since Go 1.26. */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export type WordKind =
  | 'nil'
  | 'small-integer'
  | 'text'
  | 'own-stack'
  | 'other-stack'
  | 'system-stack'
  | 'heap'
  | 'span-not-in-use'
  | 'arena-reserved'
  | 'data'
  | 'mapped-file'
  | 'mapped'
  | 'unmapped'
  | 'non-canonical'
  | 'poison'
  | 'ascii'
  | 'utf-16'
  | 'float'
  | 'instructions'
  | 'half-pointer'
  | 'one-bit-off'
  | 'unknown';

export interface WordMeaning {
  kind: WordKind;
  /** For people: 'saveblockevent +0x1a5', 'heap', '0x1f2e3d4c is in no mapping'. */
  text: string;
  /** text: function and offset into it. */
  symbol?: { function: string; offset: number };
  /** Target inside a known range. */
  target?: Address;
  inferred: boolean;
  source?: SourceRange;
}
