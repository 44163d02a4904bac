/** A link that could not be opened: why, and its text, which stays for the person to keep. */
import { create } from 'zustand';

export interface LinkState {
  failure: { message: string; fragment: string } | undefined;
}

export const useLink = create<LinkState>()(() => ({ failure: undefined }));
