/** Unwinding a Go system stack can go round in circles: where the frames of a stack begin to repeat. */
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

/** Rows of [start, end), `mostFrames` at most, without the blocks that repeat what stands before them: where they end. */
export function withoutCircles(pc: BigUint64Array, start: number, end: number): number {
  const halves = halvesOf(pc);
  const same = (row: number, other: number): boolean =>
    halves[2 * row] === halves[2 * other] && halves[2 * row + 1] === halves[2 * other + 1];
  stack++;
  for (let row = start; row < end; row++) {
    const count = timesSeen(halves[2 * row + highHalf] ?? 0, halves[2 * row + lowHalf] ?? 0);
    // Recursion repeats an address next to itself; a circle repeats a block of different ones.
    if (count <= mostRepeats || same(row, row - 1)) continue;
    let before = row - 1;
    while (before > start && !same(before, row)) before--;
    if (same(row - 1, row - 1 - (row - before))) return row;
  }
  return end;
}
