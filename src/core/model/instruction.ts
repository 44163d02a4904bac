/** One instruction of a listing. */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export interface Instruction {
  /** Absent in assembly source. */
  address?: Address;
  /** Bytes from the start of the function; absent when unknown. */
  offset?: number;
  function?: string;
  /** As printed, white space folded: 'mov $0x1f2e3d4c,%rbp'. */
  text: string;
  /** `=>`: the instruction at which the debugger stands. */
  current: boolean;
  bytes?: Uint8Array;
  source: SourceRange;
}
