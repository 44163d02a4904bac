/** Recursion in a list of frames: sequences of calls that come again and again. */
import type { Frame } from '../../../core/model/goroutine.ts';

export interface Repeat {
  /** Frames [start, end) say the same as the `period` frames before them. */
  start: number;
  end: number;
  period: number;
}

/** Longer cycles are rare and would not be recognised by eye. */
const longestPeriod = 8;
/** Rounds that must be there before the later ones are folded. */
const fewestRounds = 4;

function keyOf(frame: Frame): string {
  return `${frame.function ?? ''} ${frame.file ?? ''} ${(frame.line ?? 0).toString()}`;
}

/** Rounds after the first of each recursion in frames [from, to); the shortest period wins. */
export function repeatsIn(frames: readonly Frame[], from: number, to: number): Repeat[] {
  const keys = frames.slice(from, to).map(keyOf);
  const repeats: Repeat[] = [];
  let at = 0;
  while (at < keys.length) {
    const found = repeatAt(keys, at);
    if (found === undefined) at++;
    else {
      repeats.push({ start: from + at + found.period, end: from + at + found.period * found.rounds, period: found.period });
      at += found.period * found.rounds;
    }
  }
  return repeats;
}

function repeatAt(keys: readonly string[], at: number): { period: number; rounds: number } | undefined {
  for (let period = 1; period <= longestPeriod; period++) {
    let end = at + period;
    while (end < keys.length && keys[end] === keys[end - period]) end++;
    const rounds = Math.floor((end - at) / period);
    if (rounds >= fewestRounds) return { period, rounds };
  }
  return undefined;
}
