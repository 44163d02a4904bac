/**
 * The stack of one goroutine as it is drawn, in words and bands: what the page, the 80-column text and (later) the SVG
 * export share. Low addresses first; views may flip.
 */
import type { Address } from './address.ts';
import type { ChainLink } from './chain.ts';
import type { FrameKind } from './goroutine.ts';
import type { SourceRange } from './source.ts';
import type { WordMeaning } from './word.ts';

export type SlotRole =
  | 'return-address'
  /** amd64: just under the return address. arm64: one word below the frame's sp, so it belongs to the caller. */
  | 'saved-frame-pointer'
  /** arm64: R30 at the bottom of the frame. */
  | 'saved-link-register'
  | 'argument'
  | 'local'
  | 'unknown';

export interface StackRow {
  address: Address;
  /** Absent: the word is not in the case (the row is drawn as predicted). */
  value?: bigint;
  role: SlotRole;
  /** bogus: fails the test of its role. doubtful: fits only by a guess. */
  verdict: 'ok' | 'bogus' | 'doubtful' | 'none';
  meaning?: WordMeaning;
  /** Field of a printed struct that this word is. */
  field?: string;
  /** A saved frame pointer that lies in its callee's area, one word below its own frame (machines with a link register). */
  ofCaller?: boolean;
  /** Index into the chain's links, when the row is a link. */
  link?: number;
  /** Registers equal to this address: 'RSP', 'RBP', and 'walk' where the failing walk began. */
  pointedBy: string[];
  source?: SourceRange;
}

/** A run of words that are not in the case, between known rows of a band. */
export interface StackGap {
  start: Address;
  bytes: number;
  /** Gets the words: `x/6xg 0xc000040f08`. */
  command: string;
}

export interface StackBand {
  /** Row in the FrameTable of the physical frame; -1 for an area that no frame describes: a printed struct, words. */
  frameRow: number;
  function: string;
  /** A printed struct that lies on this stack: '*out'. */
  struct?: string;
  /** Names of calls inlined into it, innermost first. */
  inlined: string[];
  file?: string;
  line?: number;
  kind: FrameKind;
  user: boolean;
  start: Address;
  end: Address;
  /** Another stack begins with this band, in words: 'signal stack'. Only where the listing goes over several. */
  stack?: string;
  /** Only the end of the frame is known: its lower words are not drawn. */
  partial?: true;
  /** How its place is known. */
  placed: 'printed' | 'return-address' | 'frame-pointer';
  rows: StackRow[];
  gaps: StackGap[];
  source?: SourceRange;
}

export interface StackBounds {
  lo: Address;
  hi: Address;
  known: 'printed' | 'guessed';
  /** stack.lo + 928 on 64-bit unless -race; always a default. */
  guard?: Address;
  /** Bytes between guard or lo and the innermost frame. */
  unused: number;
}

/** The attached box under the first bad slot. */
export interface StackCallout {
  address: Address;
  title: string;
  expected?: string;
  found: string;
  /** Finding that says more. */
  finding?: string;
}

export interface StackPicture {
  owner: string;
  arch: string;
  /** Bytes of a word. */
  wordSize: 4 | 8;
  /** Which chain of the snapshot runs through it; -1 = none. */
  chain: number;
  /** The links that rows point to: those of the snapshot's chain, or of one built for this picture. */
  links: ChainLink[];
  bounds?: StackBounds;
  bands: StackBand[];
  callouts: StackCallout[];
  /** Words of the case inside the drawn range. */
  wordsKnown: number;
  /** Why it is empty or partial, and the command that would fill it. */
  missing?: { why: string; command?: string };
}
