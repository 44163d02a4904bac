/** Names as gdb prints them in C mode, which takes the last dot of a Go name for an index: `main[worker]+275`, `main.(*shard)[lookup]+79`. */
import type { StringTable } from '../../../model/columns.ts';
import { namesOf, type NameTable } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';

export function dotted(symbol: string): string {
  return symbol.replace(/(^[A-Za-z_]\w{0,200}|\))\[([A-Za-z_]\w{0,200})\](?=[+ ]|$)/, '$1.$2');
}

/** The same of names in bytes: worked out once for each. */
export class DottedNames {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  /** By index of the printed name: the index of the other, + 1. */
  #dotted = new Uint32Array(64);

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#names = namesOf(strings);
  }

  /** Index in the case's strings of the name that bytes [start, end) print. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#dotted.length) {
      const grown = new Uint32Array(Math.max(this.#dotted.length * 2, printed + 1));
      grown.set(this.#dotted);
      this.#dotted = grown;
    }
    const known = this.#dotted[printed] ?? 0;
    if (known > 0) return known - 1;
    const name = this.#strings.intern(dotted(this.#strings.at(printed)));
    this.#dotted[printed] = name + 1;
    return name;
  }
}

const tables = new WeakMap<StringTable, DottedNames>();

export function dottedNames({ columns: { strings } }: RecordSink): DottedNames {
  let names = tables.get(strings);
  if (names === undefined) tables.set(strings, (names = new DottedNames(strings)));
  return names;
}
