/** Decimal numbers of up to 64 bits as two halves, for columns: neither a string nor a bigint is made. */
import { isDigit } from './bytes.ts';

export interface Halves {
  high: number;
  low: number;
}

const mostDigits = 20;
const half = 0x1_0000_0000;

/** Reads bytes [start, end), which must be 1–20 digits, modulo 2⁶⁴. */
export function readDecimal(bytes: Uint8Array, start: number, end: number, out: Halves): boolean {
  if (end <= start || end - start > mostDigits) return false;
  let high = 0;
  let low = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (!isDigit(byte)) return false;
    low = low * 10 + ((byte ?? 48) - 48);
    if (low >= half || high > 0) {
      high = (high * 10 + Math.floor(low / half)) % half;
      low %= half;
    }
  }
  out.high = high;
  out.low = low;
  return true;
}
