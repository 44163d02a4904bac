/**
 * What the person looks at. One selection for all views: the diagram, the frames, the findings and the text each write
 * it and follow it; `origin` says who wrote it, so that a view does not scroll to its own click.
 */
import { create } from 'zustand';
import type { Address } from '../../core/model/address.ts';
import type { SourceRange } from '../../core/model/source.ts';
import { useView, type Tab } from './view-store.ts';

export type SelectionOrigin = 'diagram' | 'text' | 'finding' | 'list';

export interface Selection {
  /** Goroutine id or thread name; '' while no case is open. */
  goroutine: string;
  address?: Address | undefined;
  /** Row in the FrameTable. */
  frameRow?: number | undefined;
  /** Finding id. */
  finding?: string | undefined;
  /** What the Text view highlights. */
  source?: SourceRange | undefined;
}

/** A place in the history: what was selected, and in which view. */
export interface Visited extends Selection {
  tab: Tab;
}

export interface SelectionState extends Selection {
  origin: SelectionOrigin;
  /** Counts up with each selection, so that choosing the same thing again scrolls to it again. */
  serial: number;
  past: readonly Visited[];
  future: readonly Visited[];
  /** Replaces the selection; `goroutine` stays when it is not given, everything else is cleared. */
  select: (next: Partial<Selection>, origin: SelectionOrigin) => void;
  /** `select`, and remembers where the person was: `back` returns there, and to the view. */
  follow: (next: Partial<Selection>, origin: SelectionOrigin) => void;
  back: () => void;
  forward: () => void;
  clear: () => void;
}

/** Places that `back` can return to. */
const maximumHistory = 200;

function selectionOf({ goroutine, address, frameRow, finding, source }: Selection): Selection {
  return { goroutine, address, frameRow, finding, source };
}

function visited(selection: Selection): Visited {
  return { ...selectionOf(selection), tab: useView.getState().tab };
}

export const useSelection = create<SelectionState>()((set, get) => {
  const write = (next: Selection, origin: SelectionOrigin, past: readonly Visited[], future: readonly Visited[]) =>
    set({ ...selectionOf(next), origin, past, future, serial: get().serial + 1 });
  return {
    goroutine: '',
    origin: 'list',
    serial: 0,
    past: [],
    future: [],
    select: (next, origin) => {
      const { goroutine, past, future } = get();
      write({ goroutine, ...next }, origin, past, future);
    },
    follow: (next, origin) => {
      const state = get();
      const past = [...state.past, visited(state)].slice(-maximumHistory);
      write({ goroutine: state.goroutine, ...next }, origin, past, []);
    },
    back: () => {
      const state = get();
      const previous = state.past.at(-1);
      if (previous === undefined) return;
      write(previous, 'list', state.past.slice(0, -1), [visited(state), ...state.future]);
      useView.getState().showTab(previous.tab);
    },
    forward: () => {
      const state = get();
      const [next, ...rest] = state.future;
      if (next === undefined) return;
      write(next, 'list', [...state.past, visited(state)], rest);
      useView.getState().showTab(next.tab);
    },
    clear: () => write({ goroutine: '' }, 'list', [], []),
  };
});
