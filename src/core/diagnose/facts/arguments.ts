/**
 * Argument words of a frame as printed (runtime/traceback.go printArgs, Go 1.17–1.27; a flat list up to 1.16): braces
 * mark aggregates, `?` a word that may be stale, `_` and `...` words not printed.
 */
export interface ArgumentWord {
  value: bigint;
  /** Printed with `?`: the register's home slot may have been overwritten. */
  stale: boolean;
}

const word = /0x([0-9a-f]{1,16})(\?)?/gi;

/** All words in order, aggregates flattened. */
export function argumentWords(text: string | undefined): ArgumentWord[] {
  if (text === undefined) return [];
  const words: ArgumentWord[] = [];
  for (const match of text.matchAll(word)) {
    words.push({ value: BigInt(`0x${match[1] ?? '0'}`), stale: match[2] !== undefined });
  }
  return words;
}
