/**
 * The frame-pointer register as a debugger showed it, before and after: a value that no read can follow, where a good one stood
 * earlier. A crash need not have come yet.
 */
import { architectureOf } from '../../arch/index.ts';
import type { DebuggerStop } from '../../model/event.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction, packageOf, withoutAbi } from '../../model/function-name.ts';
import { wordIndex } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { innermostRow, threadsWith } from '../../model/thread-frames.ts';
import { registerValue, shownRegisters, type ShownRegister } from '../../model/register-sets.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RegisterSet, RegisterValue } from '../../model/thread.ts';
import { classifyWord, isNonCanonical, regionsOf } from '../../words/index.ts';
import { hex, valuesOfRegister } from './addresses.ts';
import { framePointerWrites, valuesWritten } from './constants.ts';
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

/** A value that was tried and could not be read (one of `unreadable`), or that lies in code. */
function cannotBeFrame(snapshot: Snapshot, value: bigint, unreadable: ReadonlySet<bigint>): boolean {
  if (isStackPlace(snapshot, value) && classifyWord(snapshot, value).kind !== 'text') return false;
  return unreadable.has(value) || classifyWord(snapshot, value).kind === 'text';
}

/** No goroutine stack is larger (runtime/proc.go main: maxstacksize on 64-bit), and a frame pointer lies in the stack above sp. */
const largestStack = 1n << 30n;

function isAboveStackPointer(value: bigint, sp: bigint): boolean {
  return value >= sp && value - sp <= largestStack;
}

function stackPointerOf(set: RegisterSet): bigint | undefined {
  return registerValue(set, 'rsp') ?? registerValue(set, 'sp');
}

function isGood(snapshot: Snapshot, { register, set }: ShownRegister): boolean {
  const { value } = register;
  if (classifyWord(snapshot, value).kind === 'text') return false;
  if (isStackPlace(snapshot, value)) return true;
  const sp = stackPointerOf(set);
  return sp !== undefined && value % 8n === 0n && isAboveStackPointer(value, sp);
}

/** Goroutine stacks lie above it on every 64-bit system. */
const lowestStack = 1n << 32n;

function mayBeGood(snapshot: Snapshot, value: bigint, unreadable: ReadonlySet<bigint>): boolean {
  if (value % 8n !== 0n || value < lowestStack || unreadable.has(value) || isNonCanonical(snapshot, value)) return false;
  const { kind } = classifyWord(snapshot, value);
  return kind === 'unknown' || kind === 'heap' || kind === 'mapped';
}

/**
 * The register shown together with the stack pointer, farther from it than any stack reaches, while a function of the program runs
 * that is not `assembly`: compiled Go code has its own frame's address there at every instruction that follows a call.
 */
function farFromStack(
  snapshot: Snapshot,
  { register, set }: ShownRegister,
  assembly: string,
  stopsAt: (step: number) => readonly DebuggerStop[],
): boolean {
  const sp = stackPointerOf(set);
  const pc = registerValue(set, 'rip') ?? registerValue(set, 'pc');
  if (sp === undefined || pc === undefined || isAboveStackPointer(register.value, sp)) return false;
  const stop = stopsAt(set.step).find((one) => one.pc === pc);
  const runs = classifyWord(snapshot, pc).symbol?.function ?? stop?.function;
  if (runs === undefined || runs === assembly || isRuntimeFunction(runs) || stop?.file?.endsWith('.s') === true) return false;
  return packageOf(runs) !== '';
}

interface AssemblyStop {
  function: string;
  evidence: Evidence;
  /** Where it was printed. */
  start: number;
}

/** Assembly functions of the program in which a stack of the session stood; then those that a stop names. */
function assemblyStops(snapshot: Snapshot): AssemblyStop[] {
  const stops: AssemblyStop[] = [];
  const add = (name: string, what: string, source: SourceRange): void => {
    const statement = `The debugger stopped in ${what}, an assembly function, before the register changed.`;
    stops.push({ function: name, evidence: { statement, source }, start: source.start });
  };
  const isAssembly = (file: string): boolean => file.endsWith('.s');
  for (const thread of threadsWith(snapshot, () => false, isAssembly)) {
    const [frame] = thread.frames;
    if (thread.kind !== 'debugger' || frame?.function === undefined) continue;
    if (frame.file?.endsWith('.s') !== true || isRuntimeFunction(frame.function)) continue;
    add(frame.function, frameText(frame), frame.source);
  }
  // LLDB and Delve name the place without a stack.
  for (const { kind, stop, source } of snapshot.events) {
    if (kind !== 'stop' || stop?.function === undefined || stop.file?.endsWith('.s') !== true) continue;
    const name = withoutAbi(stop.function);
    if (!isRuntimeFunction(name)) add(name, code(name), source);
  }
  return stops;
}

