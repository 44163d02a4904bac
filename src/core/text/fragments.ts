/**
 * Texts of which a line must have one before certain readers are asked, all looked for in one pass over its bytes. Most lines of a log
 * have none, so that they are refused without being decoded.
 */

/** How common letters are in logs, the commonest first; what is not listed is rarer. */
const common = ' etaoinsrhldcumfpgwybvkxjqz';

interface Fragment {
  bytes: Uint8Array;
  /** Offset of its rarest pair of bytes. */
  pair: number;
  bit: number;
}

function rarity(text: string, at: number): number {
  const place = common.indexOf(text.charAt(at));
  return place < 0 ? common.length : place;
}

function rarestPair(text: string): number {
  let best = 0;
  for (let at = 1; at + 1 < text.length; at++)
    if (rarity(text, at) + rarity(text, at + 1) > rarity(text, best) + rarity(text, best + 1)) best = at;
  return best;
}

/** ASCII texts of two bytes or more; a set of them is a number with a bit for each. More than 32 share bits, which lets more lines through. */
export class Fragments {
  readonly #bits = new Map<string, number>();
  /** For each pair of bytes, one more than the index of those whose rarest pair it is. */
  readonly #byPair = new Uint8Array(1 << 16);
  readonly #groups: Fragment[][] = [];

  /** The set of `texts`, which are looked for from now on. */
  maskOf(texts: readonly string[]): number {
    let mask = 0;
    for (const text of texts) mask |= this.#bits.get(text) ?? this.#add(text);
    return mask;
  }

  #add(text: string): number {
    const bit = 1 << this.#bits.size;
    this.#bits.set(text, bit);
    const pair = rarestPair(text);
    const key = (text.charCodeAt(pair) << 8) | text.charCodeAt(pair + 1);
    const fragment = { bytes: Uint8Array.from(text, (letter) => letter.charCodeAt(0)), pair, bit };
    const group = this.#groups[(this.#byPair[key] ?? 0) - 1];
    if (group !== undefined) group.push(fragment);
    else this.#byPair[key] = this.#groups.push([fragment]);
    return bit;
  }

  /** Those that stand in bytes [start, end). */
  in(bytes: Uint8Array, start: number, end: number): number {
    const byPair = this.#byPair;
    let found = 0;
    let pair = bytes[start] ?? 0;
    for (let at = start + 1; at < end; at++) {
      pair = ((pair << 8) | (bytes[at] ?? 0)) & 0xffff;
      const group = byPair[pair] ?? 0;
      if (group !== 0) found |= standing(this.#groups[group - 1] ?? [], bytes, at - 1, start, end);
    }
    return found;
  }
}

function standing(group: readonly Fragment[], bytes: Uint8Array, at: number, start: number, end: number): number {
  let found = 0;
  for (const { bytes: text, pair, bit } of group) {
    const from = at - pair;
    if (from < start || from + text.length > end) continue;
    let same = 0;
    while (same < text.length && bytes[from + same] === text[same]) same++;
    if (same === text.length) found |= bit;
  }
  return found;
}
