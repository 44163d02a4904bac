/** What stands in listings, asked without making an object of each instruction: a session lists the same few hundred again and again. */
import type { CodeListing } from './code.ts';

/** The distinct texts of all instructions, and which of them each row has; rows count through all listings. */
interface ListingTexts {
  texts: string[];
  ids: Uint32Array;
  /** Row of the first instruction of each listing, and one past the last of all. */
  starts: Uint32Array;
}

/** Number of instructions in `listing`. */
export function instructionCount(listing: CodeListing): number {
  return listing.run === undefined ? listing.instructions.length : listing.run.to - listing.run.from;
}

function gather(listings: readonly CodeListing[]): ListingTexts {
  const starts = new Uint32Array(listings.length + 1);
  for (const [index, listing] of listings.entries()) starts[index + 1] = (starts[index] ?? 0) + instructionCount(listing);
  const ids = new Uint32Array(starts[listings.length] ?? 0);
  const texts: string[] = [];
  const known = new Map<string, number>();
  const idOf = (text: string): number => {
    let id = known.get(text);
    if (id === undefined) {
      known.set(text, (id = texts.length));
      texts.push(text);
    }
    return id;
  };
  let row = 0;
  for (const listing of listings) {
    if (listing.run === undefined) for (const { text } of listing.instructions) ids[row++] = idOf(text);
    else {
      const { columns, from, to } = listing.run;
      for (let at = from; at < to; at++) ids[row++] = idOf(columns.textAt(at));
    }
  }
  return { texts, ids, starts };
}

const gathered = new WeakMap<readonly CodeListing[], ListingTexts>();

function textsOf(listings: readonly CodeListing[]): ListingTexts {
  let known = gathered.get(listings);
  if (known === undefined) gathered.set(listings, (known = gather(listings)));
  return known;
}

/** Listings with an instruction whose text passes `test`, in printed order. Each text is asked about once. */
export function listingsWith(listings: readonly CodeListing[], test: (text: string) => boolean): CodeListing[] {
  const { texts, ids, starts } = textsOf(listings);
  const passes = Uint8Array.from(texts, (text) => (test(text) ? 1 : 0));
  if (!passes.includes(1)) return [];
  return listings.filter((_listing, index) => {
    const end = starts[index + 1] ?? 0;
    for (let row = starts[index] ?? 0; row < end; row++) if (passes[ids[row] ?? 0] === 1) return true;
    return false;
  });
}
