/** Names of registers, interned from bytes: what each of them is, decided once. */
import type { ArchitectureName } from '../../../model/process.ts';
import type { StringTable } from '../../../model/columns.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { isKnownRegister, isSideRegister, provenArchitecture, registerName } from '../register-name.ts';

export const RegisterKind = {
  unknown: 0,
  /** Its value is kept. */
  known: 1,
  /** Flags, segments and masks. */
  side: 2,
  /** Only its command tells that it is a register. */
  other: 3,
} as const;

export class RegisterNames {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  /** By index of the printed name: what it is, and the index of the normalised name. */
  #kind = new Uint8Array(64);
  #name = new Uint32Array(64);
  /** Most names are of one architecture alone: by index of the printed name, its place among these + 1. */
  #proves = new Uint8Array(64);
  readonly #architectures: ArchitectureName[] = [];

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#names = namesOf(strings);
  }

  /** Index of the printed name in bytes [start, end). */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    const printed = this.#names.intern(bytes, start, end);
    if (printed >= this.#kind.length) this.#grow(printed);
    if (this.#kind[printed] === RegisterKind.unknown) this.#learn(printed);
    return printed;
  }

  kindOf(printed: number): number {
    return this.#kind[printed] ?? RegisterKind.unknown;
  }

  nameOf(printed: number): number {
    return this.#name[printed] ?? 0;
  }

  architectureOf(printed: number): ArchitectureName | undefined {
    const proven = this.#proves[printed] ?? 0;
    return proven === 0 ? undefined : this.#architectures[proven - 1];
  }

  #learn(printed: number): void {
    const text = this.#strings.at(printed);
    this.#kind[printed] = isSideRegister(text)
      ? RegisterKind.side
      : isKnownRegister(text)
        ? RegisterKind.known
        : RegisterKind.other;
    this.#name[printed] = this.#strings.intern(registerName(text));
    const proven = provenArchitecture(text);
    if (proven === undefined) return;
    if (!this.#architectures.includes(proven)) this.#architectures.push(proven);
    this.#proves[printed] = this.#architectures.indexOf(proven) + 1;
  }

  #grow(least: number): void {
    const kind = new Uint8Array(Math.max(this.#kind.length * 2, least + 1));
    const name = new Uint32Array(kind.length);
    const proves = new Uint8Array(kind.length);
    proves.set(this.#proves);
    this.#proves = proves;
    kind.set(this.#kind);
    name.set(this.#name);
    this.#kind = kind;
    this.#name = name;
  }
}

const tables = new WeakMap<StringTable, RegisterNames>();

export function registerNamesOf(strings: StringTable): RegisterNames {
  let names = tables.get(strings);
  if (names === undefined) tables.set(strings, (names = new RegisterNames(strings)));
  return names;
}
