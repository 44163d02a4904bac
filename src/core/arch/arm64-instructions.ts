/**
 * AArch64 instruction words that stand around calls: enough to say that a 64-bit value is two instructions.
 * Source: Arm Architecture Reference Manual, A64 base encodings.
 */

/** Mnemonic of one 32-bit instruction of the small set; undefined for any other word. */
export function decodeInstruction(word: number): string | undefined {
  const w = word >>> 0;
  if (w === 0xd65f03c0) return 'ret';
  if (w === 0xd503201f) return 'nop';
  if (w >>> 26 === 0x25) return 'bl';
  if (w >>> 26 === 0x05) return 'b';
  const register = (n: number): string => (n === 31 ? 'sp' : `x${n.toString()}`);
  const rt = w & 31;
  const rn = (w >>> 5) & 31;
  const rt2 = (w >>> 10) & 31;
  const pair = w >>> 22;
  // LDP/STP of X registers: signed offset, pre-index, post-index.
  if (pair === 0x2a5 || pair === 0x2a7 || pair === 0x2a3) return `ldp ${register(rt)},${register(rt2)},[${register(rn)}]`;
  if (pair === 0x2a4 || pair === 0x2a6 || pair === 0x2a2) return `stp ${register(rt)},${register(rt2)},[${register(rn)}]`;
  if (w >>> 22 === 0x3e5) return `ldr ${register(rt)},[${register(rn)}]`;
  if (w >>> 22 === 0x3e4) return `str ${register(rt)},[${register(rn)}]`;
  if (w >>> 21 === 0x7c2) return `ldur ${register(rt)},[${register(rn)}]`;
  if (w >>> 21 === 0x7c0) return `stur ${register(rt)},[${register(rn)}]`;
  const immediate = (w >>> 10) & 0xfff;
  if (w >>> 23 === 0x122 && rn === 31) return `add ${register(rt)},sp,#${immediate.toString()}`;
  if (w >>> 23 === 0x1a2 && rn === 31) return `sub ${register(rt)},sp,#${immediate.toString()}`;
  if ((w & 0xffe0ffe0) === 0xaa0003e0) return `mov ${register(rt)},${register((w >>> 16) & 31)}`;
  return undefined;
}
