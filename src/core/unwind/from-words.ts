/**
 * Frames without any traceback: from the chain of saved frame pointers among the words, else from return addresses that a call
 * precedes. What a frame is worth depends on how it was found, so that is kept.
 */
import type { Architecture } from '../arch/index.ts';
import { offsetBy, toAddress, type Address } from '../model/address.ts';
import { instructionOf, listedAt } from '../model/listing-addresses.ts';
import { lowerBound, wordAt, wordIndex } from '../model/memory-lookup.ts';
import { withoutAbi } from '../model/function-name.ts';
import { registerValue } from '../model/register-sets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classifyWord, regionsOf } from '../words/index.ts';

export type FoundBy = 'frame-pointers' | 'return-addresses';

export interface WordFrame {
  function: string;
  pc?: Address;
  sp: Address;
  fp?: Address;
  /** Slot of the word that proves the frame: where its pc was found. */
  slot?: Address;
}

export interface WordFrames {
  foundBy: FoundBy;
  frames: WordFrame[];
}

/** Frames followed, words scanned, and the largest step from one frame to the next. */
const mostFrames = 256;
const mostWords = 1 << 16;
const largestFrame = 1n << 20n;
const fewest = 2;

const calls = /^(?:call|callq|CALL|bl|blr|BL|jal|jalr)\b/;

/** Does a call stand directly before `address`? undefined where no listing shows it. */
function followsCall(snapshot: Snapshot, address: bigint): boolean | undefined {
  for (const { listing, index } of listedAt(snapshot.listings, address)) {
    const before = instructionOf(listing, index - 1);
    if (before !== undefined) return calls.test(before.text.trim());
  }
  return undefined;
}

/** `<main.worker+275>` printed beside the word at `slot`: name and whether it lies past the entry. */
function printedSymbol(snapshot: Snapshot, slot: bigint): { name: string; past: boolean } | undefined {
  const index = wordIndex(snapshot.memory, slot);
  const printed = index < 0 ? '' : (snapshot.strings[snapshot.memory.symbol[index] ?? 0] ?? '');
  const match = /^(.*?)[ ]?\+[ ]?(?:0x[0-9a-f]+|\d+)$/.exec(printed);
  if (printed === '') return undefined;
  return { name: withoutAbi(match?.[1] ?? printed), past: match !== null };
}

/** The function that the word at `slot` returns into: code past its entry, and no listing speaks against it. '' = unnamed code. */
function returnsInto(snapshot: Snapshot, slot: bigint, value: bigint): string | undefined {
  const beside = printedSymbol(snapshot, slot);
  const meaning = classifyWord(snapshot, value);
  const proved = meaning.kind === 'text' && !meaning.inferred && meaning.symbol?.offset !== 0;
  if (beside === undefined ? !proved : !beside.past) return undefined;
  return followsCall(snapshot, value) === false ? undefined : (beside?.name ?? meaning.symbol?.function ?? '');
}

/** The function of the innermost frame; a printed entry before it is enough. */
function functionAround(snapshot: Snapshot, pc: bigint): string {
  return regionsOf(snapshot).symbols.at(pc)?.function ?? '';
}

