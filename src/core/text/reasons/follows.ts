import type { LineCursor } from '../cursor.ts';

/** What stands below the reason of a crash. */
const below = /^\s{0,8}(?:\[signal |PC=0x|goroutine \d+ (?:gp=\S+ .*)?\[|runtime stack:|\[recovered)/;
/** Lines that are looked at; blank ones count. */
const reach = 3;

/** Whether a crash goes on within the next lines: so that words in a sentence are not taken for a reason. */
export function crashFollows(cursor: LineCursor, index: number): boolean {
  for (let at = index + 1, end = Math.min(cursor.count, index + 1 + reach); at < end; at++) {
    if (below.test(cursor.line(at))) return true;
  }
  return false;
}
