/** What LLDB prints behind an address, `inventory`runtime.f + 26`, interned from bytes: its meaning is worked out once. */
import { addressOfHalves } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf, type NameTable } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { symbolBeside, symbolIn, teachPlace } from '../lldb/symbol.ts';
import { teachStart } from '../session.ts';
import { knownSymbolsOf, type KnownSymbols } from './known-symbols.ts';

/** Offsets that a half holds. */
const mostOffset = 0xffffffff;

export class LldbSymbols {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  readonly #known: KnownSymbols;
  /** By index of the printed text, + 1 where it is known: the function of a frame, the symbol of a word. */
  #function = new Uint32Array(64);
  #beside = new Uint32Array(64);

  constructor(sink: RecordSink) {
    this.#strings = sink.columns.strings;
    this.#names = namesOf(this.#strings);
    this.#known = knownSymbolsOf(sink);
  }

  /** Index of the function that bytes [start, end) name, without module and offset; 0 = none. */
  functionOf(bytes: Uint8Array, start: number, end: number): number {
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#function.length) this.#function = wider(this.#function, printed);
    const known = this.#function[printed] ?? 0;
    if (known > 0) return known - 1;
    const name = this.#strings.intern(withoutAbi(symbolIn(`\`${this.#strings.at(printed)}`).name));
    this.#function[printed] = name + 1;
    return name;
  }

  /** Teaches that the address with these halves lies `offset` bytes behind the start of the function `name`. */
  teachStart(cursor: LineCursor, sink: RecordSink, index: number, high: number, low: number, name: number, offset: number): void {
    const text = this.#strings.at(name);
    if (text.startsWith('?')) return;
    if (offset <= mostOffset) {
      const carry = low < offset ? 1 : 0;
      if (this.#known.knowsStart(name, (high - carry) >>> 0, (low - offset) >>> 0)) return;
    }
    teachStart(sink, index, addressOfHalves(high, low), { name: text, offset }, cursor.lineRange(index));
  }

  /** Teaches what bytes [start, end) behind the address with these halves tell, and returns the index of that symbol; 0 = none. */
  teach(cursor: LineCursor, sink: RecordSink, index: number, high: number, low: number, start: number, end: number): number {
    const printed = this.#names.intern(cursor.bytes, start, end);
    if (!this.#known.knowsBeside(printed, high, low))
      teachPlace(sink, index, addressOfHalves(high, low), this.#strings.at(printed), cursor.lineRange(index));
    if (printed >= this.#beside.length) this.#beside = wider(this.#beside, printed);
    const known = this.#beside[printed] ?? 0;
    if (known > 0) return known - 1;
    const symbol = this.#strings.intern(symbolBeside(this.#strings.at(printed)));
    this.#beside[printed] = symbol + 1;
    return symbol;
  }
}

function wider(column: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(Math.max(column.length * 2, least + 1));
  grown.set(column);
  return grown;
}

const tables = new WeakMap<RecordSink, LldbSymbols>();

export function lldbSymbolsOf(sink: RecordSink): LldbSymbols {
  let symbols = tables.get(sink);
  if (symbols === undefined) tables.set(sink, (symbols = new LldbSymbols(sink)));
  return symbols;
}
