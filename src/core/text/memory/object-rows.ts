/** Rows of an object dump, ` *(object+24) = 0xc000040000 <==`, straight to the columns of words. */
import type { Address } from '../../model/address.ts';
import type { ObjectDump } from '../../model/memory.ts';
import type { SourceRange } from '../../model/source.ts';
import type { WordColumns } from '../../model/word-columns.ts';
import { ascii, isSpace, skipSpace, startsWith, trimEnd } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { number, readPrefixed } from './fixed-hex.ts';

const labels = ['*(object+', '*(base+', '*(obj+'].map(ascii);
const behindOffset = ascii(') = ');
const marks = [' <==', ' &lt;=='].map(ascii);
const dots = ascii('...');
const mostDigits = 9;
const half = 0x1_0000_0000;
const zero = 48;

/** Does ` ...` stand on line `index`, in the place of rows that the runtime left out? */
export function isGap(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  const end = trimEnd(bytes, start, cursor.end(index));
  return end - start === dots.length + 1 && isSpace(bytes[start]) && startsWith(bytes, start + 1, end, dots);
}

export class ObjectRows {
  readonly #columns: WordColumns;
  readonly #base: Address;
  readonly #high: number;
  readonly #low: number;
  /** Rows with the mark of the slot that holds the bad pointer. */
  readonly #marked: number[] = [];
  /** Its first row in the columns. */
  readonly from: number;
  /** An offset between two words of eight bytes shows that words are of four. */
  wordSize: 4 | 8 = 8;

  constructor(columns: WordColumns, base: Address) {
    this.#columns = columns;
    this.#base = base;
    this.#high = Number(base >> 32n);
    this.#low = Number(base & 0xffff_ffffn);
    this.from = columns.length;
  }

  /** Adds the word of line `index`; false where it is no such row. */
  add(cursor: LineCursor, index: number): boolean {
    const start = cursor.start(index);
    const lineEnd = cursor.end(index);
    const { bytes, base } = cursor;
    const end = trimEnd(bytes, start, lineEnd);
    let at = skipSpace(bytes, start, end);
    const label = labels.find((text) => startsWith(bytes, at, end, text));
    if (label === undefined) return false;
    const digits = (at += label.length);
    let offset = 0;
    for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero)
      offset = offset * 10 + digit;
    if (at === digits || at - digits > mostDigits || !startsWith(bytes, at, end, behindOffset)) return false;
    at = readPrefixed(bytes, at + behindOffset.length, end);
    if (at < 0) return false;
    if (at < end) {
      if (!marks.some((mark) => end - at === mark.length && startsWith(bytes, at, end, mark))) return false;
      this.#marked.push(this.#columns.length);
    }
    if (offset % 8 === 4) this.wordSize = 4;
    const low = this.#low + offset;
    const high = low < half ? this.#high : (this.#high + 1) >>> 0;
    this.#columns.add(high, low >>> 0, number.high, number.low, start + base, lineEnd + base, 0);
    return true;
  }

  /** The object of the rows added; its words become objects when they are looked at. */
  object(label: string, source: SourceRange): ObjectDump {
    const columns = this.#columns;
    const { from } = this;
    const to = columns.length;
    const base = this.#base;
    const marked = this.#marked;
    let words: ObjectDump['words'] | undefined;
    return {
      label,
      base,
      get words() {
        return (words ??= Array.from({ length: to - from }, (_unused, index) => {
          const { address, value, source: place } = columns.word(from + index, 0);
          const offset = Number(BigInt.asUintN(64, address - base));
          return { offset, value, marked: marked.includes(from + index), source: place };
        }));
      },
      source,
    };
  }
}
