/** When something was seen, in the program's own time. */
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';

/** Moment of debugger step `step`; steps without a command of their own lie at the one before. */
export function momentOfStep(snapshot: Snapshot, step: number): number {
  let at = 0;
  for (const moment of snapshot.moments ?? []) if (moment.step <= step) at = moment.at;
  return at;
}

/** Moment in force where `source` was printed. */
export function momentOfSource(snapshot: Snapshot, source: SourceRange): number {
  let at = 0;
  for (const moment of snapshot.moments ?? [])
    if (moment.source.document === source.document && moment.source.start <= source.start) at = moment.at;
  return at;
}
