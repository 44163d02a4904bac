/** Names of registers in the runtime's blocks (runtime/signal_*.go dumpregs, defs_windows_*.go), found from bytes without a string. */

const texts = [
  ...new Set([
    ...'rax rbx rcx rdx rdi rsi rbp rsp rip rflags eax ebx ecx edx edi esi ebp esp eip eflags cs fs gs ds es ss'.split(' '),
    ...'lr sp pc fault fp ip cpsr trap error oldmask link hi lo ctr xer ccr ra gp tp'.split(' '),
    ...Array.from({ length: 32 }, (_unused, i) => `r${i}`),
    ...Array.from({ length: 12 }, (_unused, i) => `s${i}`),
    ...Array.from({ length: 7 }, (_unused, i) => `t${i}`),
    ...Array.from({ length: 8 }, (_unused, i) => `a${i}`),
  ]),
];

/** Names that tell architectures apart; several share a bit where each alone is enough. */
export const Tells = {
  amd64: 1 << 0,
  i386: 1 << 1,
  r29: 1 << 2,
  lr: 1 << 3,
  cpsr: 1 << 4,
  ra: 1 << 5,
  tp: 1 << 6,
  link: 1 << 7,
  r15: 1 << 8,
  r16: 1 << 9,
  r31: 1 << 10,
  /** Only some architectures with `link` have them. */
  special: 1 << 11,
} as const;

const tellsOf: Readonly<Record<string, number>> = {
  rip: Tells.amd64,
  rflags: Tells.amd64,
  eip: Tells.i386,
  eflags: Tells.i386,
  r29: Tells.r29,
  lr: Tells.lr,
  cpsr: Tells.cpsr,
  ra: Tells.ra,
  tp: Tells.tp,
  link: Tells.link,
  r15: Tells.r15,
  r16: Tells.r16,
  r31: Tells.r31,
  hi: Tells.special,
  lo: Tells.special,
  ctr: Tells.special,
  xer: Tells.special,
};
const tells = Int32Array.from(texts, (text) => tellsOf[text] ?? 0);

/** No name is longer: so each is one exact number of seven bits a letter. */
export const longestName = 7;
export const registerCount = texts.length;

/** Slot → register + 1; a power of two, far from full. */
const slots = new Uint8Array(1024);
const keys = new Float64Array(registerCount);
const letterValues = 128;

function slotOf(key: number): number {
  return (key ^ Math.imul(key, 0x9e3779b1)) >>> 22;
}

for (const [register, text] of texts.entries()) {
  let key = 0;
  for (let at = 0; at < text.length; at++) key = key * letterValues + text.charCodeAt(at);
  keys[register] = key;
  let slot = slotOf(key);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = register + 1;
}

/** The register whose name is bytes [start, end), at most `longestName` small letters and digits; -1 = none. */
export function registerOf(bytes: Uint8Array, start: number, end: number): number {
  let key = 0;
  for (let at = start; at < end; at++) key = key * letterValues + (bytes[at] ?? 0);
  for (let slot = slotOf(key); ; slot = (slot + 1) & (slots.length - 1)) {
    const register = (slots[slot] ?? 0) - 1;
    if (register < 0 || keys[register] === key) return register;
  }
}

export function registerText(register: number): string {
  return texts[register] ?? '';
}

/** Bits of `Tells` that the register has. */
export function registerTells(register: number): number {
  return tells[register] ?? 0;
}
