/** Names of registers as LLDB prints them, and what each of them is; worked out once for each. */
import type { ArchitectureName } from '../../../model/process.ts';
import type { StringTable } from '../../../model/columns.ts';
import { provenArchitecture, registerName } from '../register-name.ts';

const known = /^(?:r(?:[a-d]x|[sd]i|[sb]p|ip|[89]|1[0-5])|x(?:[0-9]|[12][0-9]|30)|fp|lr|sp|pc)$/;
/** Of 386; on amd64 LLDB prints them behind the wide ones, as parts of them. */
const narrow = /^e(?:[a-d]x|[sd]i|[sb]p|ip)$/;
/** Flags, segments, vectors and parts of wider registers. */
const side =
  /^(?:[re]flags|cpsr|[c-gs]s|[fg]s_base|mxcsr|fp[sc]r|r\d{1,2}[dwl]|[a-d][xhl]|[sd]il?|[sb]pl?|f(?:ctrl|stat|tag|op|iseg|ioff|oseg|ooff|ip|dp)|mxcsrmask|st\d|mm\d|[xyz]mm\d{1,2}|k\d|[wvsdqbh]\d{1,2}|bnd\d|bndcfgu|bndstatus)$/;

export interface LldbRegister {
  kind: 'known' | 'narrow' | 'side' | 'other';
  /** The normalised name. */
  name: string;
  /** Its index in the case's strings. */
  index: number;
  arch: ArchitectureName | undefined;
}

/** LLDB calls x29 and x30 by their use on arm64. */
export function lldbName(name: string): string {
  return name === 'r29' ? 'fp' : name;
}

function learn(strings: StringTable, printed: string): LldbRegister {
  const kind = known.test(printed) ? 'known' : narrow.test(printed) ? 'narrow' : side.test(printed) ? 'side' : 'other';
  const name = printed === 'fp' ? 'r29' : registerName(printed);
  const arch = printed === 'fp' ? 'arm64' : provenArchitecture(printed);
  return { kind, name, index: kind === 'other' ? 0 : strings.intern(name), arch };
}

const tables = new WeakMap<StringTable, Map<number, LldbRegister>>();

/** The register whose printed name has index `printed` in `strings`. */
export function lldbRegisterAt(strings: StringTable, printed: number): LldbRegister {
  let table = tables.get(strings);
  if (table === undefined) tables.set(strings, (table = new Map<number, LldbRegister>()));
  let register = table.get(printed);
  if (register === undefined) table.set(printed, (register = learn(strings, strings.at(printed))));
  return register;
}
