/** Frame-pointer chains, link by link: what the slot holds against what it must hold. */
import type { ArchitectureName } from './process.ts';
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

/**
 * unknown: the word is not in the case. crossing: legal although it leaves the stack (g0 to goroutine, into C).
 * `end`: zero, the root of a chain.
 */
export type LinkVerdict = 'ok' | 'bogus' | 'end' | 'unknown' | 'crossing';

export interface ChainLink {
  slot: Address;
  value?: Address;
  /** The slot that the next frame which saves a frame pointer has; absent where no frame says so. */
  expected?: Address;
  verdict: LinkVerdict;
  reason?: string;
  /** Row in the FrameTable of the frame that saved it, and its function. */
  frameRow?: number;
  frame?: string;
  /** True past the first bogus link: judged from frame sizes, no walk reached it. */
  pastBreak: boolean;
  source?: SourceRange;
}

export interface FramePointerChain {
  /** Goroutine id, or thread name. */
  owner: string;
  arch: ArchitectureName;
  /** Where a walk began: the register, or the slot whose reader crashed. */
  start?: { value: Address; from: string; source?: SourceRange };
  links: ChainLink[];
}

/** A join between two frames that does not hold (sp(next) ≠ fp(this)). */
export interface FrameBreak {
  owner: string;
  after: number;
  before: number;
  found: Address;
  expected: Address;
  reason: string;
}
