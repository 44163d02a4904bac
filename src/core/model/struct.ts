/** Structs, arrays and sets of variables as a debugger printed them, flattened to one row per value. */
import type { Address } from './address.ts';
import type { SourceRange } from './source.ts';

export interface TypedField {
  /** Path from the struct: 'flags', 'mu.state', 'buf[3]'. */
  name: string;
  /** Numbers, pointers and booleans as 64-bit values; absent for what is no number. */
  value?: Address;
  /** What was printed where it is no number, or the string that stands behind a char pointer. */
  text?: string;
  /** Bytes of the printed string, octal escapes decoded: memory at `value`, or the array itself. */
  bytes?: Uint8Array;
  /** `<name+7>` behind a pointer. */
  symbol?: string;
  /** `<repeats 28 times>`: this value stands for so many elements. */
  repeats?: number;
  /** Printed as a decimal number: an integer to the debugger, whatever its bits are. */
  decimal?: boolean;
  /** Bytes from the start of the struct, where a printed layout or the first place says so. */
  offset?: number;
  source: SourceRange;
}

export interface TypedStruct {
  /** 'main.shard'; '' when the type was not printed. */
  type: string;
  /** What was printed: '*out', 'locals of main.worker'. */
  expression: string;
  address?: Address;
  fields: TypedField[];
  step: number;
  source: SourceRange;
}

/** `ptype /o`: where the fields of a type lie; without `/o` only their order and C types. */
export interface TypeLayout {
  type: string;
  size?: number;
  fields: { name: string; type: string; offset?: number; size?: number; source: SourceRange }[];
  source: SourceRange;
}

/** cgo's name for a C struct and C's own are one type: `main._Ctype_struct_item`, `struct item` → 'item'. */
export function plainTypeName(type: string): string {
  return type
    .replace(/^(?:const |volatile |struct |union |class )+/, '')
    .replace(/[\s*&]+$/, '')
    .replace(/^.*\b_Ctype_(?:struct_)?/, '');
}
