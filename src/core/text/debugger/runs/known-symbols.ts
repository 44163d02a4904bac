/** Printed symbols that were taught already, by index: a listing repeats few symbols, most of them beside the same address. */
import { addressOfHalves } from '../../../model/address.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf, type NameTable } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { parseSymbol, teachSymbol } from '../session.ts';

/** Halves by index in the string table. */
class LastHalves {
  #known = new Uint8Array(64);
  #high = new Uint32Array(64);
  #low = new Uint32Array(64);

  /** Whether `index` had these halves the last time. It has them from now on. */
  has(index: number, high: number, low: number): boolean {
    if (index >= this.#known.length) this.#grow(index);
    if (this.#known[index] === 1 && this.#low[index] === low && this.#high[index] === high) return true;
    this.#known[index] = 1;
    this.#high[index] = high;
    this.#low[index] = low;
    return false;
  }

  #grow(least: number): void {
    const known = new Uint8Array(Math.max(this.#known.length * 2, least + 1));
    const high = new Uint32Array(known.length);
    const low = new Uint32Array(known.length);
    known.set(this.#known);
    high.set(this.#high);
    low.set(this.#low);
    this.#known = known;
    this.#high = high;
    this.#low = low;
  }
}

export class KnownSymbols {
  readonly #names: NameTable;
  /** The address beside each printed symbol, and where each function begins. */
  readonly #beside = new LastHalves();
  readonly #starts = new LastHalves();
  /** By index of a name as a listing prints it: the index of the name, + 1. */
  #owner = new Uint32Array(64);

  constructor(sink: RecordSink) {
    this.#names = namesOf(sink.columns.strings);
  }

  /** Teaches the symbol in bytes [start, end) beside the address that its line begins with, and returns its index. */
  teach(cursor: LineCursor, sink: RecordSink, index: number, high: number, low: number, start: number, end: number): number {
    const symbol = this.#names.intern(cursor.bytes, start, end);
    if (this.#beside.has(symbol, high, low)) return symbol;
    teachSymbol(sink, index, addressOfHalves(high, low), sink.columns.strings.at(symbol), cursor.lineRange(index));
    return symbol;
  }

  /** Index of the function whose name, as a listing prints it before its offset, is bytes [start, end). */
  ownerOf(sink: RecordSink, bytes: Uint8Array, start: number, end: number): number {
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#owner.length) {
      const owner = new Uint32Array(Math.max(this.#owner.length * 2, printed + 1));
      owner.set(this.#owner);
      this.#owner = owner;
    }
    const known = this.#owner[printed] ?? 0;
    if (known > 0) return known - 1;
    const { strings } = sink.columns;
    const owner = strings.intern(parseSymbol(strings.at(printed)).name);
    this.#owner[printed] = owner + 1;
    return owner;
  }

  /** Whether the printed symbol `symbol` was taught beside that address the last time; it is to be taught where it was not. */
  knowsBeside(symbol: number, high: number, low: number): boolean {
    return this.#beside.has(symbol, high, low);
  }

  /** Whether it was taught that the function `name` begins there; it is to be taught where it was not. */
  knowsStart(name: number, high: number, low: number): boolean {
    return this.#starts.has(name, high, low);
  }
}

const known = new WeakMap<RecordSink, KnownSymbols>();

export function knownSymbolsOf(sink: RecordSink): KnownSymbols {
  let symbols = known.get(sink);
  if (symbols === undefined) known.set(sink, (symbols = new KnownSymbols(sink)));
  return symbols;
}
