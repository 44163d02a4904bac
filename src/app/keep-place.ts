/** Where a selection of the beginning of an input is in the whole of it. */
import { goroutineRow } from '../core/model/tables.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { CaseView, SnapshotView } from '../worker/protocol.ts';
import type { Selection } from './stores/selection-store.ts';

export interface Place {
  /** Index into the view's snapshots. */
  snapshot: number;
  selection: Selection;
}

/** Has `now` the owner at the very place where `was` has it? */
function holdsOwner(now: Snapshot, was: Snapshot, owner: string): boolean {
  const before = goroutineRow(was.goroutines, owner);
  if (before < 0) return now.threads.some(({ name }) => name === owner);
  const after = goroutineRow(now.goroutines, owner);
  return (
    after >= 0 &&
    now.goroutines.document[after] === was.goroutines.document[before] &&
    now.goroutines.headerLine[after] === was.goroutines.headerLine[before]
  );
}

/** The frame that was read from the same line; undefined when another stands there now. */
function frameIn(now: Snapshot, was: Snapshot, row: number | undefined): number | undefined {
  const line = was.frames.textLine[row ?? -1];
  if (row === undefined || line === undefined) return undefined;
  const document = was.frames.document[row];
  const isThere = (other: number) => now.frames.textLine[other] === line && now.frames.document[other] === document;
  const found = isThere(row) ? row : now.frames.textLine.findIndex((_, other) => isThere(other));
  const nameOf = ({ strings, frames }: Snapshot, at: number) => strings[frames.functionName[at] ?? 0];
  return found >= 0 && nameOf(now, found) === nameOf(was, row) ? found : undefined;
}

/** Undefined when no snapshot of `view` has the goroutine (or thread) that is selected in `was`. */
export function placeIn(view: CaseView, was: SnapshotView, selection: Selection): Place | undefined {
  const snapshot = view.snapshots.findIndex((now) => holdsOwner(now.snapshot, was.snapshot, selection.goroutine));
  const now = view.snapshots[snapshot];
  if (now === undefined) return undefined;
  return {
    snapshot,
    selection: {
      ...selection,
      frameRow: frameIn(now.snapshot, was.snapshot, selection.frameRow),
      finding: now.findings.some(({ id }) => id === selection.finding) ? selection.finding : undefined,
    },
  };
}
