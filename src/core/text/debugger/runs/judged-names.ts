/** Printed names, interned from bytes: whether a text is a name, and what it is kept as, is decided once for each. */
import type { StringTable } from '../../../model/columns.ts';
import { namesOf, type NameTable } from '../../names.ts';

/** What a printed text is kept as; undefined where it needs a closer look. */
type Judge = (text: string) => string | undefined;

const unknown = 0;
const plain = 1;
const strange = 2;

export class JudgedNames {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  readonly #judge: Judge;
  /** By index of the printed text: what it is, and the index of what it is kept as. */
  #kind = new Uint8Array(64);
  #name = new Uint32Array(64);

  constructor(strings: StringTable, judge: Judge) {
    this.#strings = strings;
    this.#names = namesOf(strings);
    this.#judge = judge;
  }

  /** Index of what bytes [start, end) are kept as; -1 where they need a closer look. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#kind.length) this.#grow(printed);
    if (this.#kind[printed] === unknown) this.#learn(printed);
    return this.#kind[printed] === plain ? (this.#name[printed] ?? 0) : -1;
  }

  #learn(printed: number): void {
    const kept = this.#judge(this.#strings.at(printed));
    this.#kind[printed] = kept === undefined ? strange : plain;
    if (kept !== undefined) this.#name[printed] = this.#strings.intern(kept);
  }

  #grow(least: number): void {
    const kind = new Uint8Array(Math.max(this.#kind.length * 2, least + 1));
    const name = new Uint32Array(kind.length);
    kind.set(this.#kind);
    name.set(this.#name);
    this.#kind = kind;
    this.#name = name;
  }
}
