/** Argument words as a traceback or gdb printed them, flattened in declaration order. */

export interface ArgumentWord {
  /** Parameter name, where gdb printed one. */
  name?: string;
  value: bigint;
}

/** More words are never printed (runtime/traceback.go: 10), gdb's lists are cut here. */
const mostWords = 32;

/** `0x1, {0x2?, 0x3}, ...` or `s=0xc000044018, n=5`; parts without a number are skipped but keep their place as NaN-free gaps. */
export function argumentWords(text: string | undefined): (ArgumentWord | undefined)[] {
  if (text === undefined) return [];
  const words: (ArgumentWord | undefined)[] = [];
  for (const part of text.replace(/[{}]/g, ' ').split(',')) {
    if (words.length >= mostWords) break;
    const match = /^\s*(?:([~\w.]+)\s*=\s*)?(0x[0-9a-f]{1,16}|\d{1,19})\??(?:\s|$)/i.exec(part);
    if (match?.[2] === undefined) {
      words.push(undefined);
      continue;
    }
    const word: ArgumentWord = { value: BigInt(match[2]) };
    if (match[1] !== undefined) word.name = match[1];
    words.push(word);
  }
  return words;
}
