/** The memory operand of an instruction as text: AT&T, Intel, Go and arm64 spellings. */

export interface MemoryOperand {
  /** Register name as the runtime prints it: rsp, r8, r29. */
  base: string;
  displacement: bigint;
  /** A second register is added: the address cannot be told from the base alone. */
  indexed: boolean;
}

const att = /(-?(?:0x[0-9a-f]{1,16}|\d{1,10}))?\(%(\w{2,4})(,[^)]{1,20})?\)/i;
const brackets = /\[\s*(\w{2,4})\s*(?:(?:([+-])|,\s*#?)\s*(-?(?:0x[0-9a-f]{1,16}|\d{1,10})))?\s*([^\]]{0,40})\]/i;
/** Go's own disassembler: `0x10(AX)`, `8(R3)`; its pseudo registers are no places that a register tells. */
const plan9 = /(-?(?:0x[0-9a-f]{1,16}|\d{1,10}))?\(([A-Z][A-Z0-9]{1,3})\)(\([A-Z][A-Z0-9]{1,3}\*?\d?\))?/;
/** riscv64, ppc64le, mips64le as GNU writes them: `ld t0,0(t0)`, `ld r5,8(r5)`. */
const plain = /(-?(?:0x[0-9a-f]{1,8}|\d{1,10}))\((ra|sp|gp|tp|t[0-9]|s\d{1,2}|a[0-7]|[rv]\d{1,2})\)$/;
const go64 = new Map(['AX', 'BX', 'CX', 'DX', 'SI', 'DI', 'BP', 'SP'].map((name) => [name, `r${name.toLowerCase()}`]));
const pseudo = new Set(['SB', 'FP', 'PC', 'TLS']);

/** `x29` of a debugger is `r29` in registers. */
function nameOf(register: string): string {
  return register.toLowerCase().replace(/^x(?=\d)/, 'r');
}

function numberOf(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

/** AT&T `0x10(%rsp)`, `16(a0)`, Intel `[rsp+0x10]`, arm64 `[x0, #16]`, Go `0x10(SP)`; undefined when the text has none. */
export function memoryOperand(text: string): MemoryOperand | undefined {
  const first = att.exec(text);
  if (first !== null) return { base: nameOf(first[2] ?? ''), displacement: numberOf(first[1]), indexed: first[3] !== undefined };
  const second = brackets.exec(text);
  if (second !== null) {
    const number = numberOf(second[3]);
    return {
      base: nameOf(second[1] ?? ''),
      displacement: second[2] === '-' ? -number : number,
      indexed: (second[4] ?? '').trim() !== '',
    };
  }
  const bare = plain.exec(text.trimEnd());
  if (bare !== null) return { base: bare[2] ?? '', displacement: numberOf(bare[1]), indexed: false };
  const third = plan9.exec(text);
  const base = third?.[2] ?? '';
  if (third === null || pseudo.has(base)) return undefined;
  return { base: go64.get(base) ?? base.toLowerCase(), displacement: numberOf(third[1]), indexed: third[3] !== undefined };
}
