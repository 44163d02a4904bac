/** Addresses that cannot exist: non-canonical values in registers, and what their bytes look like. */
import { architectureOf } from '../../arch/index.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { RegisterValue } from '../../model/thread.ts';
import { classifyWord, isNonCanonical } from '../../words/index.ts';
import { hex, operandRegisters } from './addresses.ts';
import { code } from './wording.ts';

/** SI_KERNEL: the kernel sent the signal without an address; on amd64 a general-protection fault. */
export const kernelCode = 0x80;

/** True when the kernel gave no address and the printed 0x0 means nothing. */
export function hasNoAddress(snapshot: Snapshot): boolean {
  const { crash } = snapshot;
  if (crash === undefined) return false;
  const { faultAddress: address, faultAddressInferred: isInferred } = crash;
  // A debugger's stop names no code; an address worked out from the instruction that cannot exist is as good.
  if (crash.code === undefined && address !== undefined && isInferred === true) return isNonCanonical(snapshot, address);
  if (crash.code !== kernelCode && address === 0n && isInferred !== true) return isZeroInNoRegister(snapshot);
  return crash.code === kernelCode && (address === undefined || address === 0n || isInferred === true);
}

/** A debugger says 0 where the kernel gave no address, too: an access at 0 goes through a register that holds 0. */
function isZeroInNoRegister(snapshot: Snapshot): boolean {
  const { crash, events, process } = snapshot;
  const operands = architectureOf(process.arch)?.operandsOfAddresslessFault;
  if (operands === undefined || events[crash?.event ?? -1]?.kind !== 'stop') return false;
  const shown = operandRegisters(snapshot);
  return operands.every((name) => shown.some((register) => register.name === name && register.value !== 0n));
}

/** Registers that hold no canonical address and no plain negative number. */
export function wildRegisters(snapshot: Snapshot): RegisterValue[] {
  return operandRegisters(snapshot).filter((register) => {
    const signed = BigInt.asIntN(64, register.value);
    return (signed >= 0n || signed < -(1n << 47n)) && isNonCanonical(snapshot, register.value);
  });
}

/** '`0x…`, text "main.go"' for a sentence. */
export function looksLike(snapshot: Snapshot, value: bigint): string {
  const { kind, text } = classifyWord(snapshot, value);
  return kind === 'ascii' || kind === 'utf-16' || kind === 'poison' || kind === 'float' ? `, which looks like ${text}` : '';
}

export function registerText(register: RegisterValue): string {
  return `${code(register.name)} = ${hex(register.value)}`;
}
