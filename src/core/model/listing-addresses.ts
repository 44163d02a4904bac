/** Instructions of listings by their address, those at which functions begin, and the one at which a debugger stands. */
import type { CodeListing } from './code.ts';
import { highHalf, lowHalf } from './halves.ts';
import type { Instruction } from './instruction.ts';
import { InstructionFlag, type InstructionRun } from './instruction-columns.ts';

export interface ListedAt {
  listing: CodeListing;
  /** In `listing.instructions`. */
  index: number;
}

/** A listing of columns, and the addresses between which its instructions lie. */
interface Extent {
  listing: CodeListing;
  run: InstructionRun;
  /** Place among all listings. */
  order: number;
  low: bigint;
  high: bigint;
  /** Whether addresses rise from row to row. */
  rises: boolean;
}

type Placed = ListedAt & { order: number };

/** Answers that are kept: words of a stack repeat few addresses of code. */
const mostAnswers = 4096;

function extentOf(listing: CodeListing, run: InstructionRun, order: number): Extent | undefined {
  const { addressHalves, addresses } = run.columns.data;
  const { from, to } = run;
  if (to <= from) return undefined;
  let [lowest, highest] = [from, from];
  let rises = true;
  const isBelow = (a: number, b: number): boolean => {
    const [high = 0, other = 0] = [addressHalves[2 * a + highHalf], addressHalves[2 * b + highHalf]];
    return high === other ? (addressHalves[2 * a + lowHalf] ?? 0) < (addressHalves[2 * b + lowHalf] ?? 0) : high < other;
  };
  for (let row = from + 1; row < to; row++) {
    if (isBelow(highest, row)) highest = row;
    else {
      rises = false;
      if (isBelow(row, lowest)) lowest = row;
    }
  }
  return { listing, run, order, low: addresses[lowest] ?? 0n, high: addresses[highest] ?? 0n, rises };
}

/** First row of `extent` at `address`, -1 = there is none. */
function rowAt({ run: { columns, from, to }, rises }: Extent, address: bigint): number {
  const { addresses } = columns.data;
  if (!rises) {
    const row = addresses.subarray(from, to).indexOf(address);
    return row < 0 ? -1 : from + row;
  }
  let [low, high] = [from, to - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((addresses[middle] ?? 0n) < address) low = middle + 1;
    else high = middle;
  }
  return addresses[low] === address ? low : -1;
}

class AddressIndex {
  /** Instructions of listings that are no columns. */
  readonly #plain = new Map<bigint, Placed[]>();
  /** By where they begin, and the highest address of those up to each. */
  readonly #extents: Extent[] = [];
  readonly #reach: bigint[] = [];
  readonly #answers = new Map<bigint, readonly ListedAt[]>();

  constructor(listings: readonly CodeListing[]) {
    for (const [order, listing] of listings.entries()) {
      if (listing.run === undefined) this.#addPlain(listing, order);
      else {
        const extent = extentOf(listing, listing.run, order);
        if (extent !== undefined) this.#extents.push(extent);
      }
    }
    this.#extents.sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : a.order - b.order));
    let reach = 0n;
    for (const { high } of this.#extents) this.#reach.push((reach = high > reach ? high : reach));
  }

  #addPlain(listing: CodeListing, order: number): void {
    for (const [index, { address }] of listing.instructions.entries()) {
      if (address === undefined) continue;
      const places = this.#plain.get(address);
      if (places === undefined) this.#plain.set(address, [{ listing, index, order }]);
      // Of one listing the first counts.
      else if (places.at(-1)?.listing !== listing) places.push({ listing, index, order });
    }
  }

  at(address: bigint): readonly ListedAt[] {
    let answer = this.#answers.get(address);
    if (answer === undefined) {
      if (this.#answers.size >= mostAnswers) this.#answers.clear();
      this.#answers.set(address, (answer = this.#find(address)));
    }
    return answer;
  }

  #find(address: bigint): readonly ListedAt[] {
    const found: Placed[] = [...(this.#plain.get(address) ?? [])];
    let [low, high] = [0, this.#extents.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#extents[middle]?.low ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= 0 && (this.#reach[at] ?? 0n) >= address; at--) {
      const extent = this.#extents[at];
      if (extent === undefined || extent.high < address) continue;
      const row = rowAt(extent, address);
      if (row >= 0) found.push({ listing: extent.listing, index: row - extent.run.from, order: extent.order });
    }
    return found.sort((a, b) => a.order - b.order);
  }
}

const indexed = new WeakMap<readonly CodeListing[], AddressIndex>();

/** The instruction at `address` in each listing that has it, in printed order. */
export function listedAt(listings: readonly CodeListing[], address: bigint): readonly ListedAt[] {
  let index = indexed.get(listings);
  if (index === undefined) indexed.set(listings, (index = new AddressIndex(listings)));
  return index.at(address);
}

/** The instruction at `index` of `listing`, without making the others. */
export function instructionOf(listing: CodeListing, index: number): Instruction | undefined {
  const { run } = listing;
  if (run === undefined) return listing.instructions[index];
  return index < 0 || index >= run.to - run.from ? undefined : run.columns.instruction(run.from + index);
}

/** Its text. */
export function textOf(listing: CodeListing, index: number): string | undefined {
  const { run } = listing;
  if (run === undefined) return listing.instructions[index]?.text;
  return index < 0 || index >= run.to - run.from ? undefined : run.columns.textAt(run.from + index);
}

/** Indexes of the instructions of `listing` that stand at the entry of their function: offset 0. */
export function entriesOf(listing: CodeListing): number[] {
  const { run } = listing;
  if (run === undefined) return listing.instructions.flatMap(({ offset }, index) => (offset === 0 ? [index] : []));
  const { flags, offset } = run.columns.data;
  const entries: number[] = [];
  for (let row = run.from; row < run.to; row++)
    if (offset[row] === 0 && ((flags[row] ?? 0) & InstructionFlag.hasOffset) !== 0) entries.push(row - run.from);
  return entries;
}

/** The instruction at which the debugger stands. */
export function currentOf(listing: CodeListing): Instruction | undefined {
  const { run } = listing;
  if (run === undefined) return listing.instructions.find((instruction) => instruction.current);
  const { flags } = run.columns.data;
  for (let row = run.from; row < run.to; row++)
    if ((flags[row] ?? 0) & InstructionFlag.current) return run.columns.instruction(row);
  return undefined;
}
