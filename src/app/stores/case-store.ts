/** The open case: its parts as given, what the worker made of them, and which snapshot is looked at. */
import { create } from 'zustand';
import type { AnalysisRun, Progress } from '../../worker/client.ts';
import type { CaseView, InputPart } from '../../worker/protocol.ts';
import { analysisClient } from './client.ts';

export type CaseStatus = 'empty' | 'reading' | 'ready' | 'failed';

export interface CaseState {
  status: CaseStatus;
  parts: readonly InputPart[];
  /** Defined when ready; stays while an added part is being read. */
  view: CaseView | undefined;
  /** Index into `view.snapshots`. */
  snapshot: number;
  progress: Progress | undefined;
  /** Why reading failed, for people. */
  failure: string | undefined;
  /** Parts before the last addition: what Undo goes back to. */
  before: readonly InputPart[] | undefined;
  /** Counts up with each case that became ready. */
  revision: number;
  /** Replaces the case. Resolves when it is read, cancelled or failed. */
  open: (parts: readonly InputPart[]) => Promise<void>;
  /** Adds to the case and reads all of it again. */
  add: (parts: readonly InputPart[]) => Promise<void>;
  undo: () => Promise<void>;
  /** Stops reading; the case stays as it was before. */
  cancel: () => void;
  close: () => void;
  selectSnapshot: (index: number) => void;
}

const nothing = { view: undefined, progress: undefined, failure: undefined, before: undefined };

let run: AnalysisRun | undefined;

export const useCase = create<CaseState>()((set, get) => {
  const read = async (parts: readonly InputPart[], before: readonly InputPart[] | undefined): Promise<void> => {
    run?.cancel();
    const { parts: kept, view } = get();
    set({ status: 'reading', parts, progress: undefined, failure: undefined });
    const current = analysisClient().analyse(parts, {
      onProgress: (progress) => {
        if (run === current) set({ progress });
      },
    });
    run = current;
    const outcome = await current.promise;
    if (run !== current) return;
    run = undefined;
    if (outcome.type === 'case') {
      const revision = get().revision + 1;
      set({ status: 'ready', view: outcome.view, snapshot: 0, revision, before, progress: undefined });
    } else if (outcome.type === 'cancelled') {
      set(
        view === undefined ? { ...nothing, status: 'empty', parts: [] } : { status: 'ready', parts: kept, progress: undefined },
      );
    } else {
      set({ ...nothing, status: 'failed', failure: outcome.message });
    }
  };
  return {
    ...nothing,
    status: 'empty',
    parts: [],
    snapshot: 0,
    revision: 0,
    open: (parts) => read(parts, undefined),
    add: (added) => {
      const { parts } = get();
      return read([...parts, ...added], parts.length === 0 ? undefined : parts);
    },
    undo: async () => {
      const { before } = get();
      if (before !== undefined) await read(before, undefined);
    },
    cancel: () => run?.cancel(),
    close: () => {
      const left = run;
      run = undefined;
      left?.cancel();
      set({ ...nothing, status: 'empty', parts: [], snapshot: 0 });
    },
    selectSnapshot: (snapshot) => set({ snapshot }),
  };
});
