/** What happens when an address inside a sentence is pressed; undefined where sentences stand in a button, or nothing can be shown. */
import { createContext } from 'react';

export type OnAddress = (address: string) => void;

export const AddressLinks = createContext<OnAddress | undefined>(undefined);

/** Shorter numbers are counts and offsets. */
const address = /^0x[0-9a-f]{4,16}$/i;

export function isAddress(code: string): boolean {
  return address.test(code);
}