/** Of `stops` those that can be the first one above some place: none that another before it in the list was printed above. */
function firstOf(stops: readonly AssemblyStop[]): AssemblyStop[] {
  let least = Infinity;
  return stops.filter(({ start }) => {
    if (start >= least) return false;
    least = start;
    return true;
  });
}

function byStops(snapshot: Snapshot, name: string): SeenFramePointer | undefined {
  const stops = firstOf(assemblyStops(snapshot));
  if (stops.length === 0) return undefined;
  const stopBefore = (end: number): AssemblyStop | undefined => stops.find(({ start }) => start <= end);
  const seen = shownRegisters(snapshot.registers, name).sort((a, b) => a.register.source.start - b.register.source.start);
  const unreadable = new Set<bigint>(snapshot.memory.unreadable.map(({ address }) => address));
  const proved = seen.find((one) => isGood(snapshot, one))?.register;
  // Without a stack pointer beside it, an address that nobody failed to read; what came after must have been tried in vain.
  const good = proved ?? seen.find((one) => mayBeGood(snapshot, one.register.value, unreadable))?.register;
  if (good === undefined) return undefined;
  const byStep = new Map<number, DebuggerStop[]>();
  for (const { step, stop } of snapshot.events) {
    if (step === undefined || stop === undefined) continue;
    const list = byStep.get(step);
    if (list === undefined) byStep.set(step, [stop]);
    else list.push(stop);
  }
  const stopsAt = (step: number): readonly DebuggerStop[] => byStep.get(step) ?? [];
  const isInside = stepsInAssembly(snapshot);
  const bad = seen.find((one) => {
    const { value, source } = one.register;
    if (source.start <= good.source.start || isInside(one.set.step)) return false;
    if (proved === undefined) return unreadable.has(value) && stopBefore(source.start) !== undefined;
    if (cannotBeFrame(snapshot, value, unreadable)) return true;
    const stop = stopBefore(source.start);
    return stop !== undefined && value !== 0n && farFromStack(snapshot, one, stop.function, stopsAt);
  })?.register;
  const stop = bad === undefined ? undefined : stopBefore(bad.source.start);
  if (bad === undefined || stop === undefined) return undefined;
  return {
    register: name,
    bad,
    culprit: stop.function,
    proof: 'stop',
    evidence: [
      {
        statement: `Before, ${code(name)} held ${hex(good.value)}${proved === undefined ? '' : ', an address on the stack'}.`,
        source: good.source,
      },
      { statement: `After, ${code(name)} holds ${hex(bad.value)}.`, source: bad.source },
      stop.evidence,
    ],
  };
}

/**
 * The steps at which the program stood inside assembly of its own: what the register holds there may be put back before the return.
 * Steps through code are printed without a function: they are where the step before was.
 */
function stepsInAssembly({ events, threads, frames, strings }: Snapshot): (step: number) => boolean {
  const inside = new Map<number, boolean>();
  const isOwn = (name: string, file: string): boolean => file.endsWith('.s') && !isRuntimeFunction(withoutAbi(name));
  for (const { step, stop } of events)
    if (step !== undefined && stop?.function !== undefined) inside.set(step, isOwn(stop.function, stop.file ?? ''));
  const stopped = new Set(inside.keys());
  for (const thread of threads) {
    const row = thread.kind === 'debugger' ? innermostRow(thread) : undefined;
    if (row === undefined || thread.step === undefined || stopped.has(thread.step)) continue;
    const own = isOwn(strings[frames.functionName[row] ?? 0] ?? '', strings[frames.file[row] ?? 0] ?? '');
    inside.set(thread.step, own || inside.get(thread.step) === true);
  }
  const known = [...inside.keys()].sort((a, b) => a - b);
  return (step) => inside.get(known.findLast((one) => one <= step) ?? -1) === true;
}

/** The value shown first that an instruction with `constant` writes. */
function shownConstant(seen: ReadonlyMap<bigint, { index: number; register: RegisterValue }>, constant: bigint) {
  let first: { index: number; register: RegisterValue } | undefined;
  for (const value of valuesWritten(constant)) {
    const one = value === 0n ? undefined : seen.get(value);
    if (one !== undefined && (first === undefined || one.index < first.index)) first = one;
  }
  return first?.register;
}

function byListing(snapshot: Snapshot, register: string): SeenFramePointer | undefined {
  const seen = new Map<bigint, { index: number; register: RegisterValue }>();
  for (const [index, one] of valuesOfRegister(snapshot, register).entries())
    if (!seen.has(one.value)) seen.set(one.value, { index, register: one });
  // Few cases show a register; listings may be long.
  if (seen.size === 0) return undefined;
  for (const write of framePointerWrites(snapshot)) {
    const { constant } = write;
    if (constant === undefined || !write.last || isRuntimeFunction(write.function)) continue;
    const bad = shownConstant(seen, constant);
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
