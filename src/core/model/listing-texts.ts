/** What stands in listings, asked without making an object of each instruction: a session lists the same few hundred again and again. */
import type { CodeListing } from './code.ts';
import { folded, type InstructionRun } from './instruction-columns.ts';

/** Number of instructions in `listing`. */
export function instructionCount(listing: CodeListing): number {
  return listing.run === undefined ? listing.instructions.length : listing.run.to - listing.run.from;
}

type Test = (text: string) => boolean;

/** Small and capital letters are the same, and so are some marks: what is found is compared closely. */
const caseBit = 0x20;
const decoder = new TextDecoder('utf-8');
/** Rows whose text is fetched at once. */
const mostRows = 4096;
/** Texts whose answer is kept. */
const mostKnown = 1 << 16;

/** Asks `test` about texts, each once. */
function remembering(test: Test): Test {
  const known = new Map<string, boolean>();
  return (text) => {
    let passes = known.get(text);
    if (passes === undefined) {
      if (known.size >= mostKnown) known.clear();
      known.set(text, (passes = test(text)));
    }
    return passes;
  };
}

/** ASCII words of two letters or more, looked for in bytes, in capital or small letters. */
class Words {
  readonly #words: readonly Uint8Array[];
  /** 1 at each pair of bytes with which one of them begins. */
  readonly #pairs = new Uint8Array(1 << 16);

  constructor(words: readonly string[]) {
    this.#words = words.map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0) | caseBit));
    for (const [first = 0, second = 0] of this.#words) this.#pairs[(first << 8) | second] = 1;
  }

  /** Whether one of them may stand in bytes [start, end). */
  standIn(bytes: Uint8Array, start: number, end: number): boolean {
    let pair = (bytes[start] ?? 0) | caseBit;
    for (let at = start + 1; at < end; at++) {
      pair = ((pair << 8) | (bytes[at] ?? 0) | caseBit) & 0xffff;
      if (this.#pairs[pair] === 1 && this.#standAt(bytes, at - 1, end)) return true;
    }
    return false;
  }

  #standAt(bytes: Uint8Array, from: number, end: number): boolean {
    for (const word of this.#words) {
      let same = 0;
      while (same < word.length && from + same < end && ((bytes[from + same] ?? 0) | caseBit) === word[same]) same++;
      if (same === word.length) return true;
    }
    return false;
  }
}

/** Does the text of a row pass? `words` undefined: any may. */
function passesInRun({ columns, from, to }: InstructionRun, test: Test, words: Words | undefined): boolean {
  const { textStart, textEnd } = columns.data;
  for (let first = from; first < to; first += mostRows) {
    const last = Math.min(to, first + mostRows) - 1;
    const base = textStart[first] ?? 0;
    const bytes = columns.textBetween(base, textEnd[last] ?? 0);
    for (let row = first; row <= last; row++) {
      const [start, end] = [(textStart[row] ?? 0) - base, (textEnd[row] ?? 0) - base];
      if (words?.standIn(bytes, start, end) === false) continue;
      if (test(folded(decoder.decode(bytes.subarray(start, end))))) return true;
    }
  }
  return false;
}

/**
 * What was asked of the listings of a case: tests that are asked again are the functions of a module. Those that were made for one
 * question are kept as long as the listings, as few as there are.
 */
const answered = new WeakMap<readonly CodeListing[], Map<Test, CodeListing[]>>();

/**
 * Listings with an instruction whose text passes `test`, in printed order. `words`: ASCII texts of two letters or more of which a text
 * that passes has one, in capital or small letters; others are not even decoded.
 */
export function listingsWith(listings: readonly CodeListing[], test: Test, words?: readonly string[]): CodeListing[] {
  let answers = answered.get(listings);
  if (answers === undefined) answered.set(listings, (answers = new Map<Test, CodeListing[]>()));
  let found = answers.get(test);
  if (found === undefined) {
    const passes = remembering(test);
    const wanted = words === undefined ? undefined : new Words(words);
    found = listings.filter((listing) =>
      listing.run === undefined
        ? listing.instructions.some(({ text }) => passes(text))
        : passesInRun(listing.run, passes, wanted),
    );
    answers.set(test, found);
  }
  return found;
}
