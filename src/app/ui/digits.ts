/** How a word's value is written in the diagram: leading zeros apart, so that they can be dimmed. */
export interface Digits {
  prefix: string;
  zeros: string;
  rest: string;
}

/** User addresses have at most 47 bits: 12 digits; larger values get all 16. 32-bit words have 8. */
export function digitsOf(value: bigint, wordSize: 4 | 8 = 8): Digits {
  if (value < 10n) return { prefix: '', zeros: '', rest: value.toString() };
  const digits = value.toString(16);
  const width = wordSize === 4 ? 8 : digits.length > 12 ? 16 : 12;
  return { prefix: '0x', zeros: '0'.repeat(Math.max(0, width - digits.length)), rest: digits };
}

/** Bytes in memory order, two digits each. */
export function bytesOf(value: bigint, wordSize: 4 | 8 = 8, bigEndian = false): string[] {
  const bytes: string[] = [];
  for (let i = 0; i < wordSize; i++) bytes.push(((value >> BigInt(8 * i)) & 0xffn).toString(16).padStart(2, '0'));
  return bigEndian ? bytes.reverse() : bytes;
}

/** Printable ASCII in memory order, others as '·'; undefined when fewer than three bytes are printable. */
export function textOf(value: bigint, wordSize: 4 | 8 = 8, bigEndian = false): string | undefined {
  let printable = 0;
  const text = bytesOf(value, wordSize, bigEndian)
    .map((byte) => {
      const code = parseInt(byte, 16);
      if (code < 0x20 || code > 0x7e) return '·';
      printable++;
      return String.fromCharCode(code);
    })
    .join('');
  return printable >= 3 ? text : undefined;
}

/** '1 word', '12 words'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** '96 B', '1,352 B'. */
export function byteCount(bytes: number | bigint): string {
  return `${bytes.toLocaleString('en-US')} B`;
}
