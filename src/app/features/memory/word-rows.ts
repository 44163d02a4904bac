/** Words of the case as rows, with the holes between them. */
import { toAddress, type Address } from '../../../core/model/address.ts';
import { wordSource } from '../../../core/model/memory-lookup.ts';
import type { Memory } from '../../../core/model/memory.ts';
import type { StackPicture } from '../../../core/model/picture.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import { meaningOf } from '../stack/names.ts';
import type { SourceRange } from '../../../core/model/source.ts';

export interface WordRow {
  address: Address;
  value: bigint;
  symbol: string;
  source: SourceRange;
  /** The word before it is not the one right below: a line is drawn above it. */
  afterHole: boolean;
}

export function wordRow(snapshot: Snapshot, index: number): WordRow {
  const { memory } = snapshot;
  const address = toAddress(memory.addresses[index] ?? 0n);
  const before = memory.addresses[index - 1];
  return {
    address,
    value: memory.values[index] ?? 0n,
    symbol: snapshot.strings[memory.symbol[index] ?? 0] ?? '',
    source: wordSource(memory, index),
    afterHole: before !== undefined && address - before !== BigInt(memory.wordSize),
  };
}

/** Number of unbroken runs of words. */
export function runCount(memory: Memory): number {
  let runs = memory.addresses.length > 0 ? 1 : 0;
  for (let i = 1; i < memory.addresses.length; i++)
    if ((memory.addresses[i] ?? 0n) - (memory.addresses[i - 1] ?? 0n) !== BigInt(memory.wordSize)) runs++;
  return runs;
}

/** Meaning of the words that the open picture draws, by address. */
export function meaningsOf(picture: StackPicture | undefined): Map<bigint, string> {
  const meanings = new Map<bigint, string>();
  for (const band of picture?.bands ?? [])
    for (const row of band.rows) meanings.set(row.address, picture === undefined ? '' : meaningOf(row, picture));
  return meanings;
}
