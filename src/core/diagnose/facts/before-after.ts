/**
 * The frame-pointer register as a debugger showed it, before and after: a value that no read can follow, where a good one stood
 * earlier. A crash need not have come yet.
 */
import { architectureOf } from '../../arch/index.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
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

/** Assembly function of the program in which a stack of the session stood, before `end` in the document. */
function assemblyStop(snapshot: Snapshot, end: number): { function: string; evidence: Evidence } | undefined {
  for (const thread of snapshot.threads) {
    const [frame] = thread.frames;
    if (thread.kind !== 'debugger' || frame?.function === undefined || frame.source.start > end) continue;
    if (frame.file?.endsWith('.s') !== true || isRuntimeFunction(frame.function)) continue;
    const statement = `The debugger stopped in ${frameText(frame)}, an assembly function, before the register changed.`;
    return { function: frame.function, evidence: { statement, source: frame.source } };
  }
  return undefined;
}

function byStops(snapshot: Snapshot, register: string): SeenFramePointer | undefined {
  const seen = valuesOfRegister(snapshot, register).sort((a, b) => a.source.start - b.source.start);
  const good = seen.find((one) => isStackPlace(snapshot, one.value) && classifyWord(snapshot, one.value).kind !== 'text');
  const bad = seen.find(
    (one) => good !== undefined && one.source.start > good.source.start && cannotBeFrame(snapshot, one.value),
  );
  if (good === undefined || bad === undefined) return undefined;
  const stop = assemblyStop(snapshot, bad.source.start);
  if (stop === undefined) return undefined;
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
