/**
 * A value made of two AArch64 instructions: what a frame-pointer walk reads when a saved frame pointer points into code.
 * A kernel may deliver a fault address without its top byte (address tagging), as zeros or as a sign extension.
 */
import { decodeInstruction } from '../../words/index.ts';

export interface InstructionWords {
  /** The 64-bit value with a lost top byte put back. */
  value: bigint;
  /** Mnemonics, the one at the lower address first. */
  text: [string, string];
  /** True when the top byte was not in the given value. */
  restored: boolean;
}

/** Top bytes of the instructions that stand around calls: add, sub, str/ldr, stp/ldp, ldur/stur, mov, bl, ret. */
const topBytes = [0x91n, 0xd1n, 0xf9n, 0xf8n, 0xa9n, 0xa8n, 0xaan, 0xb9n, 0x94n, 0x97n, 0xd6n];

/** Of two instructions one at least moves the stack pointer, uses it as a base or restores the frame pointer. */
function standsAtCall(text: readonly [string, string]): boolean {
  return text.some((one) => /\bsp\b|x29/.test(one));
}

function decode(value: bigint): [string, string] | undefined {
  const low = decodeInstruction(Number(value & 0xffffffffn));
  const high = decodeInstruction(Number((value >> 32n) & 0xffffffffn));
  if (low === undefined || high === undefined) return undefined;
  const text: [string, string] = [low, high];
  return standsAtCall(text) ? text : undefined;
}

/** Undefined unless both halves are instructions and one of them belongs to a call's surroundings. */
export function instructionWords(value: bigint): InstructionWords | undefined {
  const whole = decode(value);
  if (whole !== undefined) return { value, text: whole, restored: false };
  const top = value >> 56n;
  if (top !== 0n && top !== 0xffn) return undefined;
  const rest = value & ((1n << 56n) - 1n);
  for (const byte of topBytes) {
    const full = (byte << 56n) | rest;
    const text = decode(full);
    if (text !== undefined) return { value: full, text, restored: true };
  }
  return undefined;
}
