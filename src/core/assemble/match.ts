/** A debugger's stack and a goroutine block with the same return addresses are the same stack, printed twice. */
import { FrameFlag } from '../model/goroutine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { frameCount, innermostRow } from '../model/thread-frames.ts';

/** Return addresses that must agree before two stacks are called one. */
const enough = 2;

export function matchDebuggerStacks(snapshot: Snapshot): void {
  const { frames, goroutines } = snapshot;
  if (goroutines.length === 0) return;
  for (const thread of snapshot.threads) {
    const start = innermostRow(thread);
    if (thread.kind !== 'debugger' || start === undefined) continue;
    const pcs = new Set<bigint>();
    for (let frame = start; frame < start + frameCount(thread); frame++) {
      const pc = frames.pc[frame] ?? 0n;
      if (pc !== 0n && ((frames.flags[frame] ?? 0) & FrameFlag.hasPc) !== 0) pcs.add(pc);
    }
    let best = -1;
    let bestShared = 0;
    for (let row = 0; row < goroutines.length; row++) {
      let shared = 0;
      for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
        const pc = frames.pc[frame] ?? 0n;
        if ((frames.flags[frame] ?? 0) & FrameFlag.hasPc && pcs.has(pc)) shared++;
      }
      // Parked goroutines share their last frames: the most specific match wins.
      if (shared > bestShared) [best, bestShared] = [row, shared];
    }
    if (best >= 0 && bestShared >= enough && bestShared * 2 >= pcs.size)
      thread.goroutine = (goroutines.id[best] ?? 0n).toString();
  }
}
