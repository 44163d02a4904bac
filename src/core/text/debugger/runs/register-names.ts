/** Names of registers, interned from bytes: what each of them is, decided once. */
import type { ArchitectureName } from '../../../model/process.ts';
import type { StringTable } from '../../../model/columns.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { isKnownRegister, isSideRegister, provenArchitecture, registerName } from '../register-name.ts';
import { registerRow, scanRegisterRow } from './register-row.ts';

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
  readonly #architectures = new Map<number, ArchitectureName>();

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
    return this.#architectures.get(printed);
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
    if (proven !== undefined) this.#architectures.set(printed, proven);
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

const tables = new WeakMap<StringTable, RegisterNames>();

export function registerNamesOf(strings: StringTable): RegisterNames {
  let names = tables.get(strings);
  if (names === undefined) tables.set(strings, (names = new RegisterNames(strings)));
  return names;
}

/** Does line `index` hold a register that its name alone tells? */
export function knownRegisterAt(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  if (!scanRegisterRow(cursor, index)) return false;
  const names = registerNamesOf(sink.columns.strings);
  const kind = names.kindOf(names.indexOf(cursor.bytes, registerRow.nameStart, registerRow.nameEnd));
  return kind === RegisterKind.known || kind === RegisterKind.side;
}
