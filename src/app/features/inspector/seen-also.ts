/** Other places that hold a value: registers, words, instructions. */
import { toAddress, type Address } from '../../../core/model/address.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { wordSource } from '../../../core/model/memory-lookup.ts';

export interface SeenPlace {
  label: string;
  /** A word that can be selected; others are lines of the text. */
  address?: Address;
  source?: SourceRange;
}

/** Smaller values are everywhere and mean nothing. */
export const smallestTelling = 4096n;
const mostPlaces = 8;

/** Instructions write constants as `$0x1f2e3d4c` (AT&T, Go), `#0x…` (arm64) or bare. */
function mentions(text: string, hexadecimal: string): boolean {
  const at = text.toLowerCase().indexOf(hexadecimal);
  return at >= 0 && !/[0-9a-f]/i.test(text.charAt(at + hexadecimal.length));
}

/** Places other than the word at `except`, at most eight; `more` says that there are others. */
export function seenAlso(snapshot: Snapshot, value: bigint, except?: bigint): { places: SeenPlace[]; more: boolean } {
  if (value < smallestTelling) return { places: [], more: false };
  const places = new Map<string, SeenPlace>();
  for (const set of snapshot.registers)
    for (const register of set.values)
      if (register.value === value) {
        const label = register.name.toUpperCase();
        if (!places.has(label)) places.set(label, { label, source: register.source });
      }
  const hexadecimal = `0x${value.toString(16)}`;
  for (const listing of snapshot.listings)
    for (const instruction of listing.instructions)
      if (mentions(instruction.text, hexadecimal)) {
        const at = instruction.offset === undefined ? '' : ` +${instruction.offset.toString()}`;
        const label = `${listing.origin}${at}`;
        places.set(label, { label, source: instruction.source });
      }
  const { memory } = snapshot;
  let more = false;
  for (let i = 0; i < memory.addresses.length; i++) {
    if (memory.values[i] !== value || memory.addresses[i] === except) continue;
    if (places.size >= mostPlaces) {
      more = true;
      break;
    }
    const address = toAddress(memory.addresses[i] ?? 0n);
    const label = `0x${address.toString(16)}`;
    places.set(label, { label, address, source: wordSource(memory, i) });
  }
  return { places: [...places.values()].slice(0, mostPlaces), more: more || places.size > mostPlaces };
}
