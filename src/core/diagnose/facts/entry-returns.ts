/**
 * Return slots that hold the start of a function. Where calls push it, a return address stands behind a call of two bytes or more, so
 * nobody returns to the first two bytes of one; the unwinder believes the word and complains of the next (runtime/traceback.go
 * unwinder.next; Go 1.9–1.27).
 */
import { architectureOf } from '../../arch/index.ts';
import type { Address } from '../../model/address.ts';
import { isRuntimeFunction, withoutAbi } from '../../model/function-name.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import { wordAt } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { regionsOf } from '../../words/index.ts';
import { hex, wordsHolding } from './addresses.ts';
import type { BadReturn } from './bad-return.ts';
import { code } from './wording.ts';

export function entryReturns(snapshot: Snapshot): BadReturn[] {
  const arch = architectureOf(snapshot.process.arch);
  if (arch?.shortestCall === undefined || arch.returnAddressAt !== 'frame-top') return [];
  const found: BadReturn[] = [];
  for (const complaint of snapshot.complaints) {
    if (complaint.kind !== 'unexpected-return-pc' || complaint.frame === undefined) continue;
    const slot = complaint.frame.sp - BigInt(snapshot.memory.wordSize);
    const value = wordAt(snapshot.memory, slot);
    if (value === undefined || found.some((one) => one.slot === slot)) continue;
    const hit = regionsOf(snapshot).symbols.at(value);
    if (hit?.offset === undefined || hit.offset >= arch.shortestCall || hit.function === 'runtime.goexit') continue;
    const callee = functionBelow(snapshot, complaint.frame.sp);
    // Where a signal came, its handler may well return to the start of a function.
    if (callee === undefined || isRuntimeFunction(callee.function)) continue;
    const word = wordsHolding(snapshot, value).find(({ address }) => address === slot);
    const statement = `The return slot of ${code(callee.function)} holds ${hex(value)}, the start of ${code(hit.function)}: no call stands before it.`;
    found.push({
      ...callee,
      value: value as Address,
      slot: slot as Address,
      entry: hit.function,
      complained: false,
      evidence: [{ ...word?.evidence, statement }],
      source: complaint.source,
    });
  }
  return found;
}

/** The printed frame that ends where the other begins. */
function functionBelow(snapshot: Snapshot, sp: Address): { function: string; goroutine: string } | undefined {
  const { frames, goroutines, strings } = snapshot;
  for (let owner = 0; owner < goroutines.length; owner++) {
    for (let row = goroutines.frameStart[owner] ?? 0; row < (goroutines.frameEnd[owner] ?? 0); row++) {
      if (((frames.flags[row] ?? 0) & FrameFlag.hasFp) === 0 || frames.fp[row] !== sp) continue;
      const name = withoutAbi(strings[frames.functionName[row] ?? 0] ?? '');
      return name === '' ? undefined : { function: name, goroutine: (goroutines.id[owner] ?? 0n).toString() };
    }
  }
  return undefined;
}
