/** What was looked at and holds, in numbers: for "nothing wrong is an answer". Undefined where there was nothing to look at. */
import { architectureOf } from '../../arch/index.ts';
import { toAddress } from '../../model/address.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import { wordAt } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { regionsOf } from '../../words/index.ts';
import { operandRegisters } from './addresses.ts';
import { wildRegisters } from './wild.ts';
import { count } from './wording.ts';

/** Most frames whose return slots are looked at. */
const mostFrames = 20_000;

export function chainSentence({ chains }: Snapshot): string | undefined {
  const links = chains.flatMap((chain) => chain.links);
  const good = links.filter((link) => link.verdict === 'ok').length;
  if (good === 0 || links.some((link) => link.verdict === 'bogus')) return undefined;
  const unknown = links.filter((link) => link.verdict === 'unknown').length;
  const rest = unknown === 0 ? '' : `; ${count(unknown, 'further one')} could not be compared`;
  return `Frame-pointer chain: ${count(good, 'saved frame pointer')} ${good === 1 ? 'leads' : 'lead'} to the next frame${rest}.`;
}

/** Words in return slots of placed frames that lead into code. */
export function returnSentence(snapshot: Snapshot): string | undefined {
  const { frames, memory } = snapshot;
  const arch = architectureOf(snapshot.process.arch);
  const placed = FrameFlag.hasSp | FrameFlag.hasFp;
  if (arch === undefined || memory.addresses.length === 0) return undefined;
  const regions = regionsOf(snapshot);
  let good = 0;
  for (let row = 0; row < Math.min(frames.length, mostFrames); row++) {
    const flags = frames.flags[row] ?? 0;
    if ((flags & placed) !== placed || (flags & FrameFlag.inlined) !== 0) continue;
    const slot = arch.returnSlot({ sp: toAddress(frames.sp[row] ?? 0n), fp: toAddress(frames.fp[row] ?? 0n) });
    const value = slot === undefined ? undefined : wordAt(memory, slot);
    if (value !== undefined && regions.isCode(value) !== undefined) good++;
  }
  return good === 0
    ? undefined
    : `Return addresses: ${count(good, 'return slot')} that the case shows ${good === 1 ? 'leads' : 'lead'} into code.`;
}

/** Complaints of the collector and of the allocator would stand before the reason of a crash. */
export function spanSentence({ crash, complaints }: Snapshot): string | undefined {
  if (crash === undefined || complaints.some((one) => one.kind === 'bad-heap-pointer' || one.kind === 'zombies'))
    return undefined;
  return 'Span messages: the collector reported no bad pointer and no freed object in use.';
}

export function registerSentence(snapshot: Snapshot): string | undefined {
  const registers = operandRegisters(snapshot);
  if (registers.length < 4 || architectureOf(snapshot.process.arch) === undefined || wildRegisters(snapshot).length > 0)
    return undefined;
  return `Registers: none of the ${registers.length.toString()} that can hold a pointer has an impossible address.`;
}
