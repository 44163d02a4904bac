/**
 * DL-03: a lock is held during a slow call.
 *
 * Many goroutines wait for one lock, and one goroutine stands in a system call, the network or a sleep underneath a function that the
 * waiters call too, or with the lock's object among its arguments: it holds the lock while it waits for something slow.
 */
import type { Frame } from '../../model/goroutine.ts';
import { argumentWords } from '../facts/arguments.ts';
import { conclusion } from '../facts/conclusion.ts';
import { hex } from '../facts/addresses.ts';
import { goroutineId, goroutineRows } from '../facts/goroutines.ts';
import { framesOf, isUserFrame } from '../facts/view.ts';
import { isSlow, waitsByObject, waitsOf, type Wait } from '../facts/waiting.ts';
import { code, count, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Waiters from which on a lock is a bottleneck. */
const many = 10;
/** Goroutines looked through for the holder. */
const mostGoroutines = 5000;

interface Holder {
  row: number;
  frame: Frame;
  status: string;
}

/** The lock's own address, or that of the struct that begins with it or a little before it. */
function names(frame: Frame, object: bigint): boolean {
  return argumentWords(frame.arguments).some(
    ({ value, stale }) => !stale && value <= object && value + 256n > object && value > 4096n,
  );
}

function holdersOf(context: RuleContext, waits: readonly Wait[], object: bigint): Holder[] {
  const { goroutines, strings } = context.snapshot;
  const waiting = new Set(waits.map((wait) => wait.row));
  const holders: Holder[] = [];
  for (const row of goroutineRows(context.snapshot).slice(0, mostGoroutines)) {
    const status = strings[goroutines.status[row] ?? 0] ?? '';
    if (waiting.has(row) || !isSlow(status)) continue;
    const frame = framesOf(context, row).find((one) => isUserFrame(one) && names(one, object));
    if (frame !== undefined) holders.push({ row, frame, status });
  }
  return holders;
}

function examine(context: RuleContext): Conclusion[] {
  const { crash } = context.snapshot;
  if (crash !== undefined && crash.kind !== 'dump' && crash.kind !== 'timeout') return [];
  const locked = waitsByObject(waitsOf(context).filter((wait) => wait.kind === 'lock'))[0];
  const object = locked?.[0]?.object;
  if (locked === undefined || object === undefined || locked.length < many) return [];
  const holders = holdersOf(context, locked, object.address);
  const [holder] = holders;
  if (holder === undefined || holders.length > 1) return [];
  const id = goroutineId(context, holder.row);
  return [
    conclusion({
      headline: `${count(locked.length, 'goroutine')} wait for a lock that goroutine ${id} seems to hold during a slow call in ${frameText(holder.frame)}`,
      confidence: 'likely',
      explanation: `${count(locked.length, 'goroutine')} wait for the lock at ${hex(object.address)}. Goroutine ${id} is in ${code(holder.status)} underneath ${frameText(holder.frame)}, with the object that contains the lock among its arguments: it probably took the lock and now waits for something slow. Take slow calls out of the locked part.`,
      evidence: [
        {
          statement: `${count(locked.length, 'goroutine')} wait for the lock at ${hex(object.address)}.`,
          source: object.frame.source,
        },
        {
          statement: `Goroutine ${id} (${holder.status}) has that object among its arguments.`,
          source: holder.frame.source,
          inferred: true,
        },
      ],
      against: [{ statement: 'The dump does not say who holds a lock.' }],
      checks: [
        { statement: `At least ${many.toString()} goroutines wait for one lock`, held: true },
        { statement: 'Exactly one other goroutine with that object is in a slow call', held: true },
      ],
      next: [
        {
          why: 'A mutex profile shows where the waiting comes from',
          command: 'go tool pprof http://localhost:6060/debug/pprof/mutex',
        },
      ],
      focus: { goroutine: id },
    }),
  ];
}

export const dl03: Rule = { id: 'DL-03', title: 'Lock held during a slow call', weight: 2, examine };
