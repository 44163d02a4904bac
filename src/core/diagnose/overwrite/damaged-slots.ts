/** Slots of which the case itself proves that they hold something else than they must. */
import { offsetBy, type Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { badReturns, isInjected, trampolineAt } from '../facts/return-addresses.ts';

export interface DamagedSlot {
  address: Address;
  /** For a sentence: 'the return address of', 'a saved frame pointer'. */
  role: 'return address' | 'saved frame pointer' | 'pointer variable' | 'pointer in an object';
  function?: string;
  /** Object that contains it. */
  object?: Address;
  source?: SourceRange;
}

/** Each address once. Return probes and the program counters of signals are no overwritten slots. */
export function damagedSlots(snapshot: Snapshot): DamagedSlot[] {
  const slots = new Map<bigint, DamagedSlot>();
  const add = (slot: DamagedSlot): void => {
    if (!slots.has(slot.address)) slots.set(slot.address, slot);
  };
  for (const bad of badReturns(snapshot)) {
    if (bad.slot === undefined || isInjected(bad) || trampolineAt(snapshot, bad) !== undefined) continue;
    const slot: DamagedSlot = { address: bad.slot, role: 'return address', source: bad.source };
    if (bad.function !== undefined) slot.function = bad.function;
    add(slot);
  }
  for (const complaint of snapshot.complaints) {
    if (complaint.kind === 'bad-frame-pointer-word')
      add({ address: complaint.at, role: 'pointer variable', function: complaint.function, source: complaint.source });
    if (complaint.kind === 'bad-heap-pointer' && complaint.foundIn !== undefined) {
      const { base, offset } = complaint.foundIn;
      add({ address: offsetBy(base, offset), role: 'pointer in an object', object: base, source: complaint.source });
    }
  }
  for (const chain of snapshot.chains) {
    for (const link of chain.links) {
      if (link.verdict !== 'bogus' || link.pastBreak || link.value === undefined) continue;
      const slot: DamagedSlot = { address: link.slot, role: 'saved frame pointer' };
      if (link.frame !== undefined) slot.function = link.frame;
      if (link.source !== undefined) slot.source = link.source;
      add(slot);
    }
  }
  return [...slots.values()];
}
