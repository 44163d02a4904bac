/** Hexadecimal numbers without `0x`, straight from bytes. */
import { smallHex, wide } from '../debugger/runs/number.ts';

/**
 * Reads one to sixteen digits at `from` into `wide`; returns the offset behind them, -1 = there are none, or more. A byte that is no
 * digit must follow in `bytes`, as a line feed does.
 */
export function readDigits(bytes: Uint8Array, from: number): number {
  const middle = from + 8;
  let at = from;
  let high = 0;
  let low = 0;
  let digit = smallHex[bytes[at] ?? 0] ?? -1;
  while (digit >= 0 && at < middle) {
    low = (low << 4) | digit;
    digit = smallHex[bytes[++at] ?? 0] ?? -1;
  }
  if (digit >= 0) {
    high = low;
    low = 0;
    while (digit >= 0) {
      low = (low << 4) | digit;
      digit = smallHex[bytes[++at] ?? 0] ?? -1;
    }
    const more = (at - middle) * 4;
    if (more > 32) return -1;
    if (more < 32) {
      low |= high << more;
      high >>>= 32 - more;
    }
  }
  if (at === from) return -1;
  wide.high = high >>> 0;
  wide.low = low >>> 0;
  return at;
}
