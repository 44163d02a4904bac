/** A return slot that holds something else. */
import type { Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import type { SourceRange } from '../../model/source.ts';

export interface BadReturn {
  /** Function whose return slot it is. */
  function?: string;
  value: Address;
  slot?: Address;
  goroutine?: string;
  stack?: { lo: Address; hi: Address };
  /** The function whose end it lies behind, where it points between two functions. */
  behind?: string;
  /** The function at whose start it points, where no call returns to. */
  entry?: string;
  /** True when the runtime itself said so (`unexpected return pc`). */
  complained: boolean;
  /** True when a debugger's stack shows it. */
  listed?: true;
  evidence: Evidence[];
  source: SourceRange;
}
