/** UTF-16 to UTF-8: what Windows consoles redirect into files. */

/** Bytes looked at where no byte order mark stands. */
const sniffed = 1024;
/** Share of units below U+0100 among those looked at: text of crashes is ASCII. */
const narrowShare = 0.9;

export type Utf16 = 'utf-16le' | 'utf-16be';

/** By its byte order mark, or by a zero in every other byte. */
export function utf16Of(bytes: Uint8Array): Utf16 | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && !(bytes[2] === 0 && bytes[3] === 0)) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const units = Math.min(bytes.length, sniffed) >> 1;
  if (units < 16) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < units * 2; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd >= units * narrowShare) return 'utf-16le';
  if (odd === 0 && even >= units * narrowShare) return 'utf-16be';
  return undefined;
}

/** The same text as UTF-8, without its mark; a broken unit becomes U+FFFD. */
export function fromUtf16(bytes: Uint8Array, encoding: Utf16): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
}
