/** C in the picture: callbacks from C, calls into C, stores into C memory. */
import { offsetBy, type Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { packageOf } from '../../model/function-name.ts';
import { GoroutineFlag, type Frame } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { threadsWith } from '../../model/thread-frames.ts';
import { regionsOf } from '../../words/index.ts';
import type { RuleContext } from '../rule.ts';
import { hex, wordAt, wordsHolding } from './addresses.ts';
import { crashGoroutine } from './crash.ts';
import { mostFrames, viewOf } from './view.ts';
import { code } from './wording.ts';

const callbacks = /^runtime\.cgocallback(?:g1?|_gofunc)?$|^crosscall2$|(?:^|\.)_cgoexp_/;
const calls = /^runtime\.(?:cgocall|asmcgocall)|(?:^|\.)_Cfunc_/;

export const isCallback = (name: string): boolean => callbacks.test(name);

/** C called Go here: cgocallback, or the export wrapper `_cgoexp_…`. */
export function callbackFrame(frames: readonly Frame[]): Frame | undefined {
  return frames.find((frame) => frame.function !== undefined && isCallback(frame.function));
}

/** Go called C here. */
export function callFrame(frames: readonly Frame[]): Frame | undefined {
  return frames.find((frame) => frame.function !== undefined && calls.test(frame.function));
}

/** `main._Cfunc_weigh_all` → `weigh_all`: the C function that cgo's wrapper calls. */
/** A C function in a sentence: many have names that are ordinary words. */
export function cFunction(name: string): string {
  return `the C function ${code(name)}`;
}

export function calledC(frames: readonly Frame[]): { name: string; frame: Frame } | undefined {
  for (const frame of frames) {
    const name = /(?:^|\.)_C2?func_(\w+)$/.exec(frame.function ?? '')?.[1];
    if (name !== undefined) return { name, frame };
  }
  return undefined;
}

/** Any goroutine of the snapshot that stands in cgo: its name is enough, frames are not made. */
export function cgoRow(context: RuleContext): { row: number; callback: boolean } | undefined {
  const { frames, strings, goroutines } = context.snapshot;
  let call: { row: number; callback: boolean } | undefined;
  for (let row = 0; row < goroutines.length; row++) {
    const start = goroutines.frameStart[row] ?? 0;
    const end = Math.min(goroutines.frameEnd[row] ?? 0, start + mostFrames);
    for (let at = start; at < end; at++) {
      const name = strings[frames.functionName[at] ?? 0] ?? '';
      if (callbacks.test(name)) return { row, callback: true };
      if (call === undefined && calls.test(name)) call = { row, callback: false };
    }
  }
  return call;
}

/** A debugger's stack with C functions in it (no package before the name) beside Go's. */
export function hasCThread(snapshot: Snapshot): boolean {
  return threadsWith(snapshot, isCallback).some(
    (thread) => thread.kind === 'debugger' && thread.frames.some((frame) => packageOf(frame.function ?? '') === ''),
  );
}

/** The crashing goroutine is locked to its thread: so are all that C called. */
export function isLocked(context: RuleContext): boolean {
  const { goroutines, crash } = context.snapshot;
  return crash?.goroutine !== undefined && ((goroutines.flags[crash.goroutine] ?? 0) & GoroutineFlag.lockedToThread) !== 0;
}

export interface BufferPair {
  at: Address;
  other: Address;
  evidence: Evidence;
}

/** Words of the write-barrier buffer around `pointer`: the neighbour that is a C address (no heap, stack, code of Go). */
export function cNeighbour(snapshot: Snapshot, pointer: bigint): BufferPair | undefined {
  const regions = regionsOf(snapshot);
  for (const place of wordsHolding(snapshot, pointer)) {
    for (const step of [-8, 8]) {
      const word = wordAt(snapshot, offsetBy(place.address, step));
      if (word === undefined || word.value < 0x10000n || word.value >> 48n !== 0n) continue;
      if (
        sameArena(word.value, pointer) ||
        regions.stackAt(word.value)?.kind === 'goroutine' ||
        regions.spanAt(word.value) !== undefined
      )
        continue;
      if (regions.symbols.at(word.value)?.proved === true) continue;
      const statement = `The words at ${hex(place.address)} and ${hex(word.address)} are ${hex(pointer)} and ${hex(word.value)}: a pair of old and new contents, of which one is an address outside the Go heap.`;
      const evidence: Evidence = { statement, inferred: true };
      if (word.evidence.source !== undefined) evidence.source = word.evidence.source;
      return { at: place.address, other: word.value, evidence };
    }
  }
  return undefined;
}

/** Arenas are 64 MiB, but a heap's arenas are neighbours: the same 64 GiB counts as one heap. */
function sameArena(a: bigint, b: bigint): boolean {
  return a >> 36n === b >> 36n;
}

/** Frames of the crashing goroutine, or none. */
export function crashGoroutineFrames(context: RuleContext): readonly Frame[] {
  return crashGoroutine(context)?.frames ?? [];
}

export function goroutineIdOf(context: RuleContext, row: number): string {
  return (viewOf(context).goroutines.id[row] ?? 0n).toString();
}

/** `main._Cfunc_drive` for sentences. */
export function frameName(frame: Frame): string {
  return code(frame.function ?? '');
}
