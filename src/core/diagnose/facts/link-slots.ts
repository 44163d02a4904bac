/**
 * arm64: the link register stored where the caller keeps its saved frame pointer.
 * Go keeps the caller's R29 one word below a function's frame (cmd/internal/obj/arm64/obj7.go); C compilers store the pair
 * x29, x30 at the bottom of a new frame of 16 bytes, whose upper word is that slot.
 */
import { architectureOf, makesGoFrame, storesFramePair } from '../../arch/index.ts';
import type { Instruction } from '../../model/instruction.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { ChainLink } from '../../model/chain.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { classifyWord } from '../../words/index.ts';

export interface PairStore {
  function: string;
  instruction: Instruction;
}

/** Listed functions that store the pair before they make room of their own. */
export function pairStores(snapshot: Snapshot): PairStore[] {
  const found: PairStore[] = [];
  for (const listing of listingsWith(snapshot.listings, storesFramePair, ['stp', 'a9bf7bfd'])) {
    let owner = '';
    let hasFrame = false;
    for (const instruction of listing.instructions) {
      const name = withoutAbi(instruction.function ?? listing.function ?? '');
      if (name !== owner) {
        owner = name;
        hasFrame = false;
      }
      if (makesGoFrame(instruction.text)) hasFrame = true;
      if (!hasFrame && name !== '' && storesFramePair(instruction.text)) found.push({ function: name, instruction });
    }
  }
  return found;
}

/** The first slot of a chain that holds a code address where a frame pointer belongs. */
export function slotWithCode(snapshot: Snapshot): ChainLink | undefined {
  for (const chain of snapshot.chains) {
    // Only a machine with a link register saves it beside the frame pointer.
    if (architectureOf(chain.arch)?.linkRegister === undefined) continue;
    const link = chain.links.find(
      (one) =>
        one.verdict === 'bogus' && one.value !== undefined && classifyWord(snapshot, one.value, chain.owner).kind === 'text',
    );
    if (link !== undefined) return link;
  }
  return undefined;
}
