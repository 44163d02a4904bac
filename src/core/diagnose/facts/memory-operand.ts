/** The memory operand of an instruction as text, and the address that the registers of the crash give it. */
import { toAddress, toSigned, type Address } from '../../model/address.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { crashRegisters } from './addresses.ts';

export interface MemoryOperand {
  /** Register name as the runtime prints it: rsp, r8, r29. */
  base: string;
  displacement: bigint;
  /** A second register is added: the address cannot be told from the base alone. */
  indexed: boolean;
}

const att = /(-?(?:0x[0-9a-f]{1,16}|\d{1,10}))?\(%(\w{2,4})(,[^)]{1,20})?\)/i;
const brackets = /\[\s*(\w{2,4})\s*(?:(?:([+-])|,\s*#?)\s*(-?(?:0x[0-9a-f]{1,16}|\d{1,10})))?\s*([^\]]{0,40})\]/i;

/** `x29` of a debugger is `r29` in registers. */
function nameOf(register: string): string {
  return register.toLowerCase().replace(/^x(?=\d)/, 'r');
}

function numberOf(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

/** AT&T `0x10(%rsp)`, Intel `[rsp+0x10]`, arm64 `[x0, #16]`; undefined when the text has none. */
export function memoryOperand(text: string): MemoryOperand | undefined {
  const first = att.exec(text);
  if (first !== null) return { base: nameOf(first[2] ?? ''), displacement: numberOf(first[1]), indexed: first[3] !== undefined };
  const second = brackets.exec(text);
  if (second === null) return undefined;
  const number = numberOf(second[3]);
  return {
    base: nameOf(second[1] ?? ''),
    displacement: second[2] === '-' ? -number : number,
    indexed: (second[4] ?? '').trim() !== '',
  };
}

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
