/** Names of registers as Delve prints them: what each of them is, decided once. */
import type { StringTable } from '../../../model/columns.ts';
import type { ArchitectureName } from '../../../model/process.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { provenArchitecture, registerName } from '../register-name.ts';

const form = /^[A-Z][A-Za-z]{0,6}[0-9]{0,2}(?:_base)?$/;
const general = /^(?:R(?:[a-d]x|[sd]i|[sb]p|ip|[89]|1[0-5])|X(?:[0-9]|[12][0-9]|30)|SP|PC|LR|[FG]s_base)$/i;
const side =
  /^(?:Rflags|Eflags|[C-GS]s|XMM\d{1,2}|YMM\d{1,2}|ZMM\d{1,2}|ST\d?|CW|SW|TW|FOP|FIP|FDP|MXCSR\w*|Cpsr|Pstate|V\d{1,2}|K\d|Orig_rax)$/i;

export interface DelveRegister {
  /** Flags, segments and vectors: they hold no pointers. */
  isSide: boolean;
  /** Index of the normalised name. */
  name: number;
  architecture?: ArchitectureName;
}

export class DelveRegisterNames {
  readonly #strings: StringTable;
  readonly #names: NameTable;
  /** By index of the printed name; null: it is none. */
  readonly #known: (DelveRegister | null | undefined)[] = [];

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#names = namesOf(strings);
  }

  /** The register whose name is bytes [start, end); null when no register is called so. */
  at(bytes: Uint8Array, start: number, end: number): DelveRegister | null {
    const printed = this.#names.intern(bytes, start, end);
    const known = this.#known[printed];
    return known === undefined ? this.#learn(printed) : known;
  }

  #learn(printed: number): DelveRegister | null {
    while (this.#known.length <= printed) this.#known.push(undefined);
    const register = this.#judge(this.#strings.at(printed));
    this.#known[printed] = register;
    return register;
  }

  #judge(text: string): DelveRegister | null {
    const isSide = side.test(text);
    if (!form.test(text) || !(isSide || general.test(text))) return null;
    const name = this.#strings.intern(registerName(text.toLowerCase()));
    const architecture = provenArchitecture(text.toLowerCase());
    return architecture === undefined ? { isSide, name } : { isSide, name, architecture };
  }
}

const tables = new WeakMap<StringTable, DelveRegisterNames>();

export function delveRegistersOf(strings: StringTable): DelveRegisterNames {
  let names = tables.get(strings);
  if (names === undefined) tables.set(strings, (names = new DelveRegisterNames(strings)));
  return names;
}
