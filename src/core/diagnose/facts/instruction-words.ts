/**
 * A value made of two AArch64 instructions: what a frame-pointer walk reads when a saved frame pointer points into code.
 * A kernel may deliver a fault address without its top byte (address tagging), as zeros or as a sign extension.
 */
import { decodeInstruction } from '../../arch/index.ts';
import type { ArchitectureName } from '../../model/process.ts';

export interface InstructionWords {
  /** Whose instructions they are. */
  arch: ArchitectureName;
  /** The 64-bit value with a lost top byte put back. */
  value: bigint;
  /** Mnemonics, the one at the lower address first. */
  text: [string, string];
  /** True when the top byte was not in the given value. */
  restored: boolean;
}

const arch: ArchitectureName = 'arm64';

/** Top bytes of the instructions that stand around calls: add, sub, str/ldr, stp/ldp, ldur/stur, mov, bl, ret. */
const topBytes = [0x91n, 0xd1n, 0xf9n, 0xf8n, 0xa9n, 0xa8n, 0xaan, 0xb9n, 0x94n, 0x97n, 0xd6n];

/** Of two instructions one at least moves the stack pointer, uses it as a base or restores the frame pointer. */
function standsAtCall(text: readonly [string, string]): boolean {
  return text.some((one) => /\bsp\b|x29/.test(one));
}

/** Further common instructions by class: mask, bits, mnemonic. A64 base encodings of the Arm Architecture Reference Manual. */
const classes: readonly (readonly [number, number, string])[] = [
  [0x7f000000, 0x34000000, 'cbz'],
  [0x7f000000, 0x35000000, 'cbnz'],
  [0x7f000000, 0x36000000, 'tbz'],
  [0x7f000000, 0x37000000, 'tbnz'],
  [0xff000010, 0x54000000, 'b.cond'],
  [0x7f800000, 0x52800000, 'mov'],
  [0x7f800000, 0x72800000, 'movk'],
  [0x7f800000, 0x12800000, 'mov'],
  [0x9f000000, 0x90000000, 'adrp'],
  [0x7f800000, 0x71000000, 'cmp'],
  [0x7f200000, 0x6b000000, 'cmp'],
  [0x7f800000, 0x11000000, 'add'],
  [0x7f800000, 0x51000000, 'sub'],
  [0x7f200000, 0x0b000000, 'add'],
  [0x7f200000, 0x4b000000, 'sub'],
  [0x7f200000, 0x2a000000, 'orr'],
  [0x7f800000, 0x53000000, 'ubfm'],
  [0x3f400000, 0x39400000, 'ldr'],
  [0x3fc00000, 0x39000000, 'str'],
  [0x3b200c00, 0x38000000, 'ldur'],
];

function classOf(word: number): string | undefined {
  return classes.find(([mask, bits]) => (word & mask) >>> 0 === bits)?.[2];
}

/** `broad`: any common instruction counts. `anchored`: one of the two must belong to a call's surroundings. */
function decode(value: bigint, broad: boolean, anchored: boolean): [string, string] | undefined {
  const halves = [Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn)];
  const [low, high] = halves.map((word) => decodeInstruction(word) ?? (broad ? classOf(word) : undefined));
  if (low === undefined || high === undefined) return undefined;
  const text: [string, string] = [low, high];
  return !anchored || standsAtCall(text) ? text : undefined;
}

/**
 * Undefined unless both halves are instructions. `known`: the process ran on arm64, so any common instruction counts; otherwise, and
 * where the top byte has to be guessed, one of the two must belong to a call's surroundings.
 */
export function instructionWords(value: bigint, known = false): InstructionWords | undefined {
  const whole = decode(value, false, true) ?? (known ? decode(value, true, false) : undefined);
  if (whole !== undefined) return { arch, value, text: whole, restored: false };
  const top = value >> 56n;
  if (top !== 0n && top !== 0xffn) return undefined;
  const rest = value & ((1n << 56n) - 1n);
  for (const broad of known ? [false, true] : [false]) {
    for (const byte of topBytes) {
      const full = (byte << 56n) | rest;
      const text = decode(full, broad, true);
      // With the top byte further bits of the upper instruction may be gone: its number is not known.
      if (text !== undefined) return { arch, value: full, text: [text[0], text[1].replace(/#\d+/, '#…')], restored: true };
    }
  }
  return undefined;
}
