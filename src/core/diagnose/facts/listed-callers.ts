/**
 * The program's functions in which goroutines stood, from a debugger's list of goroutines: for crashes on a system stack, where no
 * traceback of the goroutine was printed.
 */
import { GoroutineFlag, type Frame } from '../../model/goroutine.ts';
import type { RuleContext } from '../rule.ts';
import { framesOf, isUserFrame } from './view.ts';

/** Goroutines looked at. */
const mostGoroutines = 10_000;

/** The id of a goroutine whose record the session printed, `p …->goid`. */
function shownId(context: RuleContext): bigint | undefined {
  for (const struct of context.snapshot.structs ?? []) {
    if (!/\bgoid\b/.test(struct.expression) && !struct.fields.some((field) => field.name === 'goid')) continue;
    const field = struct.fields.find((one) => one.name === 'goid') ?? struct.fields[0];
    if (field?.value !== undefined && field.value !== 0n) return field.value;
  }
  return undefined;
}

/**
 * Innermost user frames of the goroutine whose record was printed; else of those that have a thread (gdb marks them with a star).
 * Empty unless they agree on one function.
 */
export function listedCallers(context: RuleContext): Frame[] {
  const { goroutines } = context.snapshot;
  const id = shownId(context);
  const named: Frame[] = [];
  const running: Frame[] = [];
  for (let row = 0; row < Math.min(goroutines.length, mostGoroutines); row++) {
    const isNamed = id !== undefined && goroutines.id[row] === id;
    const runs = ((goroutines.flags[row] ?? 0) & GoroutineFlag.running) !== 0;
    if (!isNamed && !runs) continue;
    const frames = framesOf(context, row).filter(isUserFrame);
    if (isNamed && named.length === 0) named.push(...frames);
    else if (frames[0] !== undefined) running.push(frames[0]);
  }
  if (named.length > 0) return named;
  return new Set(running.map((frame) => frame.function)).size === 1 ? running.slice(0, 1) : [];
}
