/** Finds the cycle in a stack that overflowed. */
import type { Frame } from '../../model/goroutine.ts';
import { argumentWords } from './arguments.ts';

/** Longest cycle looked for: the runtime prints 50 frames from each end, so three turns of 16 fit. */
const longestPeriod = 16;
/** Frames looked at from the inner end. */
const framesSearched = 120;

export interface Recursion {
  /** One turn, innermost call first. */
  cycle: Frame[];
  /** Complete turns printed. */
  turns: number;
  /** Frames of the cycle's run, as printed. */
  run: Frame[];
}

/** The run of frames that repeats with the shortest period and covers most of the stack; at least three turns. */
export function findRecursion(frames: readonly Frame[]): Recursion | undefined {
  const searched = frames.slice(0, framesSearched);
  const names = searched.map((frame) => frame.function ?? '');
  let best: { start: number; length: number; period: number } | undefined;
  for (let period = 1; period <= longestPeriod; period++) {
    let matched = 0;
    for (let at = 0; at + period <= names.length; at++) {
      const same = at + period < names.length && names[at] !== '' && names[at] === names[at + period];
      if (same) {
        matched++;
        continue;
      }
      const length = matched + period;
      if (matched >= 2 * period && length > (best?.length ?? 0)) best = { start: at - matched, length, period };
      matched = 0;
    }
  }
  if (best === undefined) return undefined;
  const run = searched.slice(best.start, best.start + best.length);
  return { cycle: run.slice(0, best.period), turns: Math.floor(best.length / best.period), run };
}

export interface ChangingArgument {
  /** Place in the printed list, from 1. */
  position: number;
  inner: bigint;
  outer: bigint;
  change: 'rises' | 'falls' | 'same';
}

/** How the argument words of the cycle's function `name` move from the outer to the inner calls. */
export function argumentChanges(recursion: Recursion, name: string): ChangingArgument[] {
  const calls = recursion.run
    .filter((frame) => frame.function === name && !frame.inlined)
    .map((frame) => argumentWords(frame.arguments));
  const first = calls[0];
  const last = calls[calls.length - 1];
  if (first === undefined || last === undefined || calls.length < 3) return [];
  const changes: ChangingArgument[] = [];
  for (let index = 0; index < Math.min(first.length, last.length); index++) {
    const values = calls.map((words) => words[index]);
    if (values.some((word) => word === undefined || word.stale)) continue;
    const numbers = values.map((word) => word?.value ?? 0n);
    const steps = numbers.slice(1).map((value, at) => (numbers[at] ?? 0n) - value);
    const change = steps.every((step) => step === 0n)
      ? 'same'
      : steps.every((step) => step >= 0n)
        ? 'rises'
        : steps.every((step) => step <= 0n)
          ? 'falls'
          : undefined;
    if (change === undefined) continue;
    changes.push({ position: index + 1, inner: numbers[0] ?? 0n, outer: numbers[numbers.length - 1] ?? 0n, change });
  }
  return changes;
}
