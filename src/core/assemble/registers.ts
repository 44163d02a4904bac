/** Registers as sets: whole listings, and values that a debugger printed one by one. */
import { toAddress } from '../model/address.ts';
import { setOfRun } from '../model/register-sets.ts';
import type { RegisterSet } from '../model/thread.ts';
import type { FactIndex } from './fact-index.ts';

export function registersOf(facts: FactIndex): RegisterSet[] {
  const sets = facts.of('registers').map((fact): RegisterSet => {
    if (fact.run !== undefined) return setOfRun(fact.run, fact);
    const { values, origin, frame, step } = fact;
    return { values, origin, frame, step };
  });
  for (const { name, value, source, frame, step } of facts.of('value')) {
    if (name === '') continue;
    sets.push({ values: [{ name, value: toAddress(value), source }], frame: frame ?? 0, step, origin: 'debugger' });
  }
  return sets;
}
