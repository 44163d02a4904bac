/** The needles of all crashes of a case, for one pass over the text: which crashes a number that was read can concern. */
import type { Needles } from './needles.ts';

/** Bits of `NeedleSets.mayBe`. */
export const MayBe = { hex: 1, bytes: 2, decimal: 4 } as const;

/** Indices of sets by what they look for. */
type Owners<K> = Map<K, number[]>;

const nobody: readonly number[] = [];

function ownersOf<K>(sets: readonly Needles[], keys: (needles: Needles) => Iterable<K>): Owners<K> {
  const owners: Owners<K> = new Map();
  for (const [index, needles] of sets.entries())
    for (const key of keys(needles)) {
      const list = owners.get(key);
      if (list === undefined) owners.set(key, [index]);
      else if (list.at(-1) !== index) list.push(index);
    }
  return owners;
}

/** The last four digits of a decimal number, read as if they were hexadecimal. */
const lastDigits = (text: string): number => parseInt(text.slice(-4), 16);

export class NeedleSets {
  readonly sets: readonly Needles[];
  /**
   * By the lower 16 bits of a number, its digits read as hexadecimal ones: whether some set may look for it in hexadecimal, as four bytes, or
   * in decimal. One look for each number of the text.
   */
  readonly mayBe = new Uint8Array(1 << 16);
  readonly #hex: Owners<number>;
  readonly #bytes: Owners<number>;
  readonly #decimals: Owners<string>;

  constructor(sets: readonly Needles[]) {
    this.sets = sets;
    this.#hex = ownersOf(sets, (needles) => needles.lowHalves);
    this.#bytes = ownersOf(sets, (needles) => needles.byteOrders);
    this.#decimals = ownersOf(sets, (needles) => needles.decimals);
    const mark = (key: number, bit: number): void => {
      this.mayBe[key & 0xffff] = (this.mayBe[key & 0xffff] ?? 0) | bit;
    };
    for (const key of this.#hex.keys()) mark(key, MayBe.hex);
    for (const key of this.#bytes.keys()) mark(key, MayBe.bytes);
    for (const text of this.#decimals.keys()) mark(lastDigits(text), MayBe.decimal);
  }

  /** Sets that may look for a hexadecimal number with this lower half. */
  ofHex(low: number): readonly number[] {
    return this.#hex.get(low) ?? nobody;
  }

  ofDecimal(text: string): readonly number[] {
    return this.#decimals.get(text) ?? nobody;
  }

  /** Sets that may look for these four bytes. */
  ofBytes(four: number): readonly number[] {
    return this.#bytes.get(four) ?? nobody;
  }
}
