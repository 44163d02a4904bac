/** Which debugger step a thing was seen at, by its place in the text. */
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';

/** The last step that begins at or before `source` in its document; undefined before the first. */
export function stepOfSource(snapshot: Snapshot, source: SourceRange): number | undefined {
  let best: { start: number; step: number } | undefined;
  for (const moment of snapshot.moments ?? []) {
    const { document, start } = moment.source;
    if (document !== source.document || start > source.start) continue;
    if (best === undefined || start >= best.start) best = { start, step: moment.step };
  }
  return best?.step;
}
