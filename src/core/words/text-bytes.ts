/** Words that are text: printable bytes in memory order. */

/** At least this many printable bytes before a word is called text. */
const enough = 6;

/** The eight bytes of a word in little-endian order. */
export function bytesOf(value: bigint): number[] {
  const bytes: number[] = [];
  for (let i = 0n; i < 8n; i++) bytes.push(Number((value >> (i * 8n)) & 0xffn));
  return bytes;
}

/** ASCII reading of a little-endian word: six or more printable bytes, the rest zero. */
export function asciiOf(value: bigint): string | undefined {
  const bytes = bytesOf(value);
  const printable = bytes.filter((byte) => byte >= 0x20 && byte <= 0x7e).length;
  const zero = bytes.filter((byte) => byte === 0).length;
  if (printable < enough || printable + zero < 8) return undefined;
  return String.fromCharCode(...bytes.filter((byte) => byte !== 0));
}

/** UTF-16 reading: four printable characters of two bytes. */
export function utf16Of(value: bigint): string | undefined {
  const bytes = bytesOf(value);
  const low = [bytes[0], bytes[2], bytes[4], bytes[6]];
  const high = [bytes[1], bytes[3], bytes[5], bytes[7]];
  if (high.some((byte) => byte !== 0) || low.some((byte) => byte === undefined || byte < 0x20 || byte > 0x7e)) return undefined;
  return String.fromCharCode(...low.filter((byte) => byte !== undefined));
}

/** The float64 that the word spells, when it is a short decimal of ordinary size. */
export function floatOf(value: bigint): number | undefined {
  const exponent = Number((value >> 52n) & 0x7ffn);
  if (exponent < 0x3c0 || exponent > 0x43f) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value);
  const number = view.getFloat64(0);
  return (value & 0xffffffffn) === 0n || String(number).length <= 8 ? number : undefined;
}
