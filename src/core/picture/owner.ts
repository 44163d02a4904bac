/** Whose stack is drawn: the rows of a goroutine or thread, and the frames that have places. */
import { architectureOf } from '../arch/index.ts';
import type { ChainLink } from '../model/chain.ts';
import { GoroutineFlag } from '../model/goroutine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Thread } from '../model/thread.ts';
import { buildChain, placedFrames, type PlacedFrame } from '../unwind/index.ts';

export interface OwnedStack {
  owner: string;
  start: number;
  end: number;
  frames: PlacedFrame[];
  thread?: Thread;
}

/** The stack of goroutine id or thread name `owner`; a goroutine that was printed twice gives its first block. */
export function stackOwnedBy(snapshot: Snapshot, owner: string): OwnedStack | undefined {
  const arch = architectureOf(snapshot.process.arch);
  const { goroutines } = snapshot;
  for (let row = 0; row < goroutines.length; row++) {
    if ((goroutines.id[row] ?? 0n).toString() !== owner) continue;
    const start = goroutines.frameStart[row] ?? 0;
    const end = goroutines.frameEnd[row] ?? 0;
    const flags = goroutines.flags[row] ?? 0;
    const elided = flags & GoroutineFlag.elided ? (goroutines.elidedAfter[row] ?? 0) : -1;
    return { owner, start, end, frames: afterSignal(snapshot, placedFrames(snapshot, arch, start, end, elided)) };
  }
  const thread = snapshot.threads.find((one) => one.name === owner && one.frames.length > 0);
  const start = thread?.frames[0]?.row;
  if (thread === undefined || start === undefined) return undefined;
  const end = start + thread.frames.length;
  return { owner, start, end, frames: afterSignal(snapshot, placedFrames(snapshot, arch, start, end)), thread };
}

/** Frames above the faulting one are the signal handler's: they were pushed after the crash. */
function afterSignal(snapshot: Snapshot, frames: PlacedFrame[]): PlacedFrame[] {
  const fault = frames.findIndex((frame) => frame.row === snapshot.crash?.faultFrame);
  return fault > 0 && frames[fault - 1]?.name === 'runtime.sigpanic' ? frames.slice(fault) : frames;
}

/** The links of the stack: the snapshot's own chain, or one built for this picture. */
export function linksOf(snapshot: Snapshot, owned: OwnedStack): { chain: number; links: ChainLink[] } {
  const chain = snapshot.chains.findIndex((one) => one.owner === owned.owner);
  const known = snapshot.chains[chain];
  if (known !== undefined) return { chain, links: known.links };
  const arch = architectureOf(snapshot.process.arch);
  if (arch?.framePointer === undefined) return { chain: -1, links: [] };
  const system = owned.thread !== undefined && owned.thread.kind !== 'debugger';
  return { chain: -1, links: buildChain(snapshot, arch, owned.owner, owned.frames, system).links };
}
