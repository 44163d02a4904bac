/**
 * The address that a debugger's stop was about, where nobody printed it: the memory operand of the instruction at which the program
 * stood, with the registers shown at the same step.
 */
import { memoryOperand } from '../arch/index.ts';
import { toAddress, toSigned, type Address } from '../model/address.ts';
import type { Instruction } from '../model/instruction.ts';
import { currentOf, instructionOf, listedAt } from '../model/listing-addresses.ts';
import type { Crash, Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';
import { shownAt } from './step-registers.ts';

type Draft = Pick<Snapshot, 'listings' | 'registers'>;

const memorySignals = new Set(['SIGSEGV', 'SIGBUS', 'EXC_BAD_ACCESS']);
/** `lea` and the like compute an address without using it. */
const noAccess = /^(?:lea\w*|nop\w*|adrp?|LEA\w*)\b/;

/** The instruction marked `=>` behind the stop: gdb leaves the pc out where a source line begins with it. */
export function currentAfter(draft: Draft, stop: SourceRange): Address | undefined {
  for (const listing of draft.listings) {
    if (listing.source.document !== stop.document || listing.source.start < stop.start) continue;
    const current = currentOf(listing);
    if (current?.address !== undefined) return current.address;
  }
  return undefined;
}

function instructionAt(draft: Draft, pc: Address): Instruction | undefined {
  const place = listedAt(draft.listings, pc).find(({ listing }) => listing.origin === 'disassembly');
  return place === undefined ? undefined : instructionOf(place.listing, place.index);
}

/** Undefined unless the instruction at `crash.pc` has one memory operand whose base register was shown at the crash. */
export function inferredFault(draft: Draft, crash: Crash): Address | undefined {
  if (crash.step === undefined || crash.pc === undefined || !memorySignals.has(crash.signal ?? '')) return undefined;
  const instruction = instructionAt(draft, crash.pc);
  if (instruction === undefined || noAccess.test(instruction.text)) return undefined;
  const operand = memoryOperand(instruction.text);
  if (operand === undefined || operand.indexed) return undefined;
  const base = shownAt(draft.registers, operand.base, crash.step);
  return base === undefined ? undefined : toAddress(toSigned(base) + operand.displacement);
}
