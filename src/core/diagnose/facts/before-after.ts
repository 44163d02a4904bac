/**
 * The frame-pointer register as a debugger showed it, before and after: a value that no read can follow, where a good one stood
 * earlier. A crash need not have come yet.
 */
import { architectureOf } from '../../arch/index.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction, packageOf, withoutAbi } from '../../model/function-name.ts';
import { wordIndex } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { RegisterValue } from '../../model/thread.ts';
import { classifyWord, regionsOf } from '../../words/index.ts';
import { hex, valuesOfRegister } from './addresses.ts';
import { framePointerWrites, writesValue } from './constants.ts';
import { code, frameText } from './wording.ts';

export interface SeenFramePointer {
  register: string;
  bad: RegisterValue;
  culprit: string;
  /** listing: its code writes the value. stop: the debugger stood in it in between. */
  proof: 'listing' | 'stop';
  evidence: Evidence[];
}

function isStackPlace(snapshot: Snapshot, value: bigint): boolean {
  return value % 8n === 0n && (regionsOf(snapshot).stackAt(value) !== undefined || wordIndex(snapshot.memory, value) >= 0);
}

/** A value that was tried and could not be read, or that lies in code. */
function cannotBeFrame(snapshot: Snapshot, value: bigint): boolean {
  if (isStackPlace(snapshot, value) && classifyWord(snapshot, value).kind !== 'text') return false;
  return snapshot.memory.unreadable.some((one) => one.address === value) || classifyWord(snapshot, value).kind === 'text';
}

/** No goroutine stack is larger (runtime/proc.go main: maxstacksize on 64-bit), and a frame pointer lies in the stack above sp. */
const largestStack = 1n << 30n;

/** Of the registers that were printed together with `value`. */
function beside(snapshot: Snapshot, value: RegisterValue): { sp?: bigint; pc?: bigint; step?: number } {
  const set = snapshot.registers.find((one) => one.values.includes(value));
  const named = (...names: string[]): bigint | undefined => set?.values.find((one) => names.includes(one.name))?.value;
  const [sp, pc] = [named('rsp', 'sp'), named('rip', 'pc')];
  return {
    ...(sp === undefined ? {} : { sp }),
    ...(pc === undefined ? {} : { pc }),
    ...(set === undefined ? {} : { step: set.step }),
  };
}

function isAboveStackPointer(value: bigint, sp: bigint): boolean {
  return value >= sp && value - sp <= largestStack;
}

function isGood(snapshot: Snapshot, register: RegisterValue): boolean {
  const { value } = register;
  if (classifyWord(snapshot, value).kind === 'text') return false;
  if (isStackPlace(snapshot, value)) return true;
  const { sp } = beside(snapshot, register);
  return sp !== undefined && value % 8n === 0n && isAboveStackPointer(value, sp);
}

/**
 * The register shown together with the stack pointer, farther from it than any stack reaches, while a function of the program runs
 * that is not `assembly`: compiled Go code has its own frame's address there at every instruction that follows a call.
 */
function farFromStack(snapshot: Snapshot, bad: RegisterValue, assembly: string): boolean {
  const { sp, pc, step } = beside(snapshot, bad);
  if (sp === undefined || pc === undefined || isAboveStackPointer(bad.value, sp)) return false;
  const stop = snapshot.events.find((event) => event.step === step && event.stop?.pc === pc)?.stop;
  const runs = classifyWord(snapshot, pc).symbol?.function ?? stop?.function;
  if (runs === undefined || runs === assembly || isRuntimeFunction(runs) || stop?.file?.endsWith('.s') === true) return false;
  return packageOf(runs) !== '';
}

/** Assembly function of the program in which a stack of the session stood, before `end` in the document. */
function assemblyStop(snapshot: Snapshot, end: number): { function: string; evidence: Evidence } | undefined {
  for (const thread of snapshot.threads) {
    const [frame] = thread.frames;
    if (thread.kind !== 'debugger' || frame?.function === undefined || frame.source.start > end) continue;
    if (frame.file?.endsWith('.s') !== true || isRuntimeFunction(frame.function)) continue;
    const statement = `The debugger stopped in ${frameText(frame)}, an assembly function, before the register changed.`;
    return { function: frame.function, evidence: { statement, source: frame.source } };
  }
  // LLDB and Delve name the place without a stack.
  for (const { kind, stop, source } of snapshot.events) {
    if (kind !== 'stop' || stop?.function === undefined || stop.file?.endsWith('.s') !== true || source.start > end) continue;
    const name = withoutAbi(stop.function);
    if (isRuntimeFunction(name)) continue;
    const statement = `The debugger stopped in ${code(name)}, an assembly function, before the register changed.`;
    return { function: name, evidence: { statement, source } };
  }
  return undefined;
}

function byStops(snapshot: Snapshot, register: string): SeenFramePointer | undefined {
  const seen = valuesOfRegister(snapshot, register).sort((a, b) => a.source.start - b.source.start);
  const good = seen.find((one) => isGood(snapshot, one));
  if (good === undefined) return undefined;
  const bad = seen.find((one) => {
    if (one.source.start <= good.source.start) return false;
    if (cannotBeFrame(snapshot, one.value)) return true;
    const stop = assemblyStop(snapshot, one.source.start);
    return stop !== undefined && one.value !== 0n && farFromStack(snapshot, one, stop.function);
  });
  const stop = bad === undefined ? undefined : assemblyStop(snapshot, bad.source.start);
  if (bad === undefined || stop === undefined) return undefined;
  return {
    register,
    bad,
    culprit: stop.function,
    proof: 'stop',
    evidence: [
      { statement: `Before, ${code(register)} held ${hex(good.value)}, an address on the stack.`, source: good.source },
      { statement: `After, ${code(register)} holds ${hex(bad.value)}.`, source: bad.source },
      stop.evidence,
    ],
  };
}

function byListing(snapshot: Snapshot, register: string): SeenFramePointer | undefined {
  for (const write of framePointerWrites(snapshot)) {
    const { constant } = write;
    if (constant === undefined || !write.last || isRuntimeFunction(write.function)) continue;
    const bad = valuesOfRegister(snapshot, register).find((one) => one.value !== 0n && writesValue(constant, one.value));
    if (bad === undefined || isStackPlace(snapshot, bad.value)) continue;
    return {
      register,
      bad,
      culprit: write.function,
      proof: 'listing',
      evidence: [
        { statement: `${code(write.function)} has ${code(write.instruction.text)}.`, source: write.instruction.source },
        { statement: `The debugger showed ${code(register)} with ${hex(bad.value)}.`, source: bad.source },
      ],
    };
  }
  return undefined;
}

export function seenFramePointer(snapshot: Snapshot): SeenFramePointer | undefined {
  const register = architectureOf(snapshot.process.arch ?? 'amd64')?.framePointer;
  return register === undefined ? undefined : (byListing(snapshot, register) ?? byStops(snapshot, register));
}
