/** What stands beside the first process of a case: how a list of it is called. */
import type { AnalysedSnapshot } from '../model/case.ts';

export function furtherHeading(further: readonly Pick<AnalysedSnapshot, 'snapshot'>[]): string {
  if (further.some(({ snapshot }) => snapshot.apart !== undefined)) return 'Not merged with it';
  return further.every(({ snapshot }) => snapshot.crash !== undefined)
    ? 'Further crashes in this input'
    : 'Further processes in this input';
}
