/** Registers of long sessions in columns: `info registers` at every stop would else be most of its objects. */
import { highHalf, lowHalf } from './halves.ts';
import { toAddress } from './address.ts';
import type { StringTable } from './columns.ts';
import type { OriginMap } from './document.ts';
import { originRange } from './origin.ts';
import type { SourceRange } from './source.ts';
import type { RegisterValue } from './thread.ts';

const firstCapacity = 64;

function emptyRegisters(capacity: number) {
  const values = new BigUint64Array(capacity);
  return {
    /** Normalised names (`RegisterSet.values`), in the case's string table. */
    name: new Uint32Array(capacity),
    values,
    valueHalves: new Uint32Array(values.buffer),
    /** Offsets in the unwrapped text, from the name to the end of the number. */
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
  };
}

/**
 * The registers that one document lists, in printed order. A row is read without an object by `data.name[row]` (compare it with
 * `strings.intern('rsp')`) and `data.values[row]`, or the halves of it; `data` changes identity when a row is added.
 */
export class RegisterColumns {
  length = 0;
  data = emptyRegisters(firstCapacity);
  readonly document: number;
  readonly strings: StringTable;
  readonly #origin: OriginMap;

  constructor(document: number, origin: OriginMap, strings: StringTable) {
    this.document = document;
    this.strings = strings;
    this.#origin = origin;
  }

  add(name: number, high: number, low: number, start: number, end: number): void {
    const row = this.length++;
    if (row === this.data.start.length) this.#grow();
    const { data } = this;
    data.name[row] = name;
    data.valueHalves[2 * row + highHalf] = high;
    data.valueHalves[2 * row + lowHalf] = low;
    data.start[row] = start;
    data.end[row] = end;
  }

  sourceAt(row: number): SourceRange {
    return originRange(this.#origin, this.document, this.data.start[row] ?? 0, this.data.end[row] ?? 0);
  }

  register(row: number): RegisterValue {
    return {
      name: this.strings.at(this.data.name[row] ?? 0),
      value: toAddress(this.data.values[row] ?? 0n),
      source: this.sourceAt(row),
    };
  }

  #grow(): void {
    const grown = emptyRegisters(this.data.start.length * 2);
    grown.name.set(this.data.name);
    grown.values.set(this.data.values);
    grown.start.set(this.data.start);
    grown.end.set(this.data.end);
    this.data = grown;
  }
}

/** Rows [from, to) of `columns`: one listing. */
export interface RegisterRun {
  columns: RegisterColumns;
  from: number;
  to: number;
}

/** One that is made for each listing: by a constructor, which the engine compiles once (`Place` of `origin.ts`). */
export class ListedRegisters implements RegisterRun {
  readonly columns: RegisterColumns;
  readonly from: number;
  readonly to: number;

  constructor(columns: RegisterColumns, from: number, to: number) {
    this.columns = columns;
    this.from = from;
    this.to = to;
  }
}

/** The value of the register with `name` (an index in the case's string table), the last one of a run; undefined where it was not printed. */
export function registerOfRun({ columns: { data }, from, to }: RegisterRun, name: number): bigint | undefined {
  for (let row = to - 1; row >= from; row--) if (data.name[row] === name) return data.values[row];
  return undefined;
}

/** A `registers` fact whose values are a run: `values` makes objects of them each time that it is read. */
export class RegisterRunFact {
  readonly kind = 'registers';
  readonly origin: 'runtime' | 'debugger';
  readonly textLine: number;
  readonly run: RegisterRun;
  readonly frame: number;
  readonly step: number;

  constructor(textLine: number, run: RegisterRun, frame: number, step: number, origin: 'runtime' | 'debugger' = 'debugger') {
    this.textLine = textLine;
    this.run = run;
    this.frame = frame;
    this.step = step;
    this.origin = origin;
  }

  get values(): RegisterValue[] {
    const { columns, from, to } = this.run;
    return Array.from({ length: to - from }, (_unused, index) => columns.register(from + index));
  }
}
