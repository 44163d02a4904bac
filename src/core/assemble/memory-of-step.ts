/** Memory as a debugger's step saw it: words that were read again later with another value have their value of that step. */
import type { Words } from '../model/memory-lookup.ts';
import type { StringTable } from '../model/columns.ts';
import type { StepOrder } from './step-order.ts';
import { wordRowsOf, type WordRows, type WordsFound } from './word-rows.ts';

/** Times that memory is taken back to the first step; stacks after that are placed in the memory that the session ends with. */
const mostRewinds = 256;

/** The memory is good until the next step is asked for; ascending steps cost the least. */
export type MemoryOfStep = (step: number) => Words;

/** Rows by step, in printed order within one; undefined where that is the order in which they stand. */
function byStep({ length, steps }: WordRows): Uint32Array | undefined {
  for (let row = 1; row < length; row++) {
    if ((steps[row] ?? 0) >= (steps[row - 1] ?? 0)) continue;
    return countedOut(length, steps);
  }
  return undefined;
}

/** Steps are counted from 0 in the order of the session, so they need no comparing: linear. */
function countedOut(length: number, steps: Uint32Array): Uint32Array {
  let highest = 0;
  for (let row = 0; row < length; row++) highest = Math.max(highest, steps[row] ?? 0);
  const next = new Uint32Array(highest + 2);
  for (let row = 0; row < length; row++) {
    const above = (steps[row] ?? 0) + 1;
    next[above] = (next[above] ?? 0) + 1;
  }
  for (let step = 1; step <= highest; step++) next[step] = (next[step] ?? 0) + (next[step - 1] ?? 0);
  const order = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    const step = steps[row] ?? 0;
    const place = next[step] ?? 0;
    next[step] = place + 1;
    order[place] = row;
  }
  return order;
}

/** `memory` holds the latest value of each address; `found` what every step printed. */
export function memoryOfSteps(memory: Words, found: readonly WordsFound[], strings: StringTable, time?: StepOrder): MemoryOfStep {
  const rows = wordRowsOf(found, strings, time);
  const { halves, steps, placeOf } = rows;
  const order = byStep(rows);
  const first = new Int32Array(rows.places.length).fill(-1);
  const changes = new Uint8Array(rows.places.length);
  for (let index = 0; index < rows.length; index++) {
    const row = order?.[index] ?? index;
    const place = placeOf[row] ?? 0;
    const known = first[place] ?? -1;
    if (known < 0) first[place] = row;
    else if (halves[2 * known] !== halves[2 * row] || halves[2 * known + 1] !== halves[2 * row + 1]) changes[place] = 1;
  }
  const events = new Uint32Array(rows.length);
  let last = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = order?.[index] ?? index;
    if (changes[placeOf[row] ?? 0] === 1) events[last++] = row;
  }
  if (last === 0) return () => memory;
  const then: Words = { addresses: memory.addresses, values: memory.values.slice() };
  const thenHalves = new Uint32Array(then.values.buffer);
  const show = (place: number, row: number): void => {
    thenHalves[2 * place] = halves[2 * row] ?? 0;
    thenHalves[2 * place + 1] = halves[2 * row + 1] ?? 0;
  };
  let reached = Infinity;
  let next = 0;
  let rewinds = 0;
  /** A step before the first print saw what that shows. */
  const rewind = (): void => {
    for (let place = 0; place < first.length; place++) if (changes[place] === 1) show(place, first[place] ?? 0);
    next = 0;
    rewinds++;
  };
  return (printed) => {
    const step = time === undefined ? printed : time.rank(printed);
    if (step < reached) {
      if (rewinds >= mostRewinds) return memory;
      rewind();
    }
    for (; next < last; next++) {
      const row = events[next] ?? 0;
      if ((steps[row] ?? 0) > step) break;
      show(placeOf[row] ?? 0, row);
    }
    reached = step;
    return then;
  };
}
