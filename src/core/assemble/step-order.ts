/** Steps of a session that ran backwards, in the order of the program's own time. */
import type { Moment } from '../model/moment.ts';

export interface StepOrder {
  /** Rank of a step: later in the program's life is greater; of equal moments the one printed later. */
  rank: (step: number) => number;
  /** From this step on a stop may lie before what was printed above it. */
  firstBack: number;
}

/** Undefined where the session only ran forwards: then steps are in order by themselves. */
export function orderOfSteps(moments: readonly Moment[]): StepOrder | undefined {
  const back = moments.find(({ reverse }) => reverse);
  if (back === undefined) return undefined;
  const at = new Map<number, number>();
  let last = 0;
  for (const moment of moments) {
    at.set(moment.step, moment.at);
    last = Math.max(last, moment.step);
  }
  const steps: { step: number; at: number }[] = [];
  let now = 0;
  // A step without a command of its own lies at the one before.
  for (let step = 0; step <= last; step++) steps.push({ step, at: (now = at.get(step) ?? now) });
  steps.sort((a, b) => a.at - b.at || a.step - b.step);
  const ranks = new Uint32Array(steps.length);
  for (const [rank, { step }] of steps.entries()) ranks[step] = rank;
  const after = ranks[last] ?? 0;
  return { rank: (step) => ranks[step] ?? after, firstBack: back.step };
}
