/** The functions that a listed function calls. */
import { callTarget } from '../../arch/index.ts';
import type { Instruction } from '../../model/instruction.ts';
import { isUserFunction, withoutAbi } from '../../model/function-name.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import type { Snapshot } from '../../model/snapshot.ts';

export interface Callee {
  function: string;
  instruction: Instruction;
}

function isNamedCall(text: string): boolean {
  return callTarget(text) !== '';
}

/**
 * User functions called by `caller`, each once; the one called last before `pc` (an address in the caller) first. Calls behind `pc` come
 * last: in a loop they ran too.
 */
export function calleesOf(snapshot: Snapshot, caller: string, pc: bigint | undefined): Callee[] {
  const wanted = withoutAbi(caller);
  const before: Callee[] = [];
  const behind: Callee[] = [];
  for (const listing of listingsWith(snapshot.listings, isNamedCall, ['call', 'bl'])) {
    for (const instruction of listing.instructions) {
      if (withoutAbi(instruction.function ?? listing.function ?? '') !== wanted) continue;
      const name = callTarget(instruction.text);
      if (name === '' || name === wanted || !isUserFunction(name, undefined)) continue;
      const past = pc !== undefined && instruction.address !== undefined && instruction.address >= pc;
      (past ? behind : before).push({ function: name, instruction });
    }
  }
  const ordered = [...before.reverse(), ...behind];
  return ordered.filter((one, index) => ordered.findIndex((other) => other.function === one.function) === index);
}
