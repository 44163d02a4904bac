/** A conclusion with the lists that a rule leaves empty filled in. */
import type { Conclusion } from '../rule.ts';

type Needed = 'headline' | 'confidence' | 'explanation' | 'evidence';

export function conclusion(parts: Pick<Conclusion, Needed> & Partial<Conclusion>): Conclusion {
  return { against: [], checks: [], next: [], references: [], bogus: [], ...parts };
}
