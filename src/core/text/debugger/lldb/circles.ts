/** Unwinding a Go system stack can go round in circles: where the frames of a stack begin to repeat. */
import { isRuntimeFunction } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import type { CaseColumns } from '../../../model/record.ts';
import { halvesOf, highHalf, lowHalf } from '../../../model/halves.ts';

/** Frames of one stack. */
export const mostFrames = 1000;
/** The same block of frames may repeat so often before it is taken for a circle. */
const mostRepeats = 2;

/** Addresses of one stack and how often each was seen: open addressing, at most half full. */
const slots = 2048;
const slotHigh = new Uint32Array(slots);
const slotLow = new Uint32Array(slots);
const slotCount = new Uint16Array(slots);
/** The stack that a slot is of. */
const slotStack = new Float64Array(slots);
let stack = 0;

/** How often the address was seen in this stack, with this time. */
function timesSeen(high: number, low: number): number {
  let slot = Math.imul(low ^ high, 0x9e3779b1) >>> 21;
  while (slotStack[slot] === stack && (slotLow[slot] !== low || slotHigh[slot] !== high)) slot = (slot + 1) % slots;
  if (slotStack[slot] !== stack) {
    slotStack[slot] = stack;
    slotHigh[slot] = high;
    slotLow[slot] = low;
    slotCount[slot] = 0;
  }
  return (slotCount[slot] = (slotCount[slot] ?? 0) + 1);
}

/** The names of the runtime's functions, asked once each. */
const runtimeNames = new WeakMap<StringTable, Map<number, boolean>>();

function isRuntimeRow({ strings, frames }: CaseColumns, row: number): boolean {
  let known = runtimeNames.get(strings);
  if (known === undefined) runtimeNames.set(strings, (known = new Map<number, boolean>()));
  const name = frames.data.functionName[row] ?? 0;
  let isRuntime = known.get(name);
  if (isRuntime === undefined) known.set(name, (isRuntime = isRuntimeFunction(strings.at(name))));
  return isRuntime;
}

/** Rows of [start, end), `mostFrames` at most, without the blocks that repeat what stands before them: where they end. */
export function withoutCircles(columns: CaseColumns, start: number, end: number): number {
  const halves = halvesOf(columns.frames.data.pc);
  const same = (row: number, other: number): boolean =>
    halves[2 * row] === halves[2 * other] && halves[2 * row + 1] === halves[2 * other + 1];
  stack++;
  for (let row = start; row < end; row++) {
    const count = timesSeen(halves[2 * row + highHalf] ?? 0, halves[2 * row + lowHalf] ?? 0);
    // Recursion repeats an address next to itself; a circle repeats a block of different ones.
    if (count < 2 || same(row, row - 1)) continue;
    let before = row - 1;
    // The runtime's functions do not call themselves, but where code of the program stands between.
    let isRuntime = isRuntimeRow(columns, row);
    for (; before > start && !same(before, row); before--) isRuntime = isRuntime && isRuntimeRow(columns, before);
    if (isRuntime || (count > mostRepeats && same(row - 1, row - 1 - (row - before)))) return row;
  }
  return end;
}
