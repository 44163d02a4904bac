/** Which mapping an address lies in. */
import { contains } from '../../model/address.ts';
import type { Mapping } from '../../model/memory.ts';
import type { RuleContext } from '../rule.ts';

export function mappingOf(context: RuleContext, address: bigint): Mapping | undefined {
  return context.snapshot.mappings.find((mapping) => contains(mapping, address));
}
