/** Hexadecimal numbers as the runtime prints them, straight from bytes to halves. */

/** The number read last. */
export const number = { high: 0, low: 0 };

/** Value of a byte as a digit with small letters, as the runtime prints them; -1 = none. */
const digitOf = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) digitOf[digit.toString(16).charCodeAt(0)] = digit;

/** A word has no more. */
const mostDigits = 16;

/** Reads the digits that stand at `at` before `end` into `number`; returns how many, more than 16 when they are no word. */
export function readDigits(bytes: Uint8Array, at: number, end: number): number {
  let high = 0;
  let low = 0;
  let next = at;
  const past = Math.min(end, at + mostDigits + 1);
  for (; next < past; next++) {
    const digit = digitOf[bytes[next] ?? 0] ?? -1;
    if (digit < 0) break;
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  number.high = high >>> 0;
  number.low = low >>> 0;
  return next - at;
}

const zero = 48;
const letterX = 120;

/** Reads `0x` and one to sixteen digits at `at` into `number`; returns the offset behind them, -1 = they are not there. */
export function readPrefixed(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== zero || bytes[at + 1] !== letterX) return -1;
  const digits = readDigits(bytes, at + 2, end);
  return digits === 0 || digits > mostDigits ? -1 : at + 2 + digits;
}

export function isPrefix(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === zero && bytes[at + 1] === letterX;
}
