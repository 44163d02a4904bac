/**
 * A stack in which two goroutines stand. The runtime frees the stack of a goroutine that ends or moves, and gives the memory to another
 * (runtime/stack.go stackfree, stackalloc): whoever still holds an address of the old one writes into the new one.
 */
import type { Evidence } from '../../model/finding.ts';
import { FrameFlag, GoroutineFlag } from '../../model/goroutine.ts';
import { frameOf, functionAt } from './view.ts';
import type { RuleContext } from '../rule.ts';
import type { BadReturn } from './bad-return.ts';
import { hex } from './addresses.ts';
import { code } from './wording.ts';

/** The first frame of another goroutine inside of the damaged stack, as evidence. */
export function sharedStack(context: RuleContext, { stack, goroutine }: BadReturn): Evidence | undefined {
  const { goroutines, frames } = context.snapshot;
  if (stack === undefined || goroutine === undefined) return undefined;
  for (let row = 0; row < goroutines.length; row++) {
    const id = (goroutines.id[row] ?? 0n).toString();
    const flags = goroutines.flags[row] ?? 0;
    if (id === goroutine || id === '0' || (flags & GoroutineFlag.duplicate) !== 0) continue;
    for (let at = goroutines.frameStart[row] ?? 0; at < (goroutines.frameEnd[row] ?? 0); at++) {
      const sp = frames.sp[at] ?? 0n;
      if (((frames.flags[at] ?? 0) & FrameFlag.hasSp) === 0 || sp < stack.lo || sp >= stack.hi) continue;
      const source = frameOf(context, at)?.source;
      const statement = `The frame of ${code(functionAt(context, at))} of goroutine ${id}, at ${hex(sp)}, lies in that same stack: it was freed, and given to another goroutine.`;
      return source === undefined ? { statement, inferred: true } : { statement, source, inferred: true };
    }
  }
  return undefined;
}
