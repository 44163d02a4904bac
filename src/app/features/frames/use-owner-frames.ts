/** The selected goroutine (or thread) with its frames. */
import { useMemo } from 'react';
import type { Frame, Goroutine } from '../../../core/model/goroutine.ts';
import { framesBetween, goroutineAt, goroutineRow } from '../../../core/model/tables.ts';
import { useSnapshotView, useTables } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import type { FrameSection } from './frame-items.ts';
import { sectionsOf } from './sections.ts';

export interface OwnerFrames {
  title: string;
  state: string;
  frames: readonly Frame[];
  goroutine?: Goroutine;
  /** Several stacks that belong to no goroutine, under the lines that were printed before them. */
  sections?: readonly FrameSection[];
  /** The frames are a debugger's. */
  stopped?: boolean;
}

function stateOf(goroutine: Goroutine): string {
  return [
    goroutine.waitReason ?? goroutine.status,
    goroutine.minutes === undefined ? undefined : `${goroutine.minutes.toLocaleString('en-US')} minutes`,
    goroutine.locked ? 'locked to thread' : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

export function useOwnerFrames(): OwnerFrames | undefined {
  const tables = useTables();
  const snapshot = useSnapshotView()?.snapshot;
  const owner = useSelection((state) => state.goroutine);
  return useMemo(() => {
    if (tables === undefined || snapshot === undefined) return undefined;
    const row = goroutineRow(tables.goroutines, owner);
    if (row >= 0) {
      const goroutine = goroutineAt(tables, row);
      return { title: `Goroutine ${goroutine.id}`, state: stateOf(goroutine), frames: goroutine.frames, goroutine };
    }
    const thread = snapshot.threads.find((one) => one.name === owner) ?? (owner === '' ? snapshot.threads[0] : undefined);
    if (thread !== undefined)
      return { title: thread.name, state: '', frames: thread.frames, stopped: thread.kind === 'debugger' };
    // Frames without a header belong to no goroutine.
    const loose = tables.goroutines.length === 0 ? framesBetween(tables, 0, tables.frames.length) : [];
    const { races } = snapshot;
    const title =
      races.length === 0 ? 'Frames' : races.length === 1 ? 'A data race' : `${races.length.toLocaleString('en-US')} data races`;
    return { title, state: '', frames: loose, sections: sectionsOf(tables, loose, races) };
  }, [tables, snapshot, owner]);
}