function register(snapshot: Snapshot, name: string | undefined): Address | undefined {
  for (const set of snapshot.registers) {
    const value = set.frame === 0 && name !== undefined ? registerValue(set, name) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The next link of the chain at `slot`, when the words there look like one: a link upwards beside a return address. */
function linkAt(snapshot: Snapshot, slot: bigint): { next: bigint; pc: bigint; function: string } | undefined {
  const next = wordAt(snapshot.memory, slot);
  const pc = wordAt(snapshot.memory, slot + 8n);
  const name = pc === undefined ? undefined : returnsInto(snapshot, slot + 8n, pc);
  if (next === undefined || pc === undefined || name === undefined) return undefined;
  return next === 0n || (next > slot && next - slot < largestFrame) ? { next, pc, function: name } : undefined;
}

/** Where a chain begins: the register, else the lowest word that begins one of several links. */
function chainStart(snapshot: Snapshot, arch: Architecture): bigint | undefined {
  const held = register(snapshot, arch.framePointer);
  if (held !== undefined && linkAt(snapshot, held) !== undefined) return held;
  const { addresses, values } = snapshot.memory;
  for (let index = 0; index < Math.min(addresses.length, mostWords); index++) {
    const slot = addresses[index] ?? 0n;
    const next = values[index] ?? 0n;
    if (next <= slot || next - slot >= largestFrame) continue;
    if (linkAt(snapshot, slot) !== undefined && linkAt(snapshot, next) !== undefined) return slot;
  }
  return undefined;
}

/** amd64 keeps the link under the return address at the frame's top; arm64 under the saved link register at its bottom: both look alike. */
function walk(snapshot: Snapshot, arch: Architecture): WordFrame[] {
  const start = chainStart(snapshot, arch);
  if (start === undefined) return [];
  const top = arch.returnAddressAt === 'frame-top';
  // Bytes from a link to the end of the frame that its return address leads out of.
  const beyond = top ? 16n : 8n;
  const frames: WordFrame[] = [];
  const pc = register(snapshot, arch.programCounter);
  const sp = register(snapshot, arch.stackPointer);
  let link = linkAt(snapshot, start);
  let slot = start;
  if (pc !== undefined && sp !== undefined && sp <= start + 8n && start - sp < largestFrame) {
    const inner: WordFrame = { function: functionAround(snapshot, pc), pc, sp };
    if (top) inner.fp = toAddress(start + beyond);
    else if (link !== undefined && link.next > slot) inner.fp = toAddress(link.next + beyond);
    frames.push(inner);
  }
  while (link !== undefined && frames.length < mostFrames) {
    // arm64: the frame that returns here begins above the next link, whose saved link register is its bottom.
    const base = top ? slot + beyond : link.next + beyond;
    if (!top && link.next === 0n) break;
    const following: ReturnType<typeof linkAt> = link.next === 0n ? undefined : linkAt(snapshot, link.next);
    const frame: WordFrame = { function: link.function, pc: toAddress(link.pc), sp: toAddress(base), slot: toAddress(slot + 8n) };
    const end = top
      ? link.next === 0n
        ? 0n
        : link.next + beyond
      : (following?.next ?? 0n) === 0n
        ? 0n
        : (following?.next ?? 0n) + beyond;
    if (end > base) frame.fp = toAddress(end);
    frames.push(frame);
    slot = link.next;
    link = following;
  }
  return frames;
}

/** Every word above the stack pointer that a call can have pushed, in order; such words may be left over from earlier calls. */
function scan(snapshot: Snapshot, arch: Architecture): WordFrame[] {
  const { memory } = snapshot;
  const sp = register(snapshot, arch.stackPointer) ?? memory.addresses[0];
  if (sp === undefined || arch.returnAddressAt !== 'frame-top') return [];
  const frames: WordFrame[] = [];
  const pc = register(snapshot, arch.programCounter);
  let base = toAddress(sp);
  if (pc !== undefined) frames.push({ function: functionAround(snapshot, pc), pc, sp: base });
  const first = lowerBound(memory, sp);
  for (let index = first; index < memory.addresses.length && index - first < mostWords && frames.length < mostFrames; index++) {
    const slot = memory.addresses[index] ?? 0n;
    const value = memory.values[index] ?? 0n;
    if (slot - base > largestFrame) break;
    const name = returnsInto(snapshot, slot, value);
    if (name === undefined || (name === '' && followsCall(snapshot, value) !== true)) continue;
    const inner = frames.at(-1);
    base = offsetBy(toAddress(slot), 8);
    if (inner !== undefined) inner.fp = base;
    frames.push({ function: name, pc: toAddress(value), sp: base, slot: toAddress(slot) });
  }
  return frames;
}

/** The frames that the words alone prove; undefined when they prove fewer than two. */
export function framesFromWords(snapshot: Snapshot, arch: Architecture): WordFrames | undefined {
  if (snapshot.memory.wordSize !== 8) return undefined;
  const walked = arch.framePointer === undefined ? [] : walk(snapshot, arch);
  if (walked.length >= fewest) return { foundBy: 'frame-pointers', frames: walked };
  const scanned = scan(snapshot, arch);
  return scanned.length >= fewest ? { foundBy: 'return-addresses', frames: scanned } : undefined;
}
