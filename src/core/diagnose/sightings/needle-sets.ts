/** The needles of all crashes of a case, for one pass over the text: which crashes a number that was read can concern. */
import type { Needles } from './needles.ts';

/** Indices of sets by the lower 16 bits of what they look for. */
type Owners = (readonly number[] | undefined)[];

const nobody: readonly number[] = [];

function put<K>(owners: { get: (key: K) => number[] | undefined; set: (key: K, list: number[]) => void }, key: K, set: number) {
  const list = owners.get(key);
  if (list === undefined) owners.set(key, [set]);
  else if (list.at(-1) !== set) list.push(set);
}

function bySixteenBits(sets: readonly Needles[], keys: (needles: Needles) => Iterable<number>): Owners {
  const owners = new Map<number, number[]>();
  for (const [index, needles] of sets.entries()) for (const key of keys(needles)) put(owners, key & 0xffff, index);
  const table: Owners = new Array<readonly number[] | undefined>(1 << 16).fill(undefined);
  for (const [key, list] of owners) table[key] = list;
  return table;
}

export class NeedleSets {
  readonly sets: readonly Needles[];
  readonly #hex: Owners;
  readonly #bytes: Owners;
  readonly #decimals = new Map<string, number[]>();

  constructor(sets: readonly Needles[]) {
    this.sets = sets;
    this.#hex = bySixteenBits(sets, (needles) => needles.lowHalves);
    this.#bytes = bySixteenBits(sets, (needles) => needles.byteOrders);
    for (const [index, needles] of sets.entries()) for (const text of needles.decimals) put(this.#decimals, text, index);
  }

  /** Sets that may look for a hexadecimal number with this lower half. */
  ofHex(low: number): readonly number[] {
    return this.#hex[low & 0xffff] ?? nobody;
  }

  ofDecimal(text: string): readonly number[] {
    return this.#decimals.get(text) ?? nobody;
  }

  /** Sets that may look for these four bytes. */
  ofBytes(four: number): readonly number[] {
    return this.#bytes[four & 0xffff] ?? nobody;
  }
}
