/** Rows of Delve's `examinemem` straight to columns: values of a word as they stand, smaller ones as little-endian parts of words. */
import type { WordColumns } from '../../../model/word-columns.ts';
import { WordRunFact } from '../../../model/word-columns.ts';
import { wordSizeOf } from '../../../model/word-form.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { wordColumnsOf } from '../examine-run.ts';
import { sessionOf } from '../session.ts';
import { delveMemoryRow, scanDelveMemory, valuesOfRow } from './delve-memory-row.ts';

const half = 0x1_0000_0000;
const firstCapacity = 128;

/** Values of less than a word, in printed order. `low` holds all of such a value. */
class Units {
  length = 0;
  addressHigh = new Uint32Array(firstCapacity);
  addressLow = new Uint32Array(firstCapacity);
  low = new Uint32Array(firstCapacity);
  /** Offsets in the text. */
  start = new Uint32Array(firstCapacity);
  end = new Uint32Array(firstCapacity);

  /** Takes the row in `delveMemoryRow`. */
  addRow(base: number): void {
    const { high, low, size, count, valueLow, start, end } = delveMemoryRow;
    while (this.length + count > this.low.length) this.#grow();
    for (let value = 0; value < count; value++) {
      const unit = this.length++;
      const place = low + value * size;
      this.addressHigh[unit] = place >= half ? high + 1 : high;
      this.addressLow[unit] = place;
      this.low[unit] = valueLow[value] ?? 0;
      this.start[unit] = (start[value] ?? 0) + base;
      this.end[unit] = (end[value] ?? 0) + base;
    }
  }

  /** Adds the words that units from `from` on, of `size` bytes, make; `aligned`: only such at aligned addresses. */
  joinInto(columns: WordColumns, size: number, wordSize: number, aligned: boolean): void {
    const count = wordSize / size;
    for (let at = 0; at + count <= this.length;) {
      const isWord = (!aligned || (this.addressLow[at] ?? 0) % wordSize === 0) && this.#areNeighbours(at, at + count - 1, size);
      if (isWord) this.#join(columns, at, count, size);
      at += isWord ? count : 1;
    }
  }

  #areNeighbours(first: number, last: number, size: number): boolean {
    const apart = (this.addressLow[last] ?? 0) - (this.addressLow[first] ?? 0);
    const carry = ((this.addressHigh[last] ?? 0) - (this.addressHigh[first] ?? 0)) * half;
    return apart + carry === (last - first) * size;
  }

  #join(columns: WordColumns, first: number, count: number, size: number): void {
    let high = 0;
    let low = 0;
    for (let unit = 0; unit < count; unit++) {
      const bits = 8 * size * unit;
      const value = this.low[first + unit] ?? 0;
      if (bits < 32) low |= value << bits;
      else high |= value << (bits - 32);
    }
    const [addressHigh = 0, addressLow = 0] = [this.addressHigh[first], this.addressLow[first]];
    columns.add(addressHigh, addressLow, high, low, this.start[first] ?? 0, this.end[first + count - 1] ?? 0, 0);
  }

  #grow(): void {
    const wider = (column: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.addressHigh = wider(this.addressHigh);
    this.addressLow = wider(this.addressLow);
    this.low = wider(this.low);
    this.start = wider(this.start);
    this.end = wider(this.end);
  }
}

/** One for all runs. */
const units = new Units();

/** Adds the row in `delveMemoryRow`, whose values are words or more. */
function addWhole(columns: WordColumns, base: number): void {
  const { high, low, size, count, valueHigh, valueLow, start, end } = delveMemoryRow;
  for (let value = 0; value < count; value++) {
    const place = low + value * size;
    const [from = 0, to = 0] = [start[value], end[value]];
    columns.add(place >= half ? high + 1 : high, place, valueHigh[value] ?? 0, valueLow[value] ?? 0, from + base, to + base, 0);
  }
}

/** Which lines are rows, plain or not, and which go on with a row that was wrapped. */
interface LineTests {
  isRow: (cursor: LineCursor, index: number) => boolean;
  isRest: (cursor: LineCursor, index: number) => boolean;
}

/** Reads rows of one size from line `index` on as one fact; returns the lines consumed, 0 = a closer look is needed. */
export function readDelveWords(cursor: LineCursor, index: number, sink: RecordSink, { isRow, isRest }: LineTests): number {
  const columns = wordColumnsOf(cursor, sink);
  const wordSize = wordSizeOf(sessionOf(sink).arch);
  const from = columns.length;
  units.length = 0;
  let size = 0;
  let next = index;
  for (; next < cursor.count && scanDelveMemory(cursor, next); next++) {
    if (next > index && delveMemoryRow.size !== size) break;
    size = delveMemoryRow.size;
    if (size >= wordSize) addWhole(columns, cursor.base);
    else units.addRow(cursor.base);
    if (delveMemoryRow.count < valuesOfRow && isRest(cursor, next + 1)) {
      columns.length = from;
      return 0;
    }
  }
  if (next === index || (isRow(cursor, next) && !scanDelveMemory(cursor, next))) {
    columns.length = from;
    return 0;
  }
  if (size < wordSize) {
    units.joinInto(columns, size, wordSize, true);
    if (columns.length === from) units.joinInto(columns, size, wordSize, false);
  }
  const run = { columns, from, to: columns.length, step: sink.step };
  if (run.to > from) sink.facts.push(new WordRunFact(index, wordSize, run));
  markRecognised(sink, index, next - index);
  return next - index;
}
