/** Things to do next that many rules offer. Every command runs as it is. */
import { FrameFlag } from '../../model/goroutine.ts';
import type { NextStep } from '../../model/finding.ts';
import type { RuleContext } from '../rule.ts';
import { frameRowsOf } from './view.ts';

export const runWithRaceDetector: NextStep = {
  why: 'The race detector prints both accesses with their goroutines',
  command: 'go test -race ./...',
};

export const leaveCore: NextStep = {
  why: 'A core file keeps every variable and all memory of the next crash',
  command: 'ulimit -c unlimited; export GOTRACEBACK=crash',
};

export const allGoroutines: NextStep = {
  why: 'All goroutines, not only the crashing one, are printed with this setting',
  command: 'export GOTRACEBACK=all',
};

const systemTraceback: NextStep = {
  why: 'The runtime then prints its own frames too, with sp, fp and pc of each',
  command: 'export GOTRACEBACK=system',
};

/** Offers GOTRACEBACK=system when the crashing goroutine was printed without places. */
export function moreDetail(context: RuleContext): NextStep[] {
  const { crash, frames } = context.snapshot;
  if (crash?.goroutine === undefined) return [systemTraceback];
  const { start, end } = frameRowsOf(context, crash.goroutine);
  for (let row = start; row < end; row++) {
    if ((frames.flags[row] ?? 0) & FrameFlag.hasFp && !((frames.flags[row] ?? 0) & FrameFlag.placed)) return [];
  }
  return [systemTraceback];
}
