/** Pointers of the case that are known to be good: places of frames, goroutine records, spans, and words that lead into known memory. */
import type { Address } from '../../model/address.ts';
import { toAddress } from '../../model/address.ts';
import { FrameFlag, GoroutineFlag } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { classifyWord } from '../../words/index.ts';
import { firstLegalPointer } from './addresses.ts';

export interface KnownPointer {
  value: Address;
  /** Where it stands, for a sentence: 'the word at 0x…', 'register rax', 'the frame of main.f'. */
  from: string;
}

/** Most pointers that are collected; a case with more has enough to compare with. */
const mostPointers = 20_000;

const good = new Set(['text', 'own-stack', 'other-stack', 'system-stack', 'heap', 'data', 'mapped', 'mapped-file']);

const bySnapshot = new WeakMap<Snapshot, KnownPointer[]>();

function collect(snapshot: Snapshot): KnownPointer[] {
  const { frames, goroutines, memory, strings } = snapshot;
  const pointers = new Map<bigint, KnownPointer>();
  const add = (value: bigint, from: () => string): void => {
    if (value < firstLegalPointer || pointers.size >= mostPointers || pointers.has(value)) return;
    pointers.set(value, { value: toAddress(value), from: from() });
  };
  for (let row = 0; row < goroutines.length && pointers.size < mostPointers; row++) {
    if (((goroutines.flags[row] ?? 0) & GoroutineFlag.hasGp) !== 0)
      add(goroutines.gp[row] ?? 0n, () => `the record of goroutine ${(goroutines.id[row] ?? 0n).toString()}`);
  }
  for (let row = 0; row < frames.length && pointers.size < mostPointers; row++) {
    const flags = frames.flags[row] ?? 0;
    const from = (): string => `the frame of ${strings[frames.functionName[row] ?? 0] ?? ''}`;
    if ((flags & FrameFlag.hasPc) !== 0) add(frames.pc[row] ?? 0n, from);
    if ((flags & FrameFlag.hasSp) !== 0) add(frames.sp[row] ?? 0n, from);
    if ((flags & FrameFlag.hasFp) !== 0) add(frames.fp[row] ?? 0n, from);
  }
  for (const span of snapshot.spans) if (span.state === 'in-use') add(span.base, () => 'a span in use');
  const leads = (value: bigint): boolean => value >= firstLegalPointer && good.has(classifyWord(snapshot, value).kind);
  for (let index = 0; index < memory.values.length && pointers.size < mostPointers; index++) {
    const value = memory.values[index] ?? 0n;
    if (!pointers.has(value) && leads(value)) add(value, () => `the word at 0x${(memory.addresses[index] ?? 0n).toString(16)}`);
  }
  for (const set of snapshot.registers)
    for (const register of set.values) if (leads(register.value)) add(register.value, () => `register ${register.name}`);
  return [...pointers.values()];
}

export function knownPointers(snapshot: Snapshot): readonly KnownPointer[] {
  const known = bySnapshot.get(snapshot);
  if (known !== undefined) return known;
  const pointers = collect(snapshot);
  bySnapshot.set(snapshot, pointers);
  return pointers;
}
