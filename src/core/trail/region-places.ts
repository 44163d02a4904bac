/** Places of a region. */
import { offsetBy, toAddress, type Address } from '../model/address.ts';
import { wordIndex, wordSource } from '../model/memory-lookup.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TrailPlace } from '../model/trail.ts';
import { classifyWord } from '../words/index.ts';

/** A word of memory as a place. */
export function wordPlace(snapshot: Snapshot, at: Address, label: string, cards: number[]): TrailPlace {
  const place: TrailPlace = {
    kind: 'word',
    start: at,
    end: offsetBy(at, snapshot.memory.wordSize),
    label,
    inferred: false,
    cards,
  };
  const index = wordIndex(snapshot.memory, at);
  if (index < 0) return place;
  place.value = toAddress(snapshot.memory.values[index] ?? 0n);
  place.source = wordSource(snapshot.memory, index);
  const meaning = classifyWord(snapshot, place.value);
  if (meaning.kind !== 'unknown') place.meaning = meaning.text;
  return place;
}

export function byAddress(a: TrailPlace, b: TrailPlace): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  // A wider one holds the narrower.
  return Number((b.end ?? b.start) - (a.end ?? a.start));
}
