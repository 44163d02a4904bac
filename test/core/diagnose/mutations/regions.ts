/** Where a text's addresses lie: its code, and the 4 GiB blocks that hold stacks, heap, libraries. Guessed from the labelled numbers of the text. */

export interface Regions {
  /** Code below 4 GiB, with data behind it: [low, high). */
  code?: { low: bigint; high: bigint };
  /** Upper halves of addresses above 4 GiB. */
  blocks: readonly bigint[];
}

const placed = /\b(?:pc|PC|fp|sp|gp|mp)[=:](0x[0-9a-f]+)/g;
const counters = /\b(?:pc|PC)=(0x[0-9a-f]+)|^(0x[0-9a-f]{16})(?= (?:in|<))/gm;
/** Debugger rows: `0xc000040d48:`, `0x42ad85 <f+69>:`, `#1  0x000000000042ac25 in`. */
const rows = /^(?:=>)?\s*(?:#\d+\s+)?(0x[0-9a-f]{5,16})(?=[:\s])/gm;
/** Room around the known program counters: functions before the first, data behind the last. */
const before = 0x20000n;
const behind = 0x200000n;
const lowestCode = 0x10000n;
/** The page of the return-probe trampoline is a fixed place. */
const fixedPage = 0x7fffffffe000n;

export function isFixed(value: bigint): boolean {
  return value >= fixedPage && value < fixedPage + 4096n;
}

function numbers(text: string, pattern: RegExp): bigint[] {
  return [...text.matchAll(pattern)].map((match) => BigInt(match[1] ?? match[2] ?? '0'));
}

export function regionsIn(text: string): Regions {
  const pcs = [...numbers(text, counters), ...numbers(text, rows)].filter((value) => value >= lowestCode && value >> 32n === 0n);
  const blocks = new Set(
    [...numbers(text, placed), ...numbers(text, rows)]
      .filter((value) => !isFixed(value) && value >> 32n !== 0n && value >> 47n === 0n)
      .map((value) => value >> 32n),
  );
  const sorted = pcs.sort((a, b) => (a < b ? -1 : 1));
  const [first] = sorted;
  const last = sorted.at(-1);
  const regions: Regions = { blocks: [...blocks] };
  // Programs of 32 bits keep stacks and code in one range: nothing is moved there.
  if (first !== undefined && last !== undefined && last - first < 0x4000000n && !/\beip\b|\bGOARCH=386\b/.test(text))
    regions.code = { low: first - before < lowestCode ? lowestCode : first - before, high: last + behind };
  return regions;
}
