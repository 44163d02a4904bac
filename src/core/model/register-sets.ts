/** Register sets over columns: their values become objects when they are looked at, and single ones are found without. */
import { toAddress, type Address } from './address.ts';
import { registerOfRun, type RegisterRun } from './register-columns.ts';
import type { RegisterSet, RegisterValue } from './thread.ts';

/** Kept beside the sets: a set can be cloned as it is. */
const runs = new WeakMap<RegisterSet, RegisterRun>();

/** A set whose values are `run`. */
export function setOfRun(run: RegisterRun, { origin, frame, step }: Omit<RegisterSet, 'values'>): RegisterSet {
  let values: RegisterValue[] | undefined;
  const set: RegisterSet = {
    get values() {
      return (values ??= Array.from({ length: run.to - run.from }, (_unused, index) => run.columns.register(run.from + index)));
    },
    origin,
    frame,
    step,
  };
  runs.set(set, run);
  return set;
}

/** Number of values in `set`. */
export function registerCount(set: RegisterSet): number {
  const run = runs.get(set);
  return run === undefined ? set.values.length : run.to - run.from;
}

/** The value of register `name`; undefined where the set does not show it. */
export function registerValue(set: RegisterSet, name: string): Address | undefined {
  const run = runs.get(set);
  if (run === undefined) return set.values.find((value) => value.name === name)?.value;
  const value = registerOfRun(run, run.columns.strings.intern(name));
  return value === undefined ? undefined : toAddress(value);
}

/** Registers of that name of all sets, in printed order. */
export function valuesNamed(sets: readonly RegisterSet[], name: string): RegisterValue[] {
  const found: RegisterValue[] = [];
  for (const set of sets) {
    const run = runs.get(set);
    if (run === undefined) {
      for (const value of set.values) if (value.name === name) found.push(value);
      continue;
    }
    const { columns, from, to } = run;
    const wanted = columns.strings.intern(name);
    for (let row = from; row < to; row++) if (columns.data.name[row] === wanted) found.push(columns.register(row));
  }
  return found;
}
