/** Instructions of long listings in columns: their texts stay where they were printed, and are decoded when they are asked for. */
import { highHalf, lowHalf } from './halves.ts';
import { toAddress } from './address.ts';
import { textBytes } from './bytes.ts';
import type { Instruction } from './instruction.ts';
import type { StringTable } from './columns.ts';
import type { SourceDocument } from './document.ts';
import { originRange } from './origin.ts';
import type { SourceRange } from './source.ts';

const firstCapacity = 64;

export const InstructionFlag = {
  /** The debugger stands there. */
  current: 1,
  /** `offset` was printed. */
  hasOffset: 2,
} as const;

function emptyInstructions(capacity: number) {
  const addresses = new BigUint64Array(capacity);
  return {
    addresses,
    addressHalves: new Uint32Array(addresses.buffer),
    /** Names of functions in the case's string table; 0 = not printed. */
    functionName: new Uint32Array(capacity),
    offset: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    /** Offsets in the unwrapped text: the whole row, and its text, which may go on in the next line. */
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    textStart: new Uint32Array(capacity),
    textEnd: new Uint32Array(capacity),
    /** Printed bytes of the instruction, pairs of digits; equal = none. */
    bytesStart: new Uint32Array(capacity),
    bytesEnd: new Uint32Array(capacity),
  };
}

const decoder = new TextDecoder('utf-8');

/**
 * The instructions that one document lists, in printed order. A row is read without an object by `data.addresses[row]`,
 * `data.functionName[row]` (an index in `strings`, 0 = none), `data.offset[row]` (where `flags` has `hasOffset`) and, as it is rarely
 * needed, `textAt(row)`. `data` changes identity when a row is added.
 */
export class InstructionColumns {
  length = 0;
  data = emptyInstructions(firstCapacity);
  readonly strings: StringTable;
  readonly #source: SourceDocument;

  constructor(source: SourceDocument, strings: StringTable) {
    this.strings = strings;
    this.#source = source;
  }

  get document(): number {
    return this.#source.id;
  }

  /** Adds a row: its name as an index (0 = none), its `InstructionFlag`s and its places in the text. */
  add(
    addressHigh: number,
    addressLow: number,
    name: number,
    offset: number,
    flags: number,
    start: number,
    end: number,
    textStart: number,
    bytesStart: number,
    bytesEnd: number,
  ): number {
    const row = this.length++;
    if (row === this.data.start.length) this.#grow();
    const { data } = this;
    data.addressHalves[2 * row + highHalf] = addressHigh;
    data.addressHalves[2 * row + lowHalf] = addressLow;
    data.functionName[row] = name;
    data.offset[row] = offset;
    data.flags[row] = flags;
    data.start[row] = start;
    data.end[row] = end;
    data.textStart[row] = textStart;
    data.textEnd[row] = end;
    data.bytesStart[row] = bytesStart;
    data.bytesEnd[row] = bytesEnd;
    return row;
  }

  sourceAt(row: number): SourceRange {
    return originRange(this.#source.text.origin, this.#source.id, this.data.start[row] ?? 0, this.data.end[row] ?? 0);
  }

  /** As printed, white space folded. */
  textAt(row: number): string {
    return this.#between(this.data.textStart[row] ?? 0, this.data.textEnd[row] ?? 0).replace(/[ \t\r\n]+/g, ' ');
  }

  instruction(row: number): Instruction {
    const { data } = this;
    const flags = data.flags[row] ?? 0;
    const name = data.functionName[row] ?? 0;
    const instruction: Instruction = {
      address: toAddress(data.addresses[row] ?? 0n),
      ...(name !== 0 && { function: this.strings.at(name) }),
      ...((flags & InstructionFlag.hasOffset) !== 0 && { offset: data.offset[row] ?? 0 }),
      text: this.textAt(row),
      current: (flags & InstructionFlag.current) !== 0,
      source: this.sourceAt(row),
    };
    const [from = 0, to = 0] = [data.bytesStart[row], data.bytesEnd[row]];
    if (to > from) instruction.bytes = bytesOf(this.#between(from, to));
    return instruction;
  }

  #between(start: number, end: number): string {
    return decoder.decode(textBytes(this.#source, start, end));
  }

  #grow(): void {
    const grown = emptyInstructions(this.data.start.length * 2);
    grown.addresses.set(this.data.addresses);
    grown.functionName.set(this.data.functionName);
    grown.offset.set(this.data.offset);
    grown.flags.set(this.data.flags);
    grown.start.set(this.data.start);
    grown.end.set(this.data.end);
    grown.textStart.set(this.data.textStart);
    grown.textEnd.set(this.data.textEnd);
    grown.bytesStart.set(this.data.bytesStart);
    grown.bytesEnd.set(this.data.bytesEnd);
    this.data = grown;
  }
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Rows [from, to) of `columns`: one listing. */
export interface InstructionRun {
  columns: InstructionColumns;
  from: number;
  to: number;
}
