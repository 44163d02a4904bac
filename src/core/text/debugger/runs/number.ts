/** Numbers as debuggers print them, straight from bytes to halves. */

/** The number read last. */
export const wide = { high: 0, low: 0 };

/** Value of a byte as a hexadecimal digit with small letters, as debuggers print them; -1 = none. */
export const smallHex = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) smallHex[digit.toString(16).charCodeAt(0)] = digit;

/**
 * Reads `0x` and one to sixteen digits at `at` into `wide`; returns the offset behind them, -1 = something else stands there. A byte
 * that is no digit must follow in `bytes`, as a line feed does.
 */
export function readHex(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 48 || bytes[at + 1] !== 120) return -1;
  const first = at + 2;
  const middle = first + 8;
  let next = first;
  let high = 0;
  let low = 0;
  let digit = smallHex[bytes[next] ?? 0] ?? -1;
  while (digit >= 0 && next < middle) {
    low = (low << 4) | digit;
    digit = smallHex[bytes[++next] ?? 0] ?? -1;
  }
  if (digit >= 0) {
    high = low;
    low = 0;
    while (digit >= 0) {
      low = (low << 4) | digit;
      digit = smallHex[bytes[++next] ?? 0] ?? -1;
    }
    const more = (next - middle) * 4;
    if (more > 32) return -1;
    if (more < 32) {
      low |= high << more;
      high >>>= 32 - more;
    }
  }
  if (next === first) return -1;
  wide.high = high >>> 0;
  wide.low = low >>> 0;
  return next;
}

/** Offset behind the number that `readHex` reads at `at`, -1 = there is none. */
export function behindHex(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 48 || bytes[at + 1] !== 120) return -1;
  let next = at + 2;
  while ((smallHex[bytes[next] ?? 0] ?? -1) >= 0) next++;
  return next > at + 2 ? next : -1;
}

/** Digits of a decimal number that a double holds exactly. */
export const exactDigits = 15;

/** Offset behind the decimal digits at `at`; `at` itself when there are none. */
export function behindDigits(bytes: Uint8Array, at: number): number {
  let next = at;
  for (let byte = bytes[next] ?? 0; byte >= 48 && byte <= 57; byte = bytes[++next] ?? 0);
  return next;
}

/** The decimal number in bytes [start, end), all digits, at most `exactDigits` of them. */
export function decimalIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? 48) - 48;
  return value;
}
