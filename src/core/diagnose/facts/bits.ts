/** True when exactly one bit of `value` is set. */
export function popcountIsOne(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}
