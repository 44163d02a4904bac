/** Which stacks get a chain: the crashing one, the victim's, and every one of which words are known. */
import { architectureOf } from '../arch/index.ts';
import type { FrameBreak, FramePointerChain } from '../model/chain.ts';
import { isRuntimeFunction } from '../model/function-name.ts';
import { GoroutineFlag } from '../model/goroutine.ts';
import { lowerBound } from '../model/memory-lookup.ts';
import { valuesNamed } from '../model/register-sets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { frameCount, innermostRow } from '../model/thread-frames.ts';
import { buildChain, checkJoins, placedFrames, type PlacedFrame } from '../unwind/index.ts';

/** Chains beyond the crashing goroutine's and the victim's. */
const mostChains = 64;

/** runtime/tracestack.go, runtime/mprof.go: functions that walk frame pointers. */
const readers = /^runtime\.(?:fpTraceback|traceStack|fpunwind|tracefpunwind)/;

function rowsFrom(snapshot: Snapshot, frames: PlacedFrame[]): PlacedFrame[] {
  const fault = snapshot.crash?.faultFrame;
  const index = fault === undefined ? -1 : frames.findIndex((frame) => frame.row === fault);
  // What lies above the faulting frame ran after the crash: the signal handler's own frames.
  return index > 0 && isRuntimeFunction(frames[index - 1]?.name ?? '') && /sigpanic$/.test(frames[index - 1]?.name ?? '')
    ? frames.slice(index)
    : frames;
}

function hasWords(snapshot: Snapshot, frames: readonly PlacedFrame[]): boolean {
  const low = frames[0]?.sp;
  const high = frames.at(-1)?.fp;
  if (low === undefined || high === undefined) return false;
  const index = lowerBound(snapshot.memory, low);
  const address = snapshot.memory.addresses[index];
  return address !== undefined && address < high;
}

/** Where the crashed walk began: the register, or the frame that called the reader. */
function markStart(snapshot: Snapshot, chain: FramePointerChain, frames: readonly PlacedFrame[]): void {
  const outermostReader = frames.findLastIndex((frame) => readers.test(frame.name));
  const caller = frames.slice(outermostReader + 1).find((frame) => frame.framePointerSlot !== undefined);
  if (outermostReader >= 0 && caller?.framePointerSlot !== undefined) {
    chain.start = { value: caller.framePointerSlot, from: caller.name };
    return;
  }
  const name = architectureOf(snapshot.process.arch)?.framePointer;
  const set = snapshot.registers.find((candidate) => candidate.frame === 0);
  const register = set === undefined || name === undefined ? undefined : valuesNamed([set], name)[0];
  if (register !== undefined && snapshot.crash?.goroutineId === chain.owner) {
    chain.start = { value: register.value, from: register.name, source: register.source };
  }
}

export function buildChains(snapshot: Snapshot): { chains: FramePointerChain[]; breaks: FrameBreak[] } {
  const chains: FramePointerChain[] = [];
  const breaks: FrameBreak[] = [];
  const arch = architectureOf(snapshot.process.arch);
  if (arch === undefined) return { chains, breaks };
  const { goroutines, crash } = snapshot;
  const owners = new Set<string>();
  const add = (owner: string, frames: PlacedFrame[], systemStack: boolean, wanted: boolean): void => {
    breaks.push(...checkJoins(arch, owner, frames));
    if (owners.has(owner) || arch.framePointer === undefined) return;
    const from = rowsFrom(snapshot, frames);
    if (from.length === 0 || !(wanted || hasWords(snapshot, from)) || chains.length >= mostChains) return;
    const chain = buildChain(snapshot, arch, owner, from, systemStack);
    if (chain.links.length === 0) return;
    markStart(snapshot, chain, from);
    owners.add(owner);
    chains.push(chain);
  };
  const goroutine = (row: number, wanted: boolean): void => {
    const flags = goroutines.flags[row] ?? 0;
    if (flags & GoroutineFlag.duplicate) return;
    const elided = flags & GoroutineFlag.elided ? (goroutines.elidedAfter[row] ?? 0) : -1;
    const frames = placedFrames(snapshot, arch, goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0, elided);
    if (frames.length > 0) add((goroutines.id[row] ?? 0n).toString(), frames, false, wanted);
  };
  const first = [crash?.goroutine, crash?.victim].filter((row) => row !== undefined);
  for (const row of first) goroutine(row, true);
  for (const thread of snapshot.threads) {
    const start = innermostRow(thread);
    if (start === undefined || thread.goroutine !== undefined) continue;
    const frames = placedFrames(snapshot, arch, start, start + frameCount(thread));
    // gdb shows a goroutine's stack as a thread's: only blocks of the runtime are surely system stacks.
    add(thread.name, frames, thread.kind !== 'debugger', crash?.goroutine === undefined && thread.kind === 'debugger');
  }
  if (snapshot.memory.addresses.length > 0) {
    for (let row = 0; row < goroutines.length; row++) if (!first.includes(row)) goroutine(row, false);
  }
  return { chains, breaks };
}
