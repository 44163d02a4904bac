/**
 * DBG-02: a debugger that watched half a pointer.
 *
 * A circumstance: `watch *ADDR` without a type watches a 32-bit int, so old and new value are the low halves of pointers, often negative.
 * The full word is the known pointer with the same low half.
 */
import { toAddress, type Address } from '../../model/address.ts';
import type { CrashEvent } from '../../model/event.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { knownPointers } from '../facts/known-pointers.ts';
import type { Conclusion, Rule } from '../rule.ts';

const low32 = 0xffffffffn;

interface HalfSeen {
  event: CrashEvent;
  value: Address;
  whole: Address;
}

function isHalf(value: bigint): boolean {
  return value >> 32n === 0n || BigInt.asUintN(64, BigInt.asIntN(32, value)) === value;
}

function halfSeen(snapshot: Snapshot): HalfSeen | undefined {
  const halves = snapshot.events.flatMap((event) => {
    if (event.kind !== 'watchpoint') return [];
    const shown = [event.stop?.newValue, event.stop?.oldValue].filter((value) => value !== undefined);
    return shown.filter((value) => isHalf(value) && (value & low32) >= 4096n).map((value) => ({ event, half: value & low32 }));
  });
  if (halves.length === 0) return undefined;
  const byLowHalf = new Map<bigint, Address>();
  for (const pointer of knownPointers(snapshot)) {
    if (pointer.value >> 32n !== 0n && !byLowHalf.has(pointer.value & low32)) byLowHalf.set(pointer.value & low32, pointer.value);
  }
  for (const { event, half } of halves) {
    const whole = byLowHalf.get(half);
    if (whole !== undefined) return { event, value: toAddress(half), whole };
  }
  return undefined;
}

export const dbg02: Rule = {
  id: 'DBG-02',
  title: 'Debugger showed half a pointer',
  marker: true,
  examine({ snapshot }): Conclusion[] {
    const seen = halfSeen(snapshot);
    if (seen === undefined) return [];
    return [
      conclusion({
        headline: `The watched value ${hex(seen.value)} is the low half of ${hex(seen.whole)}`,
        confidence: 'very likely',
        explanation: `The watchpoint was set without a type, so the debugger watched and printed 32 bits. The whole word is ${hex(seen.whole)}; the printed number is its lower half.`,
        evidence: [
          { statement: `The watchpoint showed ${hex(seen.value)} (${seen.value.toString()}).`, source: seen.event.source },
          { statement: `The pointer ${hex(seen.whole)} of the case has the same lower half.`, inferred: true },
        ],
        checks: [{ statement: 'A known pointer ends in the printed value', held: true }],
        next: [{ why: 'Watch whole words (gdb)', command: 'watch -l *(long *)ADDRESS' }],
      }),
    ];
  },
};
