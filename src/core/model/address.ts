/**
 * Addresses: unsigned 64-bit values as branded bigints, so that a count or an offset is never taken for one.
 * Arithmetic wraps at 2^64, as it does on the machine.
 */
import { highHalf, lowHalf } from './halves.ts';
declare const addressBrand: unique symbol;
export type Address = bigint & { readonly [addressBrand]: true };
/** The printed form of reports: `0x`, lower case, no leading zeros. */
export type Hex = `0x${string}`;

const mask64 = (1n << 64n) - 1n;

/** Brands `value` after reducing it to 64 bits (negative values become their two's complement). */
export function toAddress(value: bigint | number): Address {
  // The one place that brands: the value has just been reduced to 64 bits.
  return (BigInt(value) & mask64) as Address;
}

const wide = new BigUint64Array(1);
const halves = new Uint32Array(wide.buffer);

/** The value of two 32-bit halves: one allocation, for readers of many numbers. */
export function addressOfHalves(high: number, low: number): Address {
  halves[highHalf] = high;
  halves[lowHalf] = low;
  // Sixty-four bits as they stand.
  return (wide[0] ?? 0n) as Address;
}

/** `address + bytes`, wrapping. */
export function offsetBy(address: Address, bytes: number | bigint): Address {
  return toAddress(address + BigInt(bytes));
}

/** `to - from` in bytes, signed. */
export function distance(from: Address, to: Address): bigint {
  return to - from;
}

export function formatAddress(address: bigint): Hex {
  return `0x${address.toString(16)}`;
}

/** The same of the number with these halves, without a bigint. */
export function formatHalves(high: number, low: number): Hex {
  return high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
}

/** Sixteen digits, as hexdumps and the diagram print words. */
export function formatWord(value: bigint): Hex {
  return `0x${(value & mask64).toString(16).padStart(16, '0')}`;
}

const hexadecimal = /^(?:0x)?[0-9a-f]{1,16}$/i;

/** Reads `0x1f` or `1f`; undefined when the text is not 1 to 16 hexadecimal digits. */
export function parseAddress(text: string): Address | undefined {
  return hexadecimal.test(text)
    ? toAddress(BigInt(text.startsWith('0x') || text.startsWith('0X') ? text : `0x${text}`))
    : undefined;
}

/** Half-open range of addresses: `start` is inside, `end` is not. */
export interface AddressRange {
  start: Address;
  end: Address;
}

export function contains(range: AddressRange, address: bigint): boolean {
  return address >= range.start && address < range.end;
}

/** Signed reading of a 64-bit value. */
export function toSigned(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
