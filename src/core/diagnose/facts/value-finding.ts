/** What rules about the shape of a wrong value have in common: where it stands, and the pointer to accuse. */
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { hex } from './addresses.ts';
import type { BadValue } from './bad-values.ts';

export function valueEvidence(bad: BadValue): Evidence {
  const statement = `${hex(bad.value)} stands as ${bad.as}.`;
  return bad.source === undefined ? { statement, inferred: true } : { statement, source: bad.source };
}

export function valuePointer(bad: BadValue, why: string): BogusPointer {
  return bad.at === undefined ? { value: bad.value, why } : { value: bad.value, at: bad.at, why };
}
