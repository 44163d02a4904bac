/** When something was seen, in the program's own time. */
import type { Moment } from '../model/moment.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';

interface Sorted {
  byStep: Moment[];
  bySource: Moment[];
}

const kept = new WeakMap<Snapshot, Sorted>();

function sorted(snapshot: Snapshot): Sorted {
  const known = kept.get(snapshot);
  if (known !== undefined) return known;
  const moments = snapshot.moments ?? [];
  const made = {
    byStep: [...moments].sort((a, b) => a.step - b.step),
    bySource: [...moments].sort((a, b) => a.source.document - b.source.document || a.source.start - b.source.start),
  };
  kept.set(snapshot, made);
  return made;
}

/** The last of `moments` that is not past; they are sorted. */
function lastOf(moments: readonly Moment[], isPast: (moment: Moment) => boolean): Moment | undefined {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const moment = moments[middle];
    if (moment !== undefined && !isPast(moment)) low = middle + 1;
    else high = middle;
  }
  return moments[low - 1];
}

/** Moment of debugger step `step`; steps without a command of their own lie at the one before. */
export function momentOfStep(snapshot: Snapshot, step: number): number {
  return lastOf(sorted(snapshot).byStep, (moment) => moment.step > step)?.at ?? 0;
}

/** Moment in force where `source` was printed. */
export function momentOfSource(snapshot: Snapshot, source: SourceRange): number {
  const { document, start } = source;
  const last = lastOf(
    sorted(snapshot).bySource,
    (moment) => moment.source.document > document || (moment.source.document === document && moment.source.start > start),
  );
  return last?.source.document === document ? last.at : 0;
}
