/** Values that the case itself proves to be wrong as pointers: what the runtime refused, and where accesses failed. */
import type { Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import { firstLegalPointer } from './addresses.ts';
import { crashEvent } from './crash.ts';
import { framePointerCrash } from './frame-pointers.ts';
import { badPointers } from './heap.ts';
import { badReturns } from './return-addresses.ts';
import { crashSignal } from './signal.ts';
import { hasNoAddress, wildRegisters } from './wild.ts';
import type { RuleContext } from '../rule.ts';

export interface BadValue {
  value: Address;
  /** For a sentence: 'a return address', 'the address that was accessed'. */
  as: string;
  /** Slot or register. */
  at?: Address | string;
  source?: SourceRange;
}

/** Signals of a failed access. */
const accesses = /^(?:SIGSEGV|SIGBUS|0xc0000005)$/;

function faultAddress(context: RuleContext): BadValue[] {
  const signal = crashSignal(context);
  if (signal?.address === undefined || signal.sent || !accesses.test(signal.name)) return [];
  const source = crashEvent(context)?.source;
  return [{ value: signal.address, as: 'the address that was accessed', ...(source === undefined ? {} : { source }) }];
}

/** Each value once, the surest first. */
export function badValues(context: RuleContext): BadValue[] {
  const { snapshot } = context;
  if (snapshot.crash === undefined) return [];
  const found: BadValue[] = [];
  for (const bad of badReturns(snapshot))
    found.push({
      value: bad.value,
      as: 'a return address',
      source: bad.source,
      ...(bad.slot === undefined ? {} : { at: bad.slot }),
    });
  for (const bad of badPointers(snapshot)) found.push({ value: bad.pointer, as: 'a pointer into the heap', source: bad.source });
  for (const one of snapshot.complaints)
    if (one.kind === 'bad-frame-pointer-word')
      found.push({ value: one.value, as: 'a pointer variable', at: one.at, source: one.source });
  const reader = framePointerCrash(context);
  if (reader !== undefined) {
    if (reader.value !== undefined) found.push({ value: reader.value, as: 'a frame pointer', source: reader.reader.source });
  } else {
    found.push(...faultAddress(context));
    if (hasNoAddress(snapshot))
      for (const register of wildRegisters(snapshot))
        found.push({ value: register.value, as: 'an address', at: register.name, source: register.source });
  }
  const seen = new Set<bigint>();
  return found.filter(({ value }) => {
    if (value < firstLegalPointer || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
