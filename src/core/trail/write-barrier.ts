/**
 * Where the write-barrier buffer lies in a P (runtime/mwbbuf.go, runtime/runtime2.go; offsets of p.wbBuf.buf from the DWARF of
 * go1.19.8, 1.20.14, 1.21.13, 1.22.12, 1.23.12, 1.24.11, 1.25.5, 1.26.8 and 1.27.1, linux; amd64 and arm64 agree).
 */
import { toAddress, type Address } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { threadsWith } from '../model/thread-frames.ts';

interface Layout {
  minor: number;
  /** Offset of p.wbBuf.buf, whose `next` and `end` lie 16 and 8 bytes below. */
  buffer: number;
}

const layouts: readonly Layout[] = [
  { minor: 19, buffer: 4728 },
  { minor: 20, buffer: 4720 },
  { minor: 21, buffer: 4728 },
  { minor: 22, buffer: 4760 },
  { minor: 23, buffer: 4736 },
  { minor: 24, buffer: 4736 },
  { minor: 25, buffer: 5288 },
  { minor: 26, buffer: 9568 },
  { minor: 27, buffer: 9568 },
];

/** wbBufEntries × wbBufEntryPointers up to Go 1.20, wbBufEntries since: 512 words in all. */
const words = 512;
/** Up to this version each entry is a pair, new value and old contents; later ones reserve any number of words. */
const lastPaired = 20;

export interface BufferSlot {
  p: Address;
  /** Word of the buffer; absent where the possible versions disagree. */
  slot?: number;
  /** '1.20', or '1.23 or 1.24' where several versions place it there. */
  version?: string;
  /** The half of a pair that keeps what the store overwrote; undefined where entries are no pairs. */
  old?: boolean;
}

function possibleMinors(snapshot: Snapshot): (minor: number) => boolean {
  const { goVersion, goVersionRange } = snapshot.process;
  const exact = /^1\.(\d{1,3})/.exec(goVersion ?? '')?.[1];
  if (exact !== undefined) return (minor) => minor === Number(exact);
  const minorOf = (text: string | null | undefined) => Number(/^1\.(\d{1,3})/.exec(text ?? '')?.[1] ?? NaN);
  const from = minorOf(goVersionRange?.[0]);
  const to = minorOf(goVersionRange?.[1]);
  return (minor) => !(minor < from) && !(minor > to);
}

const flush = 'runtime.wbBufFlush1';
const firstHex = /^[{( ]*(?:_?p_?=)?(?:\([^()]*\) ?)?(0x[0-9a-f]{6,16})/;

const kept = new WeakMap<Snapshot, readonly Address[]>();

/** P structures that the case names: the argument of wbBufFlush1, and what a debugger printed as `….p`. */
export function knownPs(snapshot: Snapshot): readonly Address[] {
  let known = kept.get(snapshot);
  if (known === undefined) {
    known = findPs(snapshot);
    kept.set(snapshot, known);
  }
  return known;
}

function findPs(snapshot: Snapshot): Address[] {
  const found = new Set<Address>();
  for (const thread of threadsWith(snapshot, (name) => name === flush))
    for (const frame of thread.frames) {
      if (frame.function !== flush) continue;
      const printed = firstHex.exec(frame.arguments ?? '')?.[1];
      if (printed !== undefined) found.add(toAddress(BigInt(printed)));
    }
  for (const struct of snapshot.structs ?? []) {
    const value = struct.fields.length === 1 && struct.fields[0]?.name === '' ? struct.fields[0].value : undefined;
    if (value !== undefined && /(?:->|\.)p$/.test(struct.expression)) found.add(value);
  }
  return [...found];
}

/** Which word of a P's write-barrier buffer `address` is; undefined when it is none. */
export function bufferSlot(snapshot: Snapshot, address: bigint): BufferSlot | undefined {
  const possible = possibleMinors(snapshot);
  for (const p of knownPs(snapshot)) {
    const fits = layouts.filter(({ minor, buffer }) => {
      const offset = address - p - BigInt(buffer);
      return possible(minor) && offset >= 0n && offset < BigInt(words * 8) && offset % 8n === 0n;
    });
    const [first] = fits;
    if (first === undefined) continue;
    const slotOf = (layout: Layout) => Number((address - p - BigInt(layout.buffer)) / 8n);
    const paired = fits.every((layout) => layout.minor <= lastPaired + 1);
    // What the collector stumbles over is old contents: of paired versions one that has the second word of a pair there.
    const chosen = (paired ? fits.find((layout) => layout.minor <= lastPaired && slotOf(layout) % 2 === 1) : undefined) ?? first;
    const same = fits.filter(
      (layout) => layout.buffer === chosen.buffer && layout.minor <= lastPaired === chosen.minor <= lastPaired,
    );
    const slot: BufferSlot = { p };
    // Versions that disagree about the place agree only on the buffer.
    if (same.length < fits.length && !paired) return slot;
    slot.slot = slotOf(chosen);
    slot.version = same.map((layout) => `1.${layout.minor.toString()}`).join(' or ');
    if (chosen.minor <= lastPaired) slot.old = slot.slot % 2 === 1;
    return slot;
  }
  return undefined;
}
