/** Short messages about what just happened: shown for a moment and read out by the live region. */
import { create } from 'zustand';

export interface AnnouncementState {
  text: string;
  serial: number;
  /** True: also shown on the page, not only read out. */
  visible: boolean;
}

export const useAnnouncement = create<AnnouncementState>()(() => ({ text: '', serial: 0, visible: false }));

/** Read out by screen readers. */
export function announce(text: string): void {
  useAnnouncement.setState((state) => ({ text, serial: state.serial + 1, visible: false }));
}

/** Read out and shown at the foot of the page for a moment. */
export function notify(text: string): void {
  useAnnouncement.setState((state) => ({ text, serial: state.serial + 1, visible: true }));
}
