/** Instructions of long listings in columns: their texts stay where they were printed, and are decoded when they are asked for. */
import { highHalf, lowHalf } from './halves.ts';
import { toAddress } from './address.ts';
import { textBytes, textLength } from './bytes.ts';
import type { Instruction } from './instruction.ts';
import type { StringTable } from './columns.ts';
import type { SourceDocument } from './document.ts';
import { originRange } from './origin.ts';
import type { SourceRange } from './source.ts';

const firstCapacity = 64;
/** Bytes of text from which on its rows tell how many there will be, and the share that is added. */
const soon = 1 << 16;
const expectedMargin = 1.1;
const mostGrowth = 16;

export const InstructionFlag = {
  /** The debugger stands there. */
  current: 1,
  /** `offset` was printed. */
  hasOffset: 2,
  /** The printed bytes go on in lines below, behind an address and a colon each: `bytesEnd` lies in the last of them. */
  moreBytes: 4,
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

/** White space, and what is more than a blank: most texts have none of it, or one tab. */
const needsFolding = /[\t\r\n]| {2}/;

/** `text` with its white space folded. */
export function folded(text: string): string {
  return needsFolding.test(text) ? text.replace(/[ \t\r\n]+/g, ' ') : text;
}

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
    return folded(this.#between(this.data.textStart[row] ?? 0, this.data.textEnd[row] ?? 0));
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
    if (to > from)
      instruction.bytes = bytesOf(flags & InstructionFlag.moreBytes ? this.#wrappedBytes(row) : this.#between(from, to));
    return instruction;
  }

  /** Printed bytes that go on in lines below. */
  #wrappedBytes(row: number): string {
    const [from = 0, textStart = 0, to = 0] = [this.data.bytesStart[row], this.data.textStart[row], this.data.bytesEnd[row]];
    const below = this.#between(textStart, to).split('\n').slice(1);
    return this.#between(from, textStart) + below.map((line) => bytesBelow.exec(line)?.[1] ?? '').join('');
  }

  /** Bytes [start, end) of the document's text; good until the next ones are asked for. */
  textBetween(start: number, end: number): Uint8Array {
    return textBytes(this.#source, start, end);
  }

  #between(start: number, end: number): string {
    return decoder.decode(this.textBetween(start, end));
  }

  /** Room for as many rows as the document may have, going by those that it had so far: untouched, it costs no memory. */
  #grow(): void {
    const { data } = this;
    const rows = data.start.length;
    const read = data.start[rows - 1] ?? 0;
    const expected = read > soon ? Math.ceil((rows / read) * textLength(this.#source) * expectedMargin) : 0;
    const grown = emptyInstructions(Math.max(rows + (rows >> 1), Math.min(expected, rows * mostGrowth)));
    grown.addresses.set(data.addresses);
    grown.functionName.set(data.functionName);
    grown.offset.set(data.offset);
    grown.flags.set(data.flags);
    grown.start.set(data.start);
    grown.end.set(data.end);
    grown.textStart.set(data.textStart);
    grown.textEnd.set(data.textEnd);
    grown.bytesStart.set(data.bytesStart);
    grown.bytesEnd.set(data.bytesEnd);
    this.data = grown;
  }
}

/** A line of bytes alone, as objdump prints what its column does not hold. */
const bytesBelow = /^[ \t]*[0-9a-f]{1,16}:((?:[ \t]+[0-9a-f]{2})+)[ \t]*$/;

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Rows [from, to) of `columns`: one listing. */
export interface InstructionRun {
  columns: InstructionColumns;
  from: number;
  to: number;
}
