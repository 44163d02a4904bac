/** The open case: its parts as given, what the worker made of them, and which snapshot is looked at. */
import { create } from 'zustand';
import type { AnalysisRun, Progress } from '../../worker/client.ts';
import type { CaseView, InputPart } from '../../worker/protocol.ts';
import { notify } from './announcement-store.ts';
import { analysisClient } from './client.ts';

export type CaseStatus = 'empty' | 'reading' | 'ready' | 'failed';

export interface CaseState {
  status: CaseStatus;
  parts: readonly InputPart[];
  /**
   * Defined when ready; stays while an added part is being read. While a large input is read it is what its beginning
   * shows: `view.partial` is set then.
   */
  view: CaseView | undefined;
  /** Index into `view.snapshots`. */
  snapshot: number;
  progress: Progress | undefined;
  /** Why reading failed, for people. */
  failure: string | undefined;
  /** Parts before the last addition: what Undo goes back to. */
  before: readonly InputPart[] | undefined;
  /** Counts up with each case that is shown, a preview included. */
  revision: number;
  /** Counts up with each view: also when the whole takes the place of its preview, which is the same case. */
  edition: number;
  /** Replaces the case. Resolves when it is read, cancelled or failed. */
  open: (parts: readonly InputPart[]) => Promise<void>;
  /** Adds to the case and reads all of it again. */
  add: (parts: readonly InputPart[]) => Promise<void>;
  /** Says where part number `part`, a raw excerpt of memory, begins, and reads the case again. */
  setBase: (part: number, base: bigint) => Promise<void>;
  undo: () => Promise<void>;
  /** Stops reading; the case stays as it was before. */
  cancel: () => void;
  close: () => void;
  selectSnapshot: (index: number) => void;
}

const nothing = { view: undefined, progress: undefined, failure: undefined, before: undefined };

let run: AnalysisRun | undefined;

export const useCase = create<CaseState>()((set, get) => {
  const show = (view: CaseView, more: Partial<CaseState>) => {
    const { revision, edition, view: shown } = get();
    // The whole takes the place of its beginning: the same case, and what the person looks at stays.
    const same = shown?.partial !== undefined && view.partial === undefined;
    const place = same ? {} : { snapshot: 0, revision: revision + 1 };
    set({ ...place, view, edition: edition + 1, ...more });
  };
  const read = async (parts: readonly InputPart[], before: readonly InputPart[] | undefined): Promise<void> => {
    run?.cancel();
    const state = get();
    // What is half read is not a case to go back to.
    const shown = state.view?.partial === undefined ? state.view : undefined;
    const kept = shown === undefined ? [] : state.parts;
    set({ status: 'reading', parts, view: shown, progress: undefined, failure: undefined });
    const current: AnalysisRun = analysisClient().analyse(parts, {
      onProgress: (progress) => {
        if (run === current) set({ progress });
      },
      // An open case stays in sight while more is read.
      ...(shown === undefined && {
        onPreview: (view: CaseView) => {
          if (run === current) show(view, { before: undefined });
        },
      }),
    });
    run = current;
    const outcome = await current.promise;
    if (run !== current) return;
    run = undefined;
    if (outcome.type === 'case') {
      show(outcome.view, { status: 'ready', before, progress: undefined });
    } else if (outcome.type === 'cancelled') {
      set(
        shown === undefined ? { ...nothing, status: 'empty', parts: [] } : { status: 'ready', parts: kept, progress: undefined },
      );
      notify('Reading was cancelled');
    } else if (shown !== undefined) {
      // What was added could not be read: the case stays.
      set({ status: 'ready', parts: kept, progress: undefined });
      notify(outcome.message);
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
    edition: 0,
    open: (parts) => read(parts, undefined),
    add: (added) => {
      const { parts } = get();
      return read([...parts, ...added], parts.length === 0 ? undefined : parts);
    },
    setBase: (part, base) => {
      const { parts } = get();
      return read(
        parts.map((one, index) => (index === part ? { ...one, base } : one)),
        undefined,
      );
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
      analysisClient().close();
      set({ ...nothing, status: 'empty', parts: [], snapshot: 0 });
    },
    selectSnapshot: (snapshot) => set({ snapshot }),
  };
});

/** How much was read of a case whose end is still missing; undefined when all of it was. */
export function usePartial(): CaseView['partial'] {
  return useCase((state) => state.view?.partial);
}
