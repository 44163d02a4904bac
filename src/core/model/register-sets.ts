/** Register sets over columns: their values become objects when they are looked at, and single ones are found without. */
import { formatAddress, formatHalves, toAddress, type Address, type Hex } from './address.ts';
import { highHalf, lowHalf } from './halves.ts';
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

/** Names and values of `set` as reports print them, in printed order. */
export function printedRegisters(set: RegisterSet): [string, Hex][] {
  const run = runs.get(set);
  if (run === undefined) return set.values.map(({ name, value }) => [name, formatAddress(value)]);
  const { columns, from, to } = run;
  const { name, valueHalves } = columns.data;
  const printed: [string, Hex][] = [];
  for (let row = from; row < to; row++)
    printed.push([
      columns.strings.at(name[row] ?? 0),
      formatHalves(valueHalves[2 * row + highHalf] ?? 0, valueHalves[2 * row + lowHalf] ?? 0),
    ]);
  return printed;
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

/** Calls `take` with every value of every set, in printed order. */
export function eachRegisterValue(sets: readonly RegisterSet[], take: (value: bigint) => void): void {
  for (const set of sets) {
    const run = runs.get(set);
    if (run === undefined) for (const { value } of set.values) take(value);
    else for (let row = run.from; row < run.to; row++) take(run.columns.data.values[row] ?? 0n);
  }
}

/** Registers that hold `value`, in printed order. */
export function registersHolding(sets: readonly RegisterSet[], value: bigint): ShownRegister[] {
  const found: ShownRegister[] = [];
  const high = Number(value >> 32n);
  const low = Number(value & 0xffffffffn);
  for (const set of sets) {
    const run = runs.get(set);
    if (run === undefined) {
      for (const register of set.values) if (register.value === value) found.push({ register, set });
      continue;
    }
    const { columns, from, to } = run;
    const { valueHalves } = columns.data;
    for (let row = from; row < to; row++)
      if (valueHalves[2 * row + lowHalf] === low && valueHalves[2 * row + highHalf] === high)
        found.push({ register: columns.register(row), set });
  }
  return found;
}

/** Values of the registers of that name of all sets, in printed order. */
export function registerValuesNamed(sets: readonly RegisterSet[], name: string): Address[] {
  const found: Address[] = [];
  for (const set of sets) {
    const run = runs.get(set);
    if (run === undefined) {
      for (const register of set.values) if (register.name === name) found.push(register.value);
      continue;
    }
    const { columns, from, to } = run;
    const wanted = columns.strings.intern(name);
    for (let row = from; row < to; row++)
      if (columns.data.name[row] === wanted) found.push(toAddress(columns.data.values[row] ?? 0n));
  }
  return found;
}
