/** Runs of rows of whole words, as `x/…g` and `x/…a` print them, straight from bytes to columns. */
import { addressOfHalves } from '../../model/address.ts';
import { WordColumns, WordRunFact, type WordRun } from '../../model/word-columns.ts';
import type { LineCursor } from '../cursor.ts';
import { namesOf } from '../names.ts';
import { markRecognised, type RecordSink } from '../reader.ts';
import type { Examination } from './examine-command.ts';
import { beginsWithValue, scanned, scanRow, type ScannedValue } from './examine-row.ts';
import { knownSymbolsOf } from './runs/known-symbols.ts';
import { addWordRow, teachWordRow, wordRow } from './runs/word-row.ts';
import { teachSymbol } from './session.ts';

const stores = new WeakMap<RecordSink, WordColumns>();

/** The columns of a document's words. */
export function wordColumnsOf(cursor: LineCursor, sink: RecordSink): WordColumns {
  let columns = stores.get(sink);
  if (columns === undefined) stores.set(sink, (columns = new WordColumns(cursor.document, cursor.origin, sink.columns.strings)));
  return columns;
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

  /** Takes a row; false where its units are no words. */
  add({ high, low, count, unsized, digits }: typeof scanned | typeof wordRow): boolean {
    if (!unsized && digits !== wordDigits) return false;
    if (this.#rows > 0) {
      const stride = ((high - this.#high) * 2 ** 32 + low - this.#low) / this.#count;
      if (stride !== wordBytes) {
        if (smallerUnits.includes(stride)) return false;
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
  isRow: (cursor: LineCursor, index: number) => boolean,
): number {
  const columns = wordColumnsOf(cursor, sink);
  const from = columns.length;
  const strides = new Strides(asked);
  let next = index;
  for (; next < cursor.count; next++) {
    const firstOfRow = columns.length;
    if (addWordRow(cursor, columns, next)) {
      const isShort = wordRow.count < 2 && !wordRow.unsized;
      if (!strides.add(wordRow) || (isShort && beginsNext(cursor, next))) return giveBack(columns, from);
      teachWordRow(cursor, sink, columns, next);
      continue;
    }
    columns.length = firstOfRow;
    if (!scanRow(cursor, next)) {
      if (next > index && !isRow(cursor, next)) break;
      return giveBack(columns, from);
    }
    const isShort = !scanned.unsized && scanned.count < 2;
    if (!strides.add(scanned) || (isShort && beginsNext(cursor, next))) return giveBack(columns, from);
    addRow(cursor, sink, columns, next);
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
function addRow(cursor: LineCursor, sink: RecordSink, columns: WordColumns, index: number): void {
  const { high, low, symbolStart, symbolEnd, count, values } = scanned;
  if (symbolEnd > symbolStart) {
    const name = cursor.slice(symbolStart, symbolEnd);
    teachSymbol(sink, index, addressOfHalves(high, low), name, cursor.lineRange(index));
  }
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value === undefined) break;
    const symbol = value.end > value.digitsEnd ? symbolOf(cursor, sink, index, value) : 0;
    const place = low + wordBytes * i;
    columns.add(
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

/** The symbol beside `value`, interned and taught. */
function symbolOf(cursor: LineCursor, sink: RecordSink, index: number, value: ScannedValue): number {
  const { strings } = sink.columns;
  const { high, low, digitsEnd, end } = value;
  const symbol = namesOf(strings).intern(cursor.bytes, digitsEnd + 2, end - 1);
  if (!knownSymbolsOf(sink).knowsBeside(symbol, high, low))
    teachSymbol(sink, index, addressOfHalves(high, low), strings.at(symbol), cursor.range(value.from, end));
  return symbol;
}
