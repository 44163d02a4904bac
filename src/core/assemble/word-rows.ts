/** All words of a case as rows in printed order, and where each lies among the addresses in ascending order. */
import { halvesOf } from '../model/halves.ts';
import type { StringTable } from '../model/columns.ts';
import type { KnownWord } from '../model/memory.ts';
import type { WordRun } from '../model/word-columns.ts';
import type { StepOrder } from './step-order.ts';
import { wordPlaces } from './word-places.ts';

export interface WordsFound {
  words: readonly KnownWord[];
  wordSize: 4 | 8;
  bigEndian?: boolean | undefined;
  /** The same words in columns: `words`, which makes objects of them, is not asked then. */
  run?: WordRun;
}

export interface WordRows {
  length: number;
  values: BigUint64Array;
  /** The values as pairs of 32-bit halves: compared without making a bigint of each. */
  halves: Uint32Array;
  /** Ordered by the program's time where the session ran backwards. */
  steps: Uint32Array;
  /** Into the case's strings; 0 = none. */
  symbols: Uint32Array;
  /** Ascending and unique. */
  places: BigUint64Array;
  /** Index of each row's address in `places`. */
  placeOf: Uint32Array;
  wordAt: (row: number) => KnownWord;
}

const lengthOf = (part: WordsFound): number => (part.run === undefined ? part.words.length : part.run.to - part.run.from);

const known = new WeakMap<readonly WordsFound[], WordRows>();

/** Rows of `found`, put together once. */
export function wordRowsOf(found: readonly WordsFound[], strings: StringTable, order?: StepOrder): WordRows {
  let rows = known.get(found);
  if (rows === undefined) known.set(found, (rows = gather(found, strings, order)));
  return rows;
}

function gather(found: readonly WordsFound[], strings: StringTable, order: StepOrder | undefined): WordRows {
  const starts = new Uint32Array(found.length + 1);
  for (const [index, part] of found.entries()) starts[index + 1] = (starts[index] ?? 0) + lengthOf(part);
  const length = starts[found.length] ?? 0;
  const { addresses, values, symbols } = columnOf(found, length) ?? copied(found, length, strings);
  const steps = new Uint32Array(length);
  let row = 0;
  for (const part of found) {
    const { run } = part;
    if (run === undefined) for (const { step } of part.words) steps[row++] = step;
    else for (let at = run.from; at < run.to; at++) steps[row++] = run.step;
  }
  /** Rows are asked about in stretches. */
  let last = 0;
  const partAt = (row: number): number => {
    if (row >= (starts[last] ?? 0) && row < (starts[last + 1] ?? 0)) return last;
    let low = 0;
    let high = found.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    last = low;
    return low;
  };
  const wordAt = (row: number): KnownWord => {
    const part = partAt(row);
    const index = row - (starts[part] ?? 0);
    const run = found[part]?.run;
    if (run !== undefined) return run.columns.word(run.from + index, run.step);
    const word = found[part]?.words[index];
    if (word === undefined) throw new RangeError(`no word in row ${row.toString()}`);
    return word;
  };
  if (order !== undefined) {
    let step = -1;
    let rank = 0;
    for (let row = 0; row < length; row++) {
      // A listing is of one step.
      if (steps[row] !== step) rank = order.rank((step = steps[row] ?? 0));
      steps[row] = rank;
    }
  }
  const { places, placeOf } = wordPlaces(addresses);
  return { length, values, halves: halvesOf(values), steps, symbols, places, placeOf, wordAt };
}

type WordColumn = Pick<WordRows, 'values' | 'symbols'> & { addresses: BigUint64Array };

/** The columns themselves, where all words are rows of one document's in their order: nothing is copied. */
function columnOf(found: readonly WordsFound[], length: number): WordColumn | undefined {
  const first = found[0]?.run;
  if (first === undefined) return undefined;
  let next = first.from;
  for (const { run } of found) {
    if (run === undefined || run.columns !== first.columns || run.from !== next) return undefined;
    next = run.to;
  }
  const { addresses, values, symbol } = first.columns.data;
  const [from, to] = [first.from, first.from + length];
  return { addresses: addresses.subarray(from, to), values: values.subarray(from, to), symbols: symbol.subarray(from, to) };
}

function copied(found: readonly WordsFound[], length: number, strings: StringTable): WordColumn {
  const addresses = new BigUint64Array(length);
  const values = new BigUint64Array(length);
  const symbols = new Uint32Array(length);
  let row = 0;
  for (const part of found) {
    const { run } = part;
    if (run !== undefined) {
      const { data } = run.columns;
      addresses.set(data.addresses.subarray(run.from, run.to), row);
      values.set(data.values.subarray(run.from, run.to), row);
      symbols.set(data.symbol.subarray(run.from, run.to), row);
      row += run.to - run.from;
      continue;
    }
    for (const { address, value, symbol } of part.words) {
      addresses[row] = address;
      values[row] = value;
      if (symbol !== undefined) symbols[row] = strings.intern(symbol);
      row++;
    }
  }
  return { addresses, values, symbols };
}
