/** Where the process was executing when it failed, against what is known of its code. */
import type { Address } from '../../model/address.ts';
import type { Instruction } from '../../model/instruction.ts';
import { currentOf, instructionOf, listedAt } from '../../model/listing-addresses.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { regionsOf } from '../../words/index.ts';
import type { RuleContext } from '../rule.ts';
import { accessOf, mappingOf } from './mapping.ts';

/** 'code', 'data' (known to be something else), or undefined where the case does not tell. */
export function executableAt(context: RuleContext, pc: Address): 'code' | 'data' | undefined {
  const { snapshot } = context;
  const regions = regionsOf(snapshot);
  if (regions.isCode(pc) !== undefined) return 'code';
  const mapping = mappingOf(context, pc);
  const access = accessOf(mapping);
  if (access !== undefined) return access.execute ? 'code' : 'data';
  if (regions.stackAt(pc) !== undefined || regions.spanAt(pc) !== undefined || regions.inKnownArena(pc)) return 'data';
  return regions.listsMappings && mapping === undefined ? 'data' : undefined;
}

/** The instruction at `pc`: the one that a debugger marked, or the one that is listed at this address. */
export function instructionAt({ listings }: Snapshot, pc: Address | undefined): Instruction | undefined {
  if (pc !== undefined) {
    const [place] = listedAt(listings, pc);
    return place === undefined ? undefined : instructionOf(place.listing, place.index);
  }
  for (const listing of listings) {
    const current = currentOf(listing);
    if (current !== undefined) return current;
  }
  return undefined;
}
