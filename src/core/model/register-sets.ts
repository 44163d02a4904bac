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

export interface ShownRegister {
  register: RegisterValue;
  set: RegisterSet;
}

/** Registers of that name of all sets, in printed order, each with what was shown beside it. */
export function shownRegisters(sets: readonly RegisterSet[], name: string): ShownRegister[] {
  const found: ShownRegister[] = [];
  for (const set of sets) {
    const run = runs.get(set);
    if (run === undefined) {
      for (const register of set.values) if (register.name === name) found.push({ register, set });
      continue;
    }
    const { columns, from, to } = run;
    const wanted = columns.strings.intern(name);
    for (let row = from; row < to; row++)
      if (columns.data.name[row] === wanted) found.push({ register: columns.register(row), set });
  }
  return found;
}

export function valuesNamed(sets: readonly RegisterSet[], name: string): RegisterValue[] {
  return shownRegisters(sets, name).map(({ register }) => register);
}
