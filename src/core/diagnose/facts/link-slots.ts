/**
 * arm64: the link register stored where the caller keeps its saved frame pointer.
 * Go keeps the caller's R29 one word below a function's frame (cmd/internal/obj/arm64/obj7.go); C compilers store the pair
 * x29, x30 at the bottom of a new frame of 16 bytes, whose upper word is that slot.
 */
import type { Instruction } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { ChainLink } from '../../model/chain.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { classifyWord } from '../../words/index.ts';

export interface PairStore {
  function: string;
  instruction: Instruction;
}

/** `stp x29, x30, [sp, #-16]!` and its encodings: 0xa9bf7bfd, and any pre-index offset with the same registers. */
const printedStore = /^stp\s+x29,\s*x30,\s*\[sp,\s*#-(?:16|0x10)\]!/i;
const encodedStore = /^WORD\s+\$0x([0-9a-f]{8})\b/i;

function isPairStore(instruction: Instruction): boolean {
  if (printedStore.test(instruction.text)) return true;
  const word = encodedStore.exec(instruction.text)?.[1];
  return word?.toLowerCase() === 'a9bf7bfd';
}

/** Go's own prologues allocate their frame first: `str x30, [sp, #-48]!` or `sub sp, …`. */
const goPrologue = /^(?:str\s+x30,\s*\[sp,\s*#-|sub\s+sp,\s*sp,|mov[dw]?\s+r30,|sub\s+\$)/i;

/** Listed functions that store the pair before they make room of their own. */
export function pairStores(snapshot: Snapshot): PairStore[] {
  const found: PairStore[] = [];
  for (const listing of snapshot.listings) {
    let owner = '';
    let hasFrame = false;
    for (const instruction of listing.instructions) {
      const name = withoutAbi(instruction.function ?? listing.function ?? '');
      if (name !== owner) {
        owner = name;
        hasFrame = false;
      }
      if (goPrologue.test(instruction.text)) hasFrame = true;
      if (!hasFrame && name !== '' && isPairStore(instruction)) found.push({ function: name, instruction });
    }
  }
  return found;
}

/** The first slot of a chain that holds a code address where a frame pointer belongs. */
export function slotWithCode(snapshot: Snapshot): ChainLink | undefined {
  for (const chain of snapshot.chains) {
    if (chain.arch !== 'arm64') continue;
    const link = chain.links.find(
      (one) =>
        one.verdict === 'bogus' && one.value !== undefined && classifyWord(snapshot, one.value, chain.owner).kind === 'text',
    );
    if (link !== undefined) return link;
  }
  return undefined;
}
