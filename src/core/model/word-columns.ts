/** Words of long listings in columns: a row costs bytes where an object of its own would cost most of the reading. */
import { highHalf, lowHalf } from './halves.ts';
import { toAddress } from './address.ts';
import type { StringTable } from './columns.ts';
import type { OriginMap } from './document.ts';
import type { KnownWord } from './memory.ts';
import { isIdentity, originRange } from './origin.ts';
import type { SourceRange } from './source.ts';

const firstCapacity = 256;

function emptyWords(capacity: number) {
  const addresses = new BigUint64Array(capacity);
  const values = new BigUint64Array(capacity);
  return {
    addresses,
    values,
    addressHalves: new Uint32Array(addresses.buffer),
    valueHalves: new Uint32Array(values.buffer),
    /** Offsets in the unwrapped text: where in the document they lie is asked for few of them. */
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    /** Printed symbols, in the case's string table; 0 = none. */
    symbol: new Uint32Array(capacity),
  };
}

/** The words that one document lists, in printed order. Columns change identity when a row is added. */
export class WordColumns {
  length = 0;
  data = emptyWords(firstCapacity);
  readonly document: number;
  readonly strings: StringTable;
  readonly #origin: OriginMap;

  constructor(document: number, origin: OriginMap, strings: StringTable) {
    this.document = document;
    this.strings = strings;
    this.#origin = origin;
  }

  /** Adds a word by the halves of its address and value; text [start, end) shows it. */
  add(addressHigh: number, addressLow: number, high: number, low: number, start: number, end: number, symbol: number): void {
    if (this.length === this.data.start.length) this.#grow(0);
    const row = this.length++;
    const { data } = this;
    data.addressHalves[2 * row + highHalf] = addressHigh;
    data.addressHalves[2 * row + lowHalf] = addressLow;
    data.valueHalves[2 * row + highHalf] = high;
    data.valueHalves[2 * row + lowHalf] = low;
    data.start[row] = start;
    data.end[row] = end;
    data.symbol[row] = symbol;
  }

  /** Makes room for `rows` more, of `expected` in all; who writes them raises `length` himself. */
  reserve(rows: number, expected: number): void {
    if (this.length + rows > this.data.start.length) this.#grow(Math.max(expected, this.length + rows));
  }

  /** Whether `data.start` and `data.end` are offsets in the document, as in text without layers. */
  get isPlain(): boolean {
    return isIdentity(this.#origin);
  }

  sourceAt(row: number): SourceRange {
    return originRange(this.#origin, this.document, this.data.start[row] ?? 0, this.data.end[row] ?? 0);
  }

  word(row: number, step: number): KnownWord {
    const word: KnownWord = {
      address: toAddress(this.data.addresses[row] ?? 0n),
      value: this.data.values[row] ?? 0n,
      source: this.sourceAt(row),
      step,
    };
    const symbol = this.data.symbol[row] ?? 0;
    if (symbol !== 0) word.symbol = this.strings.at(symbol);
    return word;
  }

  #grow(expected: number): void {
    const grown = emptyWords(Math.max(this.data.start.length * 2, expected));
    grown.addresses.set(this.data.addresses);
    grown.values.set(this.data.values);
    grown.start.set(this.data.start);
    grown.end.set(this.data.end);
    grown.symbol.set(this.data.symbol);
    this.data = grown;
  }
}

/** Rows [from, to) of `columns`, shown at one step. */
export interface WordRun {
  columns: WordColumns;
  from: number;
  to: number;
  step: number;
}

/** One that is made for each listing: by a constructor, which the engine compiles once (`Place` of `origin.ts`). */
export class ListedWords implements WordRun {
  readonly columns: WordColumns;
  readonly from: number;
  readonly to: number;
  readonly step: number;

  constructor(columns: WordColumns, from: number, to: number, step: number) {
    this.columns = columns;
    this.from = from;
    this.to = to;
    this.step = step;
  }
}

export function wordsOfRun({ columns, from, to, step }: WordRun): KnownWord[] {
  return Array.from({ length: to - from }, (_unused, index) => columns.word(from + index, step));
}

/** A `words` fact whose words are a run: `words` makes objects of them each time that it is read. */
export class WordRunFact {
  readonly kind = 'words';
  readonly textLine: number;
  readonly wordSize: 4 | 8;
  readonly run: WordRun;
  /** Printed, or undefined. */
  readonly bigEndian: boolean | undefined;

  constructor(textLine: number, wordSize: 4 | 8, run: WordRun, bigEndian?: boolean) {
    this.textLine = textLine;
    this.wordSize = wordSize;
    this.run = run;
    this.bigEndian = bigEndian;
  }

  get words(): KnownWord[] {
    return wordsOfRun(this.run);
  }
}
