/** Strings as LLDB escapes them (lldb StringPrinter.cpp): `\xfa` is a byte, `\U00000001` a character, and `\0` is never followed by digits of its own. */

const escapes: Readonly<Record<string, number>> = { 0: 0, n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27 };
const part = /\\x([0-9a-fA-F]{2})|\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4}))|\\(.)|[^\\]+|\\/gsu;
const encoder = new TextEncoder();
const lastCharacter = 0x10ffff;

/** Bytes of what stands between quotes. */
export function lldbStringBytes(quoted: string): Uint8Array {
  if (!quoted.includes('\\')) return encoder.encode(quoted);
  const bytes: number[] = [];
  for (const [text, byte, long, short, one] of quoted.matchAll(part)) {
    const code = parseInt(long ?? short ?? '', 16);
    const escape = one === undefined ? undefined : escapes[one];
    if (byte !== undefined) bytes.push(parseInt(byte, 16));
    else if (code <= lastCharacter) bytes.push(...encoder.encode(String.fromCodePoint(code)));
    else if (escape !== undefined) bytes.push(escape);
    else bytes.push(...encoder.encode(one ?? text));
  }
  return Uint8Array.from(bytes);
}
