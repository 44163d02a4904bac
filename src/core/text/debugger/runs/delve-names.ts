/** Names that Delve prints, interned from bytes: whether a text is one, and what it is kept as, is decided once for each. */
import { withoutAbi } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { DelveSites } from './delve-sites.ts';

/** What a printed text is kept as; undefined where it needs a closer look. */
type Judge = (text: string) => string | undefined;

const unknown = 0;
const plain = 1;
const strange = 2;

class JudgedNames {
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
    this.#name[printed] = this.#strings.intern(kept ?? '');
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

const text = /^\S(?:.{0,998}\S)?$/;
const token = /^\S{1,1000}$/;

export interface DelveNames {
  /** `???` = not known. */
  functions: JudgedNames;
  /** Of a frame: with blanks or not. `?` = not known. */
  files: JudgedNames;
  /** Of a goroutine or thread: without blanks, `?` as it stands. */
  places: JudgedNames;
  sites: DelveSites;
}

const known = new WeakMap<StringTable, DelveNames>();

export function delveNamesOf(strings: StringTable): DelveNames {
  let names = known.get(strings);
  if (names === undefined) {
    names = {
      functions: new JudgedNames(strings, (name) => (text.test(name) ? (name === '???' ? '' : withoutAbi(name)) : undefined)),
      files: new JudgedNames(strings, (name) => (text.test(name) ? (name === '?' ? '' : name) : undefined)),
      sites: new DelveSites(),
      places: new JudgedNames(strings, (name) => (token.test(name) ? name : undefined)),
    };
    known.set(strings, names);
  }
  return names;
}
