/** The frame-pointer chain of one stack: the slots that frame sizes predict, and what the words in them say. */
import type { Architecture } from '../arch/index.ts';
import { contains, offsetBy, toAddress, type Address } from '../model/address.ts';
import type { ChainLink, FramePointerChain } from '../model/chain.ts';
import type { Stack } from '../model/memory.ts';
import { wordIndex, wordSource } from '../model/memory-lookup.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { regionsOf } from '../words/index.ts';
import { judgeLink } from './judge.ts';
import type { PlacedFrame } from './places.ts';

/** A walk past the printed frames stops here even if the words go on. */
const longestWalk = 256;

/** Builds the chain of `owner` from its placed frames, innermost first; empty where the architecture keeps none. */
export function buildChain(
  snapshot: Snapshot,
  arch: Architecture,
  owner: string,
  frames: readonly PlacedFrame[],
  systemStack: boolean,
): FramePointerChain {
  const saving = frames.filter((frame) => frame.framePointerSlot !== undefined);
  const stack = regionsOf(snapshot).stackOf(owner) ?? boundsFromPrint(snapshot, frames);
  const links: ChainLink[] = [];
  /** Frames further out than the one in hand, by their slots. */
  const outer = new Map<bigint, PlacedFrame>(saving.map((frame) => [frame.framePointerSlot ?? 0n, frame]));
  let broken = false;
  for (const [index, frame] of saving.entries()) {
    const slot = frame.framePointerSlot;
    if (slot === undefined) continue;
    outer.delete(slot);
    const next = saving[index + 1];
    const expected = next?.joined === false ? undefined : next?.framePointerSlot;
    const at = wordIndex(snapshot.memory, slot);
    const value = at < 0 ? undefined : toAddress(snapshot.memory.values[at] ?? 0n);
    const reached = value === undefined ? undefined : outer.get(value);
    const judgement = judgeLink({
      snapshot,
      slot,
      value,
      expected,
      outerSlots: outer,
      otherStack: reached !== undefined && reached.stack !== frame.stack ? reached.name : undefined,
      stack: isOwn(frame) ? stack : regionsOf(snapshot).stackAt(frame.sp),
      compiled: frame.file.endsWith('.go'),
      systemStack: systemStack || !isOwn(frame),
      owner,
    });
    const link: ChainLink = { slot, verdict: judgement.verdict, pastBreak: broken, frameRow: frame.row, frame: frame.name };
    if (value !== undefined) link.value = value;
    if (expected !== undefined && judgement.verdict !== 'ok') link.expected = expected;
    if (judgement.reason !== undefined) link.reason = judgement.reason;
    if (at >= 0) link.source = wordSource(snapshot.memory, at);
    links.push(link);
    if (link.verdict === 'bogus') broken = true;
  }
  extend(snapshot, links, stack, broken);
  return { owner, arch: arch.name, links };
}

/** False for frames that a listing shows before its goroutine's: the signal handler's, those on g0. */
function isOwn({ stack }: PlacedFrame): boolean {
  return stack === undefined || stack === 'goroutine';
}

function boundsFromPrint(snapshot: Snapshot, frames: readonly PlacedFrame[]): Stack | undefined {
  const first = frames.find(isOwn);
  return first === undefined ? undefined : snapshot.stacks.find((stack) => contains(stack, first.sp));
}

/** Follows the last link through known words: frames that the traceback could not print still leave their links. */
function extend(snapshot: Snapshot, links: ChainLink[], stack: Stack | undefined, broken: boolean): void {
  const last = links.at(-1);
  if (last?.value === undefined || last.verdict !== 'ok' || stack === undefined || broken) return;
  let slot: Address = last.value;
  for (let step = 0; step < longestWalk; step++) {
    if (!contains(stack, slot)) return;
    const at = wordIndex(snapshot.memory, slot);
    const value = at < 0 ? undefined : toAddress(snapshot.memory.values[at] ?? 0n);
    const source = at < 0 ? undefined : wordSource(snapshot.memory, at);
    const link: ChainLink = { slot, verdict: 'unknown', pastBreak: false };
    if (value !== undefined) link.value = value;
    if (source !== undefined) link.source = source;
    if (value === 0n) link.verdict = 'end';
    else if (value !== undefined && contains(stack, value) && value > slot) link.verdict = 'ok';
    else
      link.reason =
        value === undefined ? 'the word is not in the case' : 'no frame is printed here that would say what it must be';
    links.push(link);
    if (link.verdict !== 'ok' || value === undefined) return;
    slot = offsetBy(value, 0);
  }
}
