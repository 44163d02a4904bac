/** Instructions of listings by their address, and the one at which a debugger stands. */
import type { CodeListing } from './code.ts';
import type { Instruction } from './instruction.ts';
import { InstructionFlag } from './instruction-columns.ts';

export interface ListedAt {
  listing: CodeListing;
  /** In `listing.instructions`. */
  index: number;
}

const indexed = new WeakMap<readonly CodeListing[], Map<bigint, ListedAt[]>>();

function indexOf(listings: readonly CodeListing[]): Map<bigint, ListedAt[]> {
  const known = indexed.get(listings);
  if (known !== undefined) return known;
  const index = new Map<bigint, ListedAt[]>();
  const add = (address: bigint, place: ListedAt): void => {
    const places = index.get(address);
    if (places === undefined) index.set(address, [place]);
    // Of one listing the first counts.
    else if (places.at(-1)?.listing !== place.listing) places.push(place);
  };
  for (const listing of listings) {
    if (listing.run === undefined) {
      for (const [at, { address }] of listing.instructions.entries())
        if (address !== undefined) add(address, { listing, index: at });
      continue;
    }
    const { columns, from, to } = listing.run;
    for (let row = from; row < to; row++) add(columns.data.addresses[row] ?? 0n, { listing, index: row - from });
  }
  indexed.set(listings, index);
  return index;
}

/** The instruction at `address` in each listing that has it, in printed order. */
export function listedAt(listings: readonly CodeListing[], address: bigint): readonly ListedAt[] {
  return indexOf(listings).get(address) ?? [];
}

/** The instruction at `index` of `listing`, without making the others. */
export function instructionOf(listing: CodeListing, index: number): Instruction | undefined {
  const { run } = listing;
  if (run === undefined) return listing.instructions[index];
  return index < 0 || index >= run.to - run.from ? undefined : run.columns.instruction(run.from + index);
}

/** The instruction at which the debugger stands. */
export function currentOf(listing: CodeListing): Instruction | undefined {
  const { run } = listing;
  if (run === undefined) return listing.instructions.find((instruction) => instruction.current);
  const { flags } = run.columns.data;
  for (let row = run.from; row < run.to; row++)
    if ((flags[row] ?? 0) & InstructionFlag.current) return run.columns.instruction(row);
  return undefined;
}
