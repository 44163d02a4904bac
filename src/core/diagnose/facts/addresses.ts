/** Addresses and registers in sentences, and the small questions that rules about pointers share. */
import { formatAddress, toAddress, type Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { GoroutineFlag } from '../../model/goroutine.ts';
import { wordIndex, wordSource } from '../../model/memory-lookup.ts';
import { valuesNamed } from '../../model/register-sets.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { RegisterValue } from '../../model/thread.ts';
import { regionsOf } from '../../words/index.ts';

/** Below it the runtime knows no legal pointer (runtime/malloc.go minLegalPointer). */
export const firstLegalPointer = 4096n;

/** `0x1f2e3d4c` between backticks. */
export function hex(value: bigint): string {
  return `\`${formatAddress(BigInt.asUintN(64, value))}\``;
}

/**
 * Level of the frame that failed in the debugger's stack: above 0 where the debugger stopped later, in a signal handler or in the
 * runtime's last functions.
 */
export function stoppedLevel(snapshot: Snapshot): number {
  const { crash, threads, goroutines } = snapshot;
  if (crash?.faultFrame === undefined) return 0;
  const thread = crash.thread === undefined ? undefined : threads[crash.thread];
  const row = crash.goroutine;
  // A goroutine that a debugger listed with its stack has no header of the runtime.
  if (thread === undefined && row !== undefined && ((goroutines.flags[row] ?? 0) & GoroutineFlag.hasHeader) === 0)
    return Math.max(0, crash.faultFrame - (goroutines.frameStart[row] ?? 0));
  if (thread?.kind !== 'debugger') return 0;
  return Math.max(
    0,
    thread.frames.findIndex((frame) => frame.row === crash.faultFrame),
  );
}

/**
 * Registers of the instruction that failed: what the runtime printed, else what a debugger showed in the frame that failed at the stop
 * that names the death, else at the step of the first registers shown.
 */
export function crashRegisters(snapshot: Snapshot): readonly RegisterValue[] {
  const level = stoppedLevel(snapshot);
  const sets = snapshot.registers.filter((set) => set.frame === (set.origin === 'debugger' ? level : 0));
  const printed = sets.find((set) => set.origin === 'runtime');
  if (printed !== undefined) return printed.values;
  const event = snapshot.crash === undefined ? undefined : snapshot.events[snapshot.crash.event];
  const stop = event?.stop === undefined ? undefined : event.step;
  const step = stop !== undefined && sets.some((set) => set.step === stop) ? stop : sets[0]?.step;
  const values = new Map<string, RegisterValue>();
  for (const set of sets) {
    if (set.step !== step) continue;
    for (const register of set.values) if (!values.has(register.name)) values.set(register.name, register);
  }
  return [...values.values()];
}

/** All values that register `name` was seen to hold, in printed order. */
export function valuesOfRegister(snapshot: Snapshot, name: string): RegisterValue[] {
  return valuesNamed(snapshot.registers, name);
}

const notAddresses = /^(?:[re]?flags|[c-gs]s|[fg]s_base|k[0-7]|cpsr|pstate|fpsr|fpcr|[re]?ip|pc|[re]?sp|sp|fault)$/;

/** Registers that can hold a pointer operand: flags, segments, pc and sp are left out. */
export function operandRegisters(snapshot: Snapshot): RegisterValue[] {
  return crashRegisters(snapshot).filter((register) => !notAddresses.test(register.name));
}

export interface WordAt {
  address: Address;
  value: Address;
  evidence: Evidence;
}

/** The known word at `address`. */
export function wordAt(snapshot: Snapshot, address: Address): WordAt | undefined {
  const index = wordIndex(snapshot.memory, address);
  if (index < 0) return undefined;
  const value = toAddress(snapshot.memory.values[index] ?? 0n);
  const evidence = { statement: `The word at ${hex(address)} is ${hex(value)}.`, source: wordSource(snapshot.memory, index) };
  return { address, value, evidence };
}

/** Most places that a search among the known words returns. */
export const mostPlaces = 16;

/** Addresses of known words that hold `value`, ascending. */
export function wordsHolding(snapshot: Snapshot, value: bigint): WordAt[] {
  const places: WordAt[] = [];
  const { addresses, values } = snapshot.memory;
  for (let index = 0; index < values.length && places.length < mostPlaces; index++) {
    if (values[index] !== value) continue;
    const found = wordAt(snapshot, toAddress(addresses[index] ?? 0n));
    if (found !== undefined) places.push(found);
  }
  return places;
}

/** Undefined where the case does not list the whole address space. */
export function isMapped(snapshot: Snapshot, value: bigint): boolean | undefined {
  const regions = regionsOf(snapshot);
  if (regions.mappingAt(value) !== undefined) return true;
  return regions.listsMappings ? false : undefined;
}
