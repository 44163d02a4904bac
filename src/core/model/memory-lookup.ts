/** Looking words up in the columns of Memory. */
import type { Memory } from './memory.ts';
import type { SourceRange } from './source.ts';

/** Words without their sources. */
export type Words = Pick<Memory, 'addresses' | 'values'>;

/** Index of the first word at or above `address`. */
export function lowerBound(memory: Words, address: bigint): number {
  let low = 0;
  let high = memory.addresses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((memory.addresses[middle] ?? 0n) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the word at `address`, or -1. */
export function wordIndex(memory: Words, address: bigint): number {
  const index = lowerBound(memory, address);
  return memory.addresses[index] === address ? index : -1;
}

export function wordAt(memory: Words, address: bigint): bigint | undefined {
  const index = wordIndex(memory, address);
  return index < 0 ? undefined : memory.values[index];
}

export function wordSource(memory: Memory, index: number): SourceRange {
  return {
    document: memory.sourceDocument[index] ?? 0,
    start: memory.sourceStart[index] ?? 0,
    end: memory.sourceEnd[index] ?? 0,
  };
}
