/**
 * Instructions about the stack and the frame pointer, told by their text: frames that are set up, registers that are put back, probes of
 * the stack, and the pair x29, x30 that C compilers store (Arm A64 ABI; cmd/internal/obj/arm64/obj7.go for Go's own prologue).
 */
import { immediateOf, type ParsedInstruction } from './instruction-parts.ts';

const framePointers = new Set(['rbp', 'ebp', 'bp', 'x29', 'w29', 'r29']);
const stackPointers = /\b(?:r?sp|x?sp|SP|RSP)\b/;
const noWrite = /^(?:cmp\w*|test\w*|push\w*|call\w*|bl|jmp\w*|str\w*|stp|stur\w*|nop\w*)$/;

/** 'restores': the register gets a frame of its own or the caller's value again; 'clobbers': anything else is left in it. */
export type FramePointerEffect = 'restores' | 'clobbers' | 'none';

export function framePointerEffect(parsed: ParsedInstruction): FramePointerEffect {
  if (/^pop/.test(parsed.mnemonic) && framePointers.has(parsed.destination)) return 'restores';
  if (parsed.mnemonic === 'ldp' && (parsed.destination === 'x29' || parsed.sources[0] === 'x29')) return 'restores';
  if (!framePointers.has(parsed.destination) || noWrite.test(parsed.mnemonic)) return 'none';
  // Set from the stack pointer or reloaded from the stack: a frame of its own, or the caller's value put back.
  return parsed.sources.some((source) => stackPointers.test(source)) ? 'restores' : 'clobbers';
}

/** The constant that a move writes; undefined for every other instruction. */
export function movedConstant(parsed: ParsedInstruction): bigint | undefined {
  if (!/^(?:mov|lea)/.test(parsed.mnemonic)) return undefined;
  return parsed.sources.length === 1 ? immediateOf(parsed.sources[0] ?? '') : undefined;
}

/** A value comes into a register: a move or a load. */
export function isLoad(parsed: ParsedInstruction): boolean {
  return /^(?:mov|ldr|ldp)/.test(parsed.mnemonic);
}

const probe = /^(?:lock\s+)?or[lq]?\s+(?:\$0x0|\$0),\s*(?:0x0)?\(%rsp\)$|^or\s+(?:QWORD|DWORD) PTR \[rsp\],\s*0x0$/i;
const lowers = /^sub[q]?\s+(?:(\$\S+),\s*%rsp|rsp,\s*(\S+))$/i;

/** amd64: a read-modify-write of nothing at the stack pointer, as code built with stack probing has it. */
export function isStackProbe(text: string): boolean {
  return probe.test(text);
}

/** amd64: bytes by which the instruction lowers the stack pointer; undefined when it does not. */
export function stackLowering(text: string): bigint | undefined {
  const match = lowers.exec(text);
  return match === null ? undefined : immediateOf(match[1] ?? match[2] ?? '');
}

const pairStore = /^stp\s+x29,\s*x30,\s*\[sp,\s*#-(?:16|0x10)\]!/i;
const pairStoreWord = /^WORD\s+\$0xa9bf7bfd\b/i;

/** arm64: `stp x29, x30, [sp, #-16]!`, also as the word that Go assembly spells it with. */
export function storesFramePair(text: string): boolean {
  return pairStore.test(text) || pairStoreWord.test(text);
}

const goPrologue = /^(?:str\s+x30,\s*\[sp,\s*#-|sub\s+sp,\s*sp,|mov[dw]?\s+r30,|sub\s+\$)/i;

/** arm64: Go's own prologue makes room first: `str x30, [sp, #-48]!` or `sub sp, …`. */
export function makesGoFrame(text: string): boolean {
  return goPrologue.test(text);
}

const eight = /\b0?x?8\(%(\w+)\)|\[(\w+)\s*[+,]\s*#?(?:0x)?8\]|\b8\(([A-Z]\w*)\)/;

/** Of an instruction `ldr x6,[x4,#8]` or `mov 0x8(%rbx),%rsi`: the register behind a displacement of 8, as printed in lower case. */
export function baseOfEight(text: string): string | undefined {
  const match = eight.exec(text);
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.toLowerCase();
}
