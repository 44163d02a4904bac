/**
 * Who could wake whom: goroutine B may wake A when a frame of the user in B has the object that A waits for among its arguments. Who
 * holds a lock or has a channel's other end is not printed; the arguments are the only trace of it.
 */
import type { RuleContext } from '../rule.ts';
import { argumentWords } from './arguments.ts';
import { framesOf, isUserFrame } from './view.ts';
import type { Wait } from './waiting.ts';

/** Waits that are compared with each other. */
const mostCompared = 200;
/** Longest circle looked for. */
const longestCycle = 8;

export interface WaitGraph {
  /** Those that may wake the waiter of the key, without itself. */
  wakers: ReadonlyMap<Wait, readonly Wait[]>;
  /** Each waits for an object that the next one names, and the last for one that the first names. Empty: no circle. */
  cycle: readonly Wait[];
}

/** Addresses that the user's frames of a goroutine have as arguments. */
function mentioned(context: RuleContext, wait: Wait): Set<bigint> {
  const words = framesOf(context, wait.row)
    .filter(isUserFrame)
    .flatMap((frame) => argumentWords(frame.arguments));
  return new Set(words.filter((word) => !word.stale).map((word) => word.value));
}

function shortestCycle(wakers: ReadonlyMap<Wait, readonly Wait[]>): Wait[] {
  let best: Wait[] = [];
  for (const start of wakers.keys()) {
    // Breadth first from each: the first way back is the shortest circle through it.
    const from = new Map<Wait, Wait | undefined>([[start, undefined]]);
    const queue: Wait[] = [start];
    for (const at of queue) {
      for (const next of wakers.get(at) ?? []) {
        if (next === start) {
          const path: Wait[] = [];
          for (let one: Wait | undefined = at; one !== undefined; one = from.get(one)) path.unshift(one);
          if (path.length > 1 && path.length <= longestCycle && (best.length === 0 || path.length < best.length)) best = path;
        } else if (!from.has(next)) {
          from.set(next, at);
          queue.push(next);
        }
      }
    }
    if (best.length === 2) break;
  }
  return best;
}

export function waitGraph(context: RuleContext, waits: readonly Wait[]): WaitGraph {
  const known = waits.filter((wait) => wait.object !== undefined).slice(0, mostCompared);
  const names = new Map(waits.slice(0, mostCompared).map((wait) => [wait, mentioned(context, wait)]));
  const wakers = new Map<Wait, Wait[]>();
  for (const wait of known) {
    const object = wait.object?.address ?? 0n;
    // Others that wait for the same object are rivals, not helpers.
    const others = [...names].filter(([other, words]) => other !== wait && other.object?.address !== object && words.has(object));
    wakers.set(
      wait,
      others.map(([other]) => other),
    );
  }
  return { wakers, cycle: shortestCycle(wakers) };
}
