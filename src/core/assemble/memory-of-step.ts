/** Memory as a debugger's step saw it: words that were read again later with another value have their value of that step. */
import type { KnownWord, Memory } from '../model/memory.ts';
import { wordIndex } from '../model/memory-lookup.ts';
import type { WordsFound } from './memory.ts';

/** Steps for which memory is put together; stacks of later steps are placed in the memory that the session ends with. */
const mostSteps = 256;

export type MemoryOfStep = (step: number) => Memory;

/** The value that step `step` saw: printed at it, else last before it, else first after it. */
function seenAt(words: readonly KnownWord[], step: number): KnownWord | undefined {
  let best: KnownWord | undefined;
  for (const word of words) {
    if (word.step <= step) best = best === undefined || best.step > step || word.step >= best.step ? word : best;
    else if (best === undefined || (best.step > step && word.step < best.step)) best = word;
  }
  return best;
}

/** `memory` holds the latest value of each address; `found` what every step printed. */
export function memoryOfSteps(memory: Memory, found: readonly WordsFound[]): MemoryOfStep {
  const values = new Map<bigint, KnownWord[]>();
  const changed = new Set<bigint>();
  for (const { words } of found) {
    for (const word of words) {
      const list = values.get(word.address);
      if (list === undefined) values.set(word.address, [word]);
      else {
        if (list.some((other) => other.value !== word.value)) changed.add(word.address);
        list.push(word);
      }
    }
  }
  if (changed.size === 0) return () => memory;
  const steps = new Map<number, Memory>();
  return (step) => {
    const known = steps.get(step);
    if (known !== undefined) return known;
    if (steps.size >= mostSteps) return memory;
    const then: Memory = { ...memory, values: memory.values.slice() };
    for (const address of changed) {
      const word = seenAt(values.get(address) ?? [], step);
      const index = wordIndex(memory, address);
      if (word !== undefined && index >= 0) then.values[index] = word.value;
    }
    steps.set(step, then);
    return then;
  };
}
