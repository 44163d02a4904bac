/** A 64-bit value that is two instructions: what is read when a pointer leads into code. */
import type { Architecture } from '../arch/index.ts';

/** Both halves decoded, the one at the lower address first; undefined unless both are instructions of the small set. */
export function decodeInstructionPair(arch: Architecture | undefined, value: bigint): [string, string] | undefined {
  const low = arch?.decodeInstruction?.(Number(value & 0xffffffffn));
  const high = arch?.decodeInstruction?.(Number((value >> 32n) & 0xffffffffn));
  return low === undefined || high === undefined ? undefined : [low, high];
}
