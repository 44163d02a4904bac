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

export interface ArgumentGroup {
  /** `{0xc000012345, 0x5, 0x8}`, as printed. */
  text: string;
  words: ArgumentWord[];
}

/** Longest list that is looked through, in UTF-16 units. */
const longestList = 400;
/** Two to four words between braces, without a further aggregate or a word that was not printed. */
const group = /\{(0x[0-9a-f]{1,16}\??(?:, 0x[0-9a-f]{1,16}\??){1,3})\}/gi;

/** Aggregates whose words were all printed, in order: strings, slices, interfaces and small structs look alike. */
export function argumentGroups(text: string | undefined): ArgumentGroup[] {
  if (text === undefined) return [];
  return [...text.slice(0, longestList).matchAll(group)].map((match) => ({ text: match[0], words: argumentWords(match[1]) }));
}
