/** What range an address lies in: a mapping of the case, or an arena of the heap. */
import { contains } from '../../model/address.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Mapping } from '../../model/memory.ts';
import type { RuleContext } from '../rule.ts';

export function mappingOf(context: RuleContext, address: bigint): Mapping | undefined {
  return context.snapshot.mappings.find((mapping) => contains(mapping, address));
}

/** Size and alignment of heap arenas on 64-bit systems other than Windows (runtime/malloc.go, Go 1.11–1.27). */
const arenaBytes = 1n << 26n;

/** True when a goroutine's printed stack lies in the same arena: then the address is the heap's, used or only reserved. */
export function isInHeapArena(context: RuleContext, address: bigint): boolean {
  const { frames, goroutines } = context.snapshot;
  if (address < 1n << 32n) return false;
  const arena = address / arenaBytes;
  for (let goroutine = 0; goroutine < goroutines.length; goroutine++) {
    if (goroutines.id[goroutine] === 0n) continue;
    const row = goroutines.frameStart[goroutine] ?? 0;
    if (row >= (goroutines.frameEnd[goroutine] ?? 0)) continue;
    if (((frames.flags[row] ?? 0) & FrameFlag.hasSp) !== 0 && (frames.sp[row] ?? 0n) / arenaBytes === arena) return true;
  }
  return false;
}
