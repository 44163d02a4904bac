/** What a debugger session shows beside the stack: lives of values, printed structs, and what to ask next. */
import type { Address, AddressRange } from './address.ts';
import type { SourceRange } from './source.ts';
import type { TypedField, TypedStruct } from './struct.ts';
import type { Trail, TrailRegion } from './trail.ts';
import type { WordMeaning } from './word.ts';

export const debuggers = ['gdb', 'rr', 'delve', 'lldb'] as const;
export type DebuggerName = (typeof debuggers)[number];

/** One thing that is missing, and how each debugger shows it. */
export interface DebuggerRequest {
  /** What is not in the input: a plain sentence without a full stop. */
  why: string;
  /** What the answer would tell, likewise. */
  tells: string;
  /** Commands in order; none where that debugger cannot show it. */
  gdb: string[];
  delve: string[];
  lldb: string[];
  /** The words that are asked for, where it is no more than words. */
  reads?: AddressRange;
  /** Lets the program run (a watchpoint): only a recording does so by itself. */
  runs?: boolean;
}

/** Something that would be asked for, had the input not told it already. */
export interface AnsweredRequest {
  /** 'The registers at the crash'. */
  what: string;
  source: SourceRange;
}

export interface Questions {
  open: DebuggerRequest[];
  answered: AnsweredRequest[];
  /** All open requests as one script that runs as it is; '' when nothing is missing. */
  scripts: Record<DebuggerName, string>;
  /** The debugger that the session was held with. */
  spoken?: DebuggerName;
}

/** A field of a printed struct, with what its value is. */
export interface FieldRow {
  field: TypedField;
  address?: Address;
  /** `address` follows from the sizes of the fields before it, not from a printed layout. */
  placeInferred: boolean;
  meaning?: WordMeaning;
  /** Why it cannot be what the field says: evidence that the struct was never cleared. */
  sign?: string;
  /** A runtime complaint, a finding or a trail is about this very value. */
  bad: boolean;
}

export interface StructView {
  struct: TypedStruct;
  rows: FieldRow[];
  /** Fields beyond the limit, not in `rows`. */
  more: number;
  /** A sign that concerns several fields. */
  sign?: string;
}

export interface SessionView {
  trails: (Trail & { regions: TrailRegion[] })[];
  structs: StructView[];
  questions: Questions;
}
