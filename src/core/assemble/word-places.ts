/** Where each word of a case lies among their addresses in ascending order. */
import { highHalf, lowHalf } from '../model/halves.ts';

export interface WordPlaces {
  /** Ascending and unique. */
  places: BigUint64Array;
  /** Index in `places` of each row's address. */
  placeOf: Uint32Array;
}

const wordBytes = 8;
/** Upper halves of addresses below it make numbers that are exact. */
const exactHigh = 1 << 21;
/** Shorter runs on average are sorted word by word. */
const fewestPerRun = 4;

export function wordPlaces(addresses: BigUint64Array): WordPlaces {
  return byRuns(addresses) ?? byWords(addresses);
}

/** Rows whose addresses follow each other by a word. */
interface Run {
  row: number;
  length: number;
  /** Of the first word, in words. */
  start: number;
}

/** Listings are runs of words: few things to sort. undefined where words stand apart, at odd addresses, or very high. */
function byRuns(addresses: BigUint64Array): WordPlaces | undefined {
  const runs = runsOf(addresses);
  if (runs === undefined) return undefined;
  const ordered = [...runs].sort((a, b) => a.start - b.start);
  let count = 0;
  let end = -1;
  for (const { start, length } of ordered) {
    const fresh = start + length - Math.max(start, end);
    if (fresh > 0) count += fresh;
    end = Math.max(end, start + length);
  }
  const places = new BigUint64Array(count);
  const halves = new Uint32Array(places.buffer);
  const placeOf = new Uint32Array(addresses.length);
  /** Words from `end - filled` of the stretch in hand have places up to `filled`. */
  let filled = 0;
  end = -1;
  for (const { row, start, length } of ordered) {
    for (let word = Math.max(start, end); word < start + length; word++, filled++) {
      const address = word * wordBytes;
      halves[2 * filled + highHalf] = address / 2 ** 32;
      halves[2 * filled + lowHalf] = address;
    }
    end = Math.max(end, start + length);
    // The run may lie within a longer one before it.
    const first = filled - (end - start);
    for (let index = 0; index < length; index++) placeOf[row + index] = first + index;
  }
  return { places, placeOf };
}

function runsOf(addresses: BigUint64Array): Run[] | undefined {
  const halves = new Uint32Array(addresses.buffer, addresses.byteOffset, addresses.length * 2);
  const runs: Run[] = [];
  let run: Run | undefined;
  let nextHigh = -1;
  let nextLow = -1;
  for (let row = 0; row < addresses.length; row++) {
    const high = halves[2 * row + highHalf] ?? 0;
    const low = halves[2 * row + lowHalf] ?? 0;
    if (run !== undefined && high === nextHigh && low === nextLow) run.length++;
    else {
      if (high >= exactHigh || low % wordBytes !== 0 || runs.length * fewestPerRun > addresses.length) return undefined;
      run = { row, length: 1, start: (high * 2 ** 32 + low) / wordBytes };
      runs.push(run);
    }
    nextHigh = high;
    // Past the half: the next word begins another run, which joins this one when they are ordered.
    nextLow = low + wordBytes;
  }
  return runs;
}

function byWords(addresses: BigUint64Array): WordPlaces {
  const places = unique(addresses);
  const placeOf = new Uint32Array(addresses.length);
  let place = -1;
  for (let row = 0; row < addresses.length; row++) {
    const address = addresses[row] ?? 0n;
    // A listing goes on with the next word.
    place = places[place + 1] === address ? place + 1 : search(places, address);
    placeOf[row] = place;
  }
  return { places, placeOf };
}

function unique(addresses: BigUint64Array): BigUint64Array {
  const sorted = addresses.slice().sort();
  let count = 0;
  let last: bigint | undefined;
  for (const address of sorted) {
    if (address === last) continue;
    sorted[count++] = last = address;
  }
  return sorted.slice(0, count);
}

function search(places: BigUint64Array, address: bigint): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0n) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}
