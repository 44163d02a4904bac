/** The address that the registers of the crash give a memory operand. */
import { memoryOperand, type MemoryOperand } from '../../arch/index.ts';
import { toAddress, toSigned, type Address } from '../../model/address.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { crashRegisters } from './addresses.ts';

export { memoryOperand, type MemoryOperand };

export interface OperandAddress {
  address: Address;
  base: Address;
}

/** Undefined where the register was not printed or an index is added. */
export function addressOfOperand(snapshot: Snapshot, operand: MemoryOperand): OperandAddress | undefined {
  const base = crashRegisters(snapshot).find((register) => register.name === operand.base)?.value;
  if (base === undefined || operand.indexed) return undefined;
  return { base, address: toAddress(toSigned(base) + operand.displacement) };
}
