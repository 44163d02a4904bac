/**
 * A signal frame among stack words: what the kernel writes when it runs a handler. Linux on amd64 stores cs, gs, fs and ss of user mode
 * as one word of the context, behind the flags and the interrupted rip (arch/x86/include/uapi/asm/sigcontext.h).
 */
import { architectureOf } from '../../arch/index.ts';
import { toAddress, type Address } from '../../model/address.ts';
import { wordAt as valueAt } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { regionsOf } from '../../words/index.ts';
import { wordsHolding, type WordAt } from './addresses.ts';

/** Reserved bit 1 and the interrupt flag are set in user mode; higher bits end at the identification flag. */
const flagsSet = 0x202n;
const flagsLimit = 1n << 22n;

export interface SignalFrame {
  word: WordAt;
  /** Goroutine or thread whose stack holds it. */
  owner: string;
  /** Where the signal interrupted the thread. */
  pc: Address;
}

/** A signal frame on a goroutine's stack, where none belongs: handlers of Go run on a stack of their own. */
export function signalFrameOnGoroutineStack(snapshot: Snapshot): SignalFrame | undefined {
  const segments = architectureOf(snapshot.process.arch ?? 'amd64')?.userSegments;
  if (segments === undefined) return undefined;
  for (const word of wordsHolding(snapshot, segments)) {
    const stack = regionsOf(snapshot).stackAt(word.address);
    const flags = valueAt(snapshot.memory, word.address - 8n);
    const pc = valueAt(snapshot.memory, word.address - 16n);
    if (stack?.kind !== 'goroutine' || flags === undefined || pc === undefined) continue;
    if ((flags & flagsSet) === flagsSet && flags < flagsLimit && pc > 4096n)
      return { word, owner: stack.owner, pc: toAddress(pc) };
  }
  return undefined;
}
