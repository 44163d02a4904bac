/** Steps of a debugger in the time of the program: sessions that run backwards print later facts of earlier moments. */
import type { SourceRange } from './source.ts';

export interface Moment {
  step: number;
  /**
   * Orders the steps by the program's own time; 0 is where the session began. The unit is one `continue`, whose real length nobody
   * printed: only the order means anything.
   */
  at: number;
  /** Reached by running backwards. */
  reverse: boolean;
  source: SourceRange;
}
