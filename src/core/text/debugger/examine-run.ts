/** Runs of rows of whole words, as `x/…g` and `x/…a` print them, straight from bytes to columns. */
import { addressOfHalves } from '../../model/address.ts';
import { WordColumns, WordRunFact, type WordRun } from '../../model/word-columns.ts';
import type { LineCursor } from '../cursor.ts';
import { namesOf } from '../names.ts';
import { markRecognised, type RecordSink } from '../reader.ts';
import type { Examination } from './examine-command.ts';
import { beginsWithValue, scanned, scanRow, type ScannedValue } from './examine-row.ts';
import { teachSymbol } from './session.ts';

/** The columns of a document's words, and the address beside each symbol when it was taught last. */
interface Store {
  columns: WordColumns;
  taught: Map<number, { high: number; low: number }>;
}

const stores = new WeakMap<RecordSink, Store>();

function storeOf(cursor: LineCursor, sink: RecordSink): Store {
  let store = stores.get(sink);
  if (store === undefined) {
    store = { columns: new WordColumns(cursor.document, cursor.origin, sink.columns.strings), taught: new Map() };
    stores.set(sink, store);
  }
  return store;
}

/** Digits and bytes of a word. */
const wordDigits = 16;
const wordBytes = 8;
const smallerUnits: readonly number[] = [1, 2, 4];

/** Where the addresses of a run's rows stand: whether they tell that its units are words. */
class Strides {
  readonly #wordsAsked: boolean;
  #rows = 0;
  #high = 0;
  #low = 0;
  #count = 0;
  #sized = false;

  /** `asked` undefined: no command says what was examined. */
  constructor(asked: Examination | undefined) {
    const size = asked?.size ?? 0;
    this.#wordsAsked = asked?.format === 'a' || size === 0 || size === wordBytes;
  }

  /** Takes the scanned row; false where its units are no words. */
  add(): boolean {
    const { high, low, count, unsized, digits } = scanned;
    if (!unsized && digits !== wordDigits) return false;
    if (this.#rows > 0) {
      const stride = ((high - this.#high) * 2 ** 32 + low - this.#low) / this.#count;
      if (smallerUnits.includes(stride)) return false;
      if (stride !== wordBytes) {
        if (!this.end()) return false;
        this.#rows = 0;
      }
    }
    this.#rows++;
    this.#high = high;
    this.#low = low;
    this.#count = count;
    this.#sized = !unsized;
    return true;
  }

  /** A row alone tells its units by its digits, or the command does. */
  end(): boolean {
    return this.#rows !== 1 || this.#sized || this.#wordsAsked;
  }
}

/**
 * Reads rows from line `index` on as one fact; returns the lines consumed. 0: units of other sizes, wrapped rows and rows with other
 * things than hexadecimal numbers, which need a closer look. `isRow` tells whether a line that was not scanned is such a row.
 */
export function readWordRun(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  asked: Examination | undefined,
  wordSize: 4 | 8,
  isRow: (index: number) => boolean,
): number {
  const store = storeOf(cursor, sink);
  const { columns } = store;
  const from = columns.length;
  const strides = new Strides(asked);
  let next = index;
  for (; next < cursor.count; next++) {
    if (!scanRow(cursor, next)) {
      if (next > index && !isRow(next)) break;
      return giveBack(columns, from);
    }
    const isShort = !scanned.unsized && scanned.count < 2;
    if (!strides.add() || (isShort && beginsNext(cursor, next))) return giveBack(columns, from);
    addRow(cursor, sink, store, next);
  }
  if (next === index || !strides.end()) return giveBack(columns, from);
  const run: WordRun = { columns, from, to: columns.length, step: sink.step };
  sink.facts.push(new WordRunFact(index, wordSize, run));
  markRecognised(sink, index, next - index);
  return next - index;
}

function beginsNext(cursor: LineCursor, index: number): boolean {
  return beginsWithValue(cursor, index + 1);
}

function giveBack(columns: WordColumns, from: number): number {
  columns.length = from;
  return 0;
}

/** Writes the scanned row to the columns, and the symbols that it teaches. */
function addRow(cursor: LineCursor, sink: RecordSink, store: Store, index: number): void {
  const { high, low, symbolStart, symbolEnd, count, values } = scanned;
  if (symbolEnd > symbolStart) {
    const name = cursor.slice(symbolStart, symbolEnd);
    teachSymbol(sink, index, addressOfHalves(high, low), name, cursor.lineRange(index));
  }
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value === undefined) break;
    const symbol = value.end > value.digitsEnd ? symbolOf(cursor, sink, store, index, value) : 0;
    const place = low + wordBytes * i;
    store.columns.add(
      (high + (place > 0xffffffff ? 1 : 0)) >>> 0,
      place >>> 0,
      value.high,
      value.low,
      value.from + cursor.base,
      value.end + cursor.base,
      symbol,
    );
  }
}

/** The symbol beside `value`, interned; taught where its address is another than before. */
function symbolOf(cursor: LineCursor, sink: RecordSink, { taught }: Store, index: number, value: ScannedValue): number {
  const { strings } = sink.columns;
  const { high, low, digitsEnd, end } = value;
  const symbol = namesOf(strings).intern(cursor.bytes, digitsEnd + 2, end - 1);
  const last = taught.get(symbol);
  if (last?.high === high && last.low === low) return symbol;
  taught.set(symbol, { high, low });
  teachSymbol(sink, index, addressOfHalves(high, low), strings.at(symbol), cursor.range(value.from, end));
  return symbol;
}
