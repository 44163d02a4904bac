/** Instructions of amd64 that need an aligned memory operand: movaps, movapd, movdqa and the stores past the cache. */
import type { Instruction } from '../model/instruction.ts';
import { memoryOperand, type MemoryOperand } from './memory-operand.ts';

export interface AlignedAccess {
  text: string;
  operand: MemoryOperand;
  /** Bytes of alignment that it needs. */
  alignment: number;
}

const mnemonics = /^v?(?:movap[sd]|movdqa(?:32|64)?|movntp[sd]|movntdqa?)$/;

/** From a listed instruction. */
export function alignedAccess(instruction: Instruction): AlignedAccess | undefined {
  const text = instruction.text.replace(/^=>\s*/, '');
  const mnemonic = /^\S+/.exec(text)?.[0].toLowerCase() ?? '';
  const operand = mnemonics.test(mnemonic) ? memoryOperand(text) : undefined;
  if (operand === undefined) return undefined;
  return { text, operand, alignment: /\bzmm/.test(text) ? 64 : /\bymm/.test(text) ? 32 : 16 };
}

const registers = ['rax', 'rcx', 'rdx', 'rbx', 'rsp', 'rbp', 'rsi', 'rdi'];

/** Second opcode byte → mnemonic, without and with the prefix 0x66 (Intel SDM volume 2, appendix A). */
const opcodes: Record<number, readonly [plain: string | undefined, prefixed: string | undefined]> = {
  0x28: ['movaps', 'movapd'],
  0x29: ['movaps', 'movapd'],
  0x2b: ['movntps', 'movntpd'],
  0x6f: [undefined, 'movdqa'],
  0x7f: [undefined, 'movdqa'],
  0xe7: [undefined, 'movntdq'],
};

function registerAt(number: number): string {
  return registers[number] ?? `r${number.toString()}`;
}

/** From the bytes at the pc, as `instruction bytes:` of a signal report prints them. Plain SSE encodings only. */
export function alignedAccessOfBytes(bytes: Uint8Array): AlignedAccess | undefined {
  let at = 0;
  const prefixed = bytes[at] === 0x66;
  if (prefixed) at++;
  const rex = ((bytes[at] ?? 0) & 0xf0) === 0x40 ? (bytes[at++] ?? 0) : 0;
  if (bytes[at++] !== 0x0f) return undefined;
  const name = opcodes[bytes[at++] ?? 0]?.[prefixed ? 1 : 0];
  const modrm = bytes[at++];
  if (name === undefined || modrm === undefined) return undefined;
  const mode = modrm >> 6;
  let low = modrm & 7;
  if (mode === 3 || (mode === 0 && low === 5)) return undefined;
  let indexed = false;
  if (low === 4) {
    const sib = bytes[at++];
    if (sib === undefined || (mode === 0 && (sib & 7) === 5)) return undefined;
    indexed = ((sib >> 3) & 7) !== 4 || (rex & 2) !== 0;
    low = sib & 7;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = mode === 0 ? 0 : mode === 1 ? 1 : 4;
  if (at + size > bytes.length) return undefined;
  const displacement = BigInt(size === 0 ? 0 : size === 1 ? view.getInt8(at) : view.getInt32(at, true));
  const base = registerAt(low + ((rex & 1) !== 0 ? 8 : 0));
  return { text: name, operand: { base, displacement, indexed }, alignment: 16 };
}
