/** Constants in listed code: which function writes the frame-pointer register, with what, and whether it gives it back. */
import type { Instruction } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SourceRange } from '../../model/source.ts';
import { regionsOf } from '../../words/index.ts';
import { immediateOf, parseInstruction, type ParsedInstruction } from './instruction-parts.ts';

export { immediateOf };

export interface FramePointerWrite {
  function: string;
  instruction: Instruction;
  /** The value written, when it is a constant. */
  constant?: bigint;
  /** True when nothing behind it in the listing restores the register before the function returns. */
  last: boolean;
}

/** Is `constant`, as an instruction writes it, the 64-bit `value`? 32-bit immediates are zero- or sign-extended. */
export function writesValue(constant: bigint, value: bigint): boolean {
  return constant === value || BigInt.asUintN(64, BigInt.asIntN(32, constant)) === value || (constant & 0xffffffffn) === value;
}

const framePointerNames = new Set(['rbp', 'ebp', 'bp', 'x29', 'w29', 'r29']);
const returns = /^(?:retq?|ret|leaveq?)$/;
const stackPointers = /\b(?:r?sp|x?sp|SP|RSP)\b/;
const noWrite = /^(?:cmp\w*|test\w*|push\w*|call\w*|bl|jmp\w*|str\w*|stp|stur\w*|nop\w*)$/;

type Effect = 'restores' | 'clobbers' | 'none';

function effectOf(parsed: ParsedInstruction): Effect {
  if (/^pop/.test(parsed.mnemonic) && framePointerNames.has(parsed.destination)) return 'restores';
  if (parsed.mnemonic === 'ldp' && (parsed.destination === 'x29' || parsed.sources[0] === 'x29')) return 'restores';
  if (!framePointerNames.has(parsed.destination) || noWrite.test(parsed.mnemonic)) return 'none';
  // Set from the stack pointer or reloaded from the stack: a frame of its own, or the caller's value put back.
  return parsed.sources.some((source) => stackPointers.test(source)) ? 'restores' : 'clobbers';
}

function constantOf(parsed: ParsedInstruction): bigint | undefined {
  if (!/^(?:mov|lea)/.test(parsed.mnemonic)) return undefined;
  return parsed.sources.length === 1 ? immediateOf(parsed.sources[0] ?? '') : undefined;
}

/** Writes to the frame-pointer register in every listing, save those that set up or restore a frame. */
export function framePointerWrites(snapshot: Snapshot): FramePointerWrite[] {
  const writes: FramePointerWrite[] = [];
  for (const listing of snapshot.listings) {
    let open: FramePointerWrite[] = [];
    let owner = '';
    for (const instruction of listing.instructions) {
      const name = withoutAbi(instruction.function ?? listing.function ?? '');
      if (name !== owner) {
        owner = name;
        open = [];
      }
      const parsed = parseInstruction(instruction.text, listing.syntax);
      if (returns.test(parsed.mnemonic)) {
        open = [];
        continue;
      }
      const effect = effectOf(parsed);
      if (effect === 'none') continue;
      for (const earlier of open) earlier.last = false;
      open = [];
      if (effect === 'restores' || name === '') continue;
      const constant = constantOf(parsed);
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

/** Of an instruction `ldr x6,[x4,#8]` or `mov 0x8(%rbx),%rsi`: the register behind a displacement of 8. */
export function baseOfEight(text: string): string | undefined {
  const match = /\b0?x?8\(%(\w+)\)|\[(\w+)\s*[+,]\s*#?(?:0x)?8\]|\b8\(([A-Z]\w*)\)/.exec(text);
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.toLowerCase();
}
