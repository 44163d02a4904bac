/** Which view is open and how the page is arranged. */
import { create } from 'zustand';

export const tabs = ['stack', 'trail', 'frames', 'memory', 'text'] as const;
export type Tab = (typeof tabs)[number];

export interface ViewStateStore {
  tab: Tab;
  /** Runs of words that nothing points at are folded in the diagram. */
  folded: boolean;
  /** Zones that are drawers on narrow screens. */
  leftOpen: boolean;
  rightOpen: boolean;
  /** Dialog on top of the page. */
  dialog: 'none' | 'shortcuts';
  showTab: (tab: Tab) => void;
  toggleFolded: () => void;
  setLeft: (open: boolean) => void;
  setRight: (open: boolean) => void;
  setDialog: (dialog: 'none' | 'shortcuts') => void;
}

export const useView = create<ViewStateStore>()((set, get) => ({
  tab: 'stack',
  folded: true,
  leftOpen: false,
  rightOpen: false,
  dialog: 'none',
  showTab: (tab) => set({ tab }),
  toggleFolded: () => set({ folded: !get().folded }),
  // One drawer at a time: on a narrow screen they would cover each other.
  setLeft: (leftOpen) => set(leftOpen ? { leftOpen, rightOpen: false } : { leftOpen }),
  setRight: (rightOpen) => set(rightOpen ? { rightOpen, leftOpen: false } : { rightOpen }),
  setDialog: (dialog) => set({ dialog }),
}));
