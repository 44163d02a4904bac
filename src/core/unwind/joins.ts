/** Adjacent frames must share their border: sp(next) = fp(this), with the exceptions of the architecture. */
import type { Architecture } from '../arch/index.ts';
import { formatAddress } from '../model/address.ts';
import type { FrameBreak } from '../model/chain.ts';
import type { PlacedFrame } from './places.ts';

export function checkJoins(arch: Architecture, owner: string, frames: readonly PlacedFrame[]): FrameBreak[] {
  const breaks: FrameBreak[] = [];
  for (let index = 1; index < frames.length; index++) {
    const inner = frames[index - 1];
    const outer = frames[index];
    if (inner === undefined || outer === undefined || !outer.joined) continue;
    const allowed = arch.joins({ sp: inner.sp, fp: inner.fp }, inner.name);
    const expected = allowed[0] ?? inner.fp;
    if (allowed.includes(outer.sp)) continue;
    breaks.push({
      owner,
      after: inner.row,
      before: outer.row,
      found: outer.sp,
      expected,
      reason: `${outer.name} has sp ${formatAddress(outer.sp)}, but ${inner.name} ends at ${formatAddress(expected)}`,
    });
  }
  return breaks;
}
