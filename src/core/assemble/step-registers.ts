/** Registers that a debugger showed, by the step at which it did: whole listings, and values printed one by one. */
import type { Address } from '../model/address.ts';
import { registerCount, registerValue } from '../model/register-sets.ts';
import type { RegisterSet } from '../model/thread.ts';

/** More values than this are a listing of the registers, not one that was printed alone. */
const fewest = 3;

/** The innermost frame's listing at `step`, or the largest set that was shown there. */
export function registersOfStep(registers: readonly RegisterSet[], step: number): RegisterSet | undefined {
  let best: RegisterSet | undefined;
  const here = setsAt(registers, step);
  for (const set of here) {
    if (set.frame !== 0) continue;
    if (best === undefined || registerCount(set) > registerCount(best)) best = set;
  }
  return best ?? here[0];
}

interface Index {
  length: number;
  byStep: Map<number, RegisterSet[]>;
  /** What `shownRegister` falls back to, by name. */
  elsewhere: Map<string, Address | undefined>;
}

const indexed = new WeakMap<readonly RegisterSet[], Index>();

/** A debugger's sets at `step`; indexed once, and again when sets were added. */
function indexOf(registers: readonly RegisterSet[]): Index {
  let index = indexed.get(registers);
  if (index?.length !== registers.length) {
    index = { length: registers.length, byStep: new Map(), elsewhere: new Map() };
    for (const set of registers) {
      if (set.origin !== 'debugger') continue;
      const list = index.byStep.get(set.step);
      if (list === undefined) index.byStep.set(set.step, [set]);
      else list.push(set);
    }
    indexed.set(registers, index);
  }
  return index;
}

function setsAt(registers: readonly RegisterSet[], step: number): readonly RegisterSet[] {
  return indexOf(registers).byStep.get(step) ?? [];
}

/** Register `name` of the innermost frame at `step`; undefined where that step does not show it. */
export function shownAt(registers: readonly RegisterSet[], name: string, step: number): Address | undefined {
  for (const set of setsAt(registers, step)) {
    const value = set.frame === 0 ? registerValue(set, name) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

const programCounters = ['rip', 'pc', 'eip'];

/** Where the innermost frame stood at `step`, as its registers say; only where the whole listing is of that frame. */
export function programCounterAt(draft: { registers: readonly RegisterSet[] }, step: number): Address | undefined {
  for (const name of programCounters) {
    const value = shownAt(draft.registers, name, step);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * Register `name` of the innermost frame at `step`. Where that step shows none: the first whole listing of the session, else
 * any set that has it (values pasted without the stops between them carry one step).
 */
export function shownRegister(registers: readonly RegisterSet[], name: string | undefined, step: number): Address | undefined {
  if (name === undefined) return undefined;
  const here = shownAt(registers, name, step);
  if (here !== undefined) return here;
  const { elsewhere } = indexOf(registers);
  if (!elsewhere.has(name)) elsewhere.set(name, shownElsewhere(registers, name));
  return elsewhere.get(name);
}

function shownElsewhere(registers: readonly RegisterSet[], name: string): Address | undefined {
  const listing = registers.find((set) => set.origin === 'debugger' && set.frame === 0 && registerCount(set) > fewest);
  if (listing !== undefined) return registerValue(listing, name);
  for (const set of registers) {
    const value = registerValue(set, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
