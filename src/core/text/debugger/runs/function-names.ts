/** Names of functions in frames, interned from bytes: whether a text is a name is decided once for each. */
import { withoutAbi } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { isFunctionName } from '../frame-line.ts';

const unknown = 0;
const plain = 1;
const strange = 2;
const questionMark = 63;

export class FunctionNames {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  /** By index of the printed name: what it is, and the index of the name without its ABI. */
  #kind = new Uint8Array(64);
  #name = new Uint32Array(64);

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#names = namesOf(strings);
  }

  /** Index of the name in bytes [start, end), 0 for `??`; -1 where that is no name of a function. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 2 && bytes[start] === questionMark && bytes[start + 1] === questionMark) return 0;
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#kind.length) this.#grow(printed);
    if (this.#kind[printed] === unknown) this.#learn(printed);
    return this.#kind[printed] === plain ? (this.#name[printed] ?? 0) : -1;
  }

  #learn(printed: number): void {
    const text = this.#strings.at(printed);
    const isName = isFunctionName(text);
    this.#kind[printed] = isName ? plain : strange;
    if (isName) this.#name[printed] = this.#strings.intern(withoutAbi(text));
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

const known = new WeakMap<StringTable, FunctionNames>();

export function functionNamesOf(strings: StringTable): FunctionNames {
  let names = known.get(strings);
  if (names === undefined) known.set(strings, (names = new FunctionNames(strings)));
  return names;
}
