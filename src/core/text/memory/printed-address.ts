import { parseAddress, toAddress, type Address } from '../../model/address.ts';

/** The address that a group of a form matched; 0 where the group is empty, as the runtime prints nil. */
export function address(text: string | undefined): Address {
  return parseAddress(text ?? '') ?? toAddress(0);
}
