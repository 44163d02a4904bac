/** Constants in listed code: which function writes the frame-pointer register, with what, and whether it gives it back. */
import { framePointerEffect, isReturn, movedConstant, parseInstruction } from '../../arch/index.ts';
import type { Instruction } from '../../model/instruction.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SourceRange } from '../../model/source.ts';
import { regionsOf } from '../../words/index.ts';

export interface FramePointerWrite {
  function: string;
  instruction: Instruction;
  /** The value written, when it is a constant. */
  constant?: bigint;
  /** True when nothing behind it in the listing restores the register before the function returns. */
  last: boolean;
}

/** The 64-bit values that `constant`, as an instruction writes it, can leave: 32-bit immediates are zero- or sign-extended. */
export function valuesWritten(constant: bigint): bigint[] {
  return [constant, BigInt.asUintN(64, BigInt.asIntN(32, constant)), constant & 0xffffffffn];
}

export function writesValue(constant: bigint, value: bigint): boolean {
  return valuesWritten(constant).includes(value);
}

/** Syntaxes that write an instruction differently: what it writes comes last, or first. */
const orders = ['att', 'intel'] as const;

/** Texts of which an instruction that names the register has one: rbp, ebp, BP, x29, … */
const framePointerNames = ['bp', 'x29', 'w29', 'r29'];

/** Whether the instruction, in any syntax, leaves something else in the register: few listings have one that does. */
function mayClobber(text: string): boolean {
  return orders.some((syntax) => framePointerEffect(parseInstruction(text, syntax)) === 'clobbers');
}

/** Writes to the frame-pointer register in every listing, save those that set up or restore a frame. */
export function framePointerWrites(snapshot: Snapshot): FramePointerWrite[] {
  const writes: FramePointerWrite[] = [];
  for (const listing of listingsWith(snapshot.listings, mayClobber, framePointerNames)) {
    let open: FramePointerWrite[] = [];
    let owner = '';
    for (const instruction of listing.instructions) {
      const name = withoutAbi(instruction.function ?? listing.function ?? '');
      if (name !== owner) {
        owner = name;
        open = [];
      }
      const parsed = parseInstruction(instruction.text, listing.syntax);
      if (isReturn(parsed.mnemonic)) {
        open = [];
        continue;
      }
      const effect = framePointerEffect(parsed);
      if (effect === 'none') continue;
      for (const earlier of open) earlier.last = false;
      open = [];
      if (effect === 'restores' || name === '') continue;
      const constant = movedConstant(parsed);
      const write: FramePointerWrite = { function: name, instruction, last: true };
      if (constant !== undefined) write.constant = constant;
      writes.push(write);
      open.push(write);
    }
  }
  return writes;
}

export interface ConstantHit {
  function: string;
  address: bigint;
  source: SourceRange;
}

/** Functions in whose code a memory search of the session found `value` (gdb `find`). */
export function searchHits(snapshot: Snapshot, value: bigint): ConstantHit[] {
  const hits: ConstantHit[] = [];
  const regions = regionsOf(snapshot);
  for (const search of snapshot.searches) {
    if (search.value !== undefined && search.value !== value && search.value !== BigInt.asUintN(32, value)) continue;
    for (const hit of search.hits) {
      const printed = hit.symbol === undefined ? undefined : /^<?([^<>]+?)(?:\s?\+\s?\d+)?>?$/.exec(hit.symbol)?.[1];
      const known = regions.symbols.at(hit.address);
      const name = printed ?? (known?.proved === true ? known.function : undefined);
      if (name !== undefined) hits.push({ function: withoutAbi(name), address: hit.address, source: hit.source });
    }
  }
  return hits;
}
