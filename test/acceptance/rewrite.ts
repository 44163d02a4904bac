/**
 * Rewrites the gdb session of a clobbered frame pointer into one of another process: other addresses, other names, another
 * constant, another damaged link. Addresses keep their printed width; the decimal column of `info registers` follows.
 */

export interface Rewriting {
  /** Added to every address of stacks and heap. */
  heapBy?: bigint;
  /** Added to every address of the executable. */
  textBy?: bigint;
  /** Plain replacements, applied last. */
  names?: readonly (readonly [from: string, to: string])[];
  /** Instead of 0x30bc5b29, wherever it or the address 8 above it stands. */
  constant?: bigint;
  /** The slot that holds the constant, by its number in the chain. */
  badLink?: number;
}

export const originalConstant = 0x30bc5b29n;
const heap = { start: 0xc000000000n, end: 0xc004000000n };
const text = { start: 0x400000n, end: 0x531000n };

/** Slots of the original chain, innermost first, and where the constant stands. */
export const originalSlots = [
  0xc000040d98n,
  0xc000040de8n,
  0xc000040e28n,
  0xc000040e98n,
  0xc000040ec8n,
  0xc000040ef8n,
  0xc000040f38n,
  0xc000040fb8n,
  0xc000040fd0n,
] as const;
const originalBad = 4;

function printed(value: bigint, like: string): string {
  const digits = BigInt.asUintN(64, value).toString(16);
  return `0x${like.startsWith('0x0') ? digits.padStart(like.length - 2, '0') : digits}`;
}

function movedAddress(value: bigint, how: Rewriting): bigint {
  if (value >= heap.start && value <= heap.end) return value + (how.heapBy ?? 0n);
  if (value >= text.start && value <= text.end) return value + (how.textBy ?? 0n);
  const constant = how.constant ?? originalConstant;
  if (value === originalConstant) return constant;
  if (value === originalConstant + 8n) return constant + 8n;
  return value;
}

/** The x/ line whose word at `slot` becomes `value`. */
function withWord(source: string, slot: bigint, value: bigint): string {
  const changed = source
    .split('\n')
    .map((line) => {
      const match = /^0x([0-9a-f]+):((?:\t0x[0-9a-f]{16})+)$/.exec(line);
      if (match?.[1] === undefined || match[2] === undefined) return line;
      const index = Number(slot - BigInt(`0x${match[1]}`)) / 8;
      const words = match[2].split('\t').slice(1);
      if (!Number.isInteger(index) || index < 0 || index >= words.length) return line;
      words[index] = printed(value, '0x0000000000000000');
      return [`0x${match[1]}:`, ...words].join('\t');
    })
    .join('\n');
  if (changed === source) throw new Error(`no word at ${slot.toString(16)}`);
  return changed;
}

function moveBadLink(source: string, to: number): string {
  const from = originalSlots[originalBad];
  const target = originalSlots[to];
  if (target === undefined) throw new Error(`no link ${to.toString()}`);
  const repaired = withWord(source, from, originalSlots[originalBad + 1] ?? 0n);
  return withWord(repaired, target, originalConstant);
}

/** How an assembler writes a constant into rbp (Intel manual, MOV): sign-extended, zero-extended or with all 64 bits. */
function moveInstruction(constant: bigint): string {
  const signed = BigInt.asIntN(64, constant);
  if (signed >= -(1n << 31n) && signed < 1n << 31n) return `mov    $${printed(constant, '')},%rbp`;
  if (constant < 1n << 32n) return `mov    $${printed(constant, '')},%ebp`;
  return `movabs $${printed(constant, '')},%rbp`;
}

function isNonCanonical(value: bigint): boolean {
  const top = value >> 47n;
  return top !== 0n && top !== 0x1ffffn;
}

export function rewritten(source: string, how: Rewriting): string {
  const constant = BigInt.asUintN(64, how.constant ?? originalConstant);
  let result = how.badLink === undefined ? source : moveBadLink(source, how.badLink);
  result = result.replace(/mov {4}\$0x30bc5b29,%rbp/g, () => moveInstruction(constant));
  // The kernel has no address to give for a non-canonical access (si_code SI_KERNEL).
  if (isNonCanonical(constant)) result = result.replace('code=0x1 addr=0x30bc5b31', 'code=0x80 addr=0x0');
  result = result
    .split('\n')
    .map((line) => {
      const move = (token: string): string => printed(movedAddress(BigInt(token), { ...how, constant }), token);
      const register = /^([a-z0-9]+)(\s+)(0x[0-9a-f]+)(\s+)(-?\d+)$/.exec(line);
      if (register !== null) {
        const [, name = '', gap = '', value = '', gap2 = ''] = register;
        const moved = move(value);
        return `${name}${gap}${moved}${gap2}${BigInt.asIntN(64, BigInt(moved)).toString()}`;
      }
      // Sizes and offsets of mappings are no addresses.
      const mapping = /^(\s+0x[0-9a-f]+\s+0x[0-9a-f]+)(\s+0x[0-9a-f]+\s+0x[0-9a-f]+\s+[r-][w-][x-]p.*)$/.exec(line);
      if (mapping !== null) return (mapping[1] ?? '').replace(/0x[0-9a-f]+/g, move) + (mapping[2] ?? '');
      return line.replace(/0x[0-9a-f]+/g, move);
    })
    .join('\n');
  for (const [from, to] of how.names ?? []) result = result.replaceAll(from, to);
  return result;
}
