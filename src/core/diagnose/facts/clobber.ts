/** Who left a value in the frame-pointer register: from listings, from memory searches, else from who called it. */
import { architectureOf, callTarget } from '../../arch/index.ts';
import { formatAddress, type Address } from '../../model/address.ts';
import type { Evidence, NextStep } from '../../model/finding.ts';
import { isRuntimeFunction, withoutAbi } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { hex } from './addresses.ts';
import { framePointerWrites, searchHits, writesValue, type FramePointerWrite } from './constants.ts';
import { code, frameText, listOf } from './wording.ts';

export interface Clobberer {
  function: string;
  /** listing: writes this value and returns. search: the value lies in its code. write: writes the register, value not a constant. */
  proof: 'listing' | 'search' | 'write';
  evidence: Evidence;
}

/** A listed function that computes in the frame-pointer register and returns with the result in it. */
export function ordinaryWrite(snapshot: Snapshot): FramePointerWrite | undefined {
  return framePointerWrites(snapshot).find(
    (write) => write.last && write.constant === undefined && !isRuntimeFunction(write.function),
  );
}

/** The function that leaves `value` in the frame-pointer register, when the case holds its code. */
export function clobbererOf(snapshot: Snapshot, value: Address, register: string): Clobberer | undefined {
  const writes = framePointerWrites(snapshot).filter((write) => !write.function.startsWith('runtime.'));
  const write = writes.find((one) => one.last && one.constant !== undefined && writesValue(one.constant, value));
  if (write !== undefined) {
    const statement = `${code(write.function)} has ${code(write.instruction.text)}: it writes ${hex(value)} (${value.toString()}) to ${code(register)} and does not restore the register before it returns.`;
    return { function: write.function, proof: 'listing', evidence: { statement, source: write.instruction.source } };
  }
  const hit = searchHits(snapshot, value).find((one) => !one.function.startsWith('runtime.'));
  if (hit !== undefined) {
    const statement = `The value ${hex(value)} was found inside the code of ${code(hit.function)}, at ${hex(hit.address)}.`;
    return { function: hit.function, proof: 'search', evidence: { statement, source: hit.source } };
  }
  const left = writes.filter((one) => one.last && one.constant === undefined);
  const functions = new Set(left.map((one) => one.function));
  const [only] = left;
  if (only === undefined || functions.size !== 1) return undefined;
  const statement = `${code(only.function)} has ${code(only.instruction.text)} and does not restore ${code(register)} before it returns.`;
  return { function: only.function, proof: 'write', evidence: { statement, source: only.instruction.source } };
}

/** Who calls `name`, by a stack that shows both or by a listed call instruction. */
export function shownCaller(snapshot: Snapshot, name: string): { function: string; evidence: Evidence } | undefined {
  const wanted = withoutAbi(name);
  for (const thread of snapshot.threads) {
    const at = thread.frames.findIndex((frame) => withoutAbi(frame.function ?? '') === wanted);
    const caller = at < 0 ? undefined : thread.frames[at + 1];
    if (caller?.function === undefined) continue;
    const statement = `${frameText(caller)} called ${code(wanted)} in a stack that the debugger printed.`;
    return { function: caller.function, evidence: { statement, source: caller.source } };
  }
  for (const listing of listingsWith(snapshot.listings, (text) => callTarget(text) === wanted, ['call', 'bl'])) {
    for (const instruction of listing.instructions) {
      const target = callTarget(instruction.text);
      const owner = withoutAbi(instruction.function ?? listing.function ?? '');
      if (target !== wanted || owner === '' || owner === wanted) continue;
      const statement = `${code(owner)} calls ${code(wanted)} (${code(instruction.text)}).`;
      return { function: owner, evidence: { statement, source: instruction.source } };
    }
  }
  return undefined;
}

/** Most callers that one finding names. */
const mostCallers = 3;

/** Distinct functions of the callers, innermost first. */
export function callerNames(callers: readonly Frame[]): string[] {
  return [...new Set(callers.flatMap((frame) => (frame.function === undefined ? [] : [frame.function])))].slice(0, mostCallers);
}

/** Evidence that names the caller; the culprit itself is on no stack. */
export function callerEvidence(callers: readonly Frame[], culprit?: string): Evidence[] {
  const [caller] = callers;
  if (caller === undefined) return [];
  if (culprit !== undefined) {
    const statement = `${code(culprit)} has returned and is on no stack; ${frameText(caller)} is the innermost of the program's own functions there and called it, directly or through a function that has returned too.`;
    return [{ statement, source: caller.source, inferred: true }];
  }
  const others = callerNames(callers).slice(1).map(code);
  const more = others.length === 0 ? '' : ` If it calls nothing written in assembly, look at ${listOf(others)} next.`;
  const statement = `The function that did it has returned and is on no stack; ${frameText(caller)} is the innermost of the program's own functions there and called it, directly or through a function that has returned too.${more}`;
  return [{ statement, source: caller.source, inferred: true }];
}

/** Commands that find the culprit of a constant in a register. */
export function clobberSteps(
  snapshot: Snapshot,
  value: Address,
  register: string,
  culprit: Clobberer | undefined,
  callers: readonly Frame[],
): NextStep[] {
  const steps: NextStep[] = [];
  const expression = architectureOf(snapshot.process.arch)?.framePointerExpression ?? `$${register}`;
  if (culprit !== undefined) {
    steps.push({ why: 'See where the function writes the register (gdb)', command: `disassemble '${culprit.function}'` });
    steps.push({
      why: 'Prove it in a new run (gdb): compare the register before and after the call',
      command: `break '${culprit.function}'\nrun\np/x ${expression}\nfinish\np/x ${expression}`,
    });
  } else {
    const text = snapshot.mappings.find(
      (mapping) => mapping.permissions?.includes('x') === true && mapping.file?.startsWith('/') === true,
    );
    const low32 = BigInt.asUintN(32, value);
    if (value < 1n << 32n || BigInt.asIntN(32, value) === BigInt.asIntN(64, value)) {
      const range =
        text === undefined ? "&'runtime.text', &'runtime.etext'" : `${formatAddress(text.start)}, ${formatAddress(text.end)}`;
      steps.push({
        why: 'Find the constant in the code (gdb); the hit names the function',
        command: `find /w ${range}, ${formatAddress(low32)}`,
      });
    }
    const [caller] = callers;
    if (caller?.function !== undefined)
      steps.push({ why: 'List what the caller calls (gdb)', command: `disassemble '${caller.function}'` });
  }
  steps.push({
    why: 'Look for the constant in assembly sources, your own and those of modules',
    command: `grep -rnE '${formatAddress(value)}|\\$${value.toString()}\\b' --include='*.s' . "$(go env GOMODCACHE)"`,
  });
  steps.push({
    why: `Until it is fixed, the crash stays away without the execution tracer and the block and mutex profiles; the fix is a frame in the assembly function (a size above $0) or another register than ${register === 'rbp' ? 'BP' : 'R29'}`,
  });
  return steps;
}
