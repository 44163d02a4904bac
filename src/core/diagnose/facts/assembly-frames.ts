/** Stores of Go assembly against the frame that its TEXT directive declares. Source text only: `TEXT ·f(SB), NOSPLIT, $32-24`. */
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';

export interface StoreOutside {
  function: string;
  instruction: Instruction;
  /** Bytes above the stack pointer. */
  offset: number;
  frameSize: number;
}

/** The hardware stack pointer: `48(SP)` without a name before it, `48(RSP)` on arm64. */
const store = /,\s*(\d{1,7})\((R?SP)\)$/;
const movesStackPointer = /^(?:PUSH|POP|CALL|BL\b)|,\s*R?SP$|\.[PW]\s/;
const noStore = /^(?:CMP|TEST|LEA|PCDATA|FUNCDATA|BYTE|WORD|LONG|QUAD)/;
/** On arm64 the link register lies at 0(RSP) and the declared frame above it. */
const linkBytes = 8;

/** The first store at or past the end of the declared frame, in a function that leaves the stack pointer alone. */
export function storeOutside(listing: CodeListing): StoreOutside | undefined {
  const { frameSize } = listing;
  if (listing.origin !== 'assembly' || frameSize === undefined || listing.function === undefined) return undefined;
  const { instructions } = listing;
  const texts = instructions.map((instruction) => instruction.text.replace(/\s*\/\/.*$/, '').trim());
  if (texts.some((text) => movesStackPointer.test(text))) return undefined;
  for (const [index, text] of texts.entries()) {
    const match = noStore.test(text) ? null : store.exec(text);
    const instruction = instructions[index];
    if (match === null || instruction === undefined) continue;
    const offset = Number(match[1]);
    const end = frameSize + (match[2] === 'RSP' ? linkBytes : 0);
    if (offset >= end) return { function: listing.function, instruction, offset, frameSize };
  }
  return undefined;
}
