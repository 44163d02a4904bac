/** The goroutines that a Delve session has listed, and the longest stack printed for each: columns, for there may be 100,000. */
import type { TextFact } from '../../../model/record.ts';

export type GoroutineFact = Extract<TextFact, { kind: 'goroutine' }>;

const firstCapacity = 64;
/** Digits of a number that a double holds exactly. */
const exactDigits = 15;

function wider(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity).fill(-1, column.length);
  grown.set(column);
  return grown;
}

/** A goroutine is known by its slot: slots count from 0 and stay. */
export class GoroutineBook {
  /** Row in the GoroutineColumns and the step at which it was listed last; -1 = not listed. */
  row = new Int32Array(firstCapacity).fill(-1);
  listedStep = new Int32Array(firstCapacity).fill(-1);
  /** Frames of the longest stack printed, and the step at which it was; -1 = none. */
  frameStart = new Int32Array(firstCapacity).fill(-1);
  frameEnd = new Int32Array(firstCapacity).fill(-1);
  stackStep = new Int32Array(firstCapacity).fill(-1);
  readonly #facts: (GoroutineFact | undefined)[] = [];
  /** By id; one of more than 15 digits as text. */
  readonly #slots = new Map<number | string, number>();
  #current: GoroutineFact | undefined;

  /** `id`: decimal digits. */
  slotOf(id: string): number {
    return this.#slotOfKey(id.length <= exactDigits ? Number(id) : id);
  }

  /** The same by the halves of the id. */
  slotOfHalves(high: number, low: number): number {
    const id = high * 0x1_0000_0000 + low;
    return this.#slotOfKey(id < 10 ** exactDigits ? id : ((BigInt(high) << 32n) | BigInt(low)).toString());
  }

  #slotOfKey(key: number | string): number {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#facts.length;
    this.#facts.push(undefined);
    this.#slots.set(key, slot);
    if (slot === this.row.length) this.#grow();
    return slot;
  }

  isListed(slot: number): boolean {
    return (this.row[slot] ?? -1) >= 0;
  }

  list(slot: number, row: number, fact: GoroutineFact): void {
    this.row[slot] = row;
    this.#facts[slot] = fact;
  }

  /** Makes the one in `slot` the selected goroutine of the list, and no other. */
  select(slot: number): void {
    const fact = this.#facts[slot];
    if (this.#current !== undefined) this.#current.listed = 'other';
    if (fact !== undefined) fact.listed = 'current';
    this.#current = fact;
  }

  keepStack(slot: number, frameStart: number, frameEnd: number, step: number): void {
    this.frameStart[slot] = frameStart;
    this.frameEnd[slot] = frameEnd;
    this.stackStep[slot] = step;
  }

  #grow(): void {
    const capacity = this.row.length * 2;
    this.row = wider(this.row, capacity);
    this.listedStep = wider(this.listedStep, capacity);
    this.frameStart = wider(this.frameStart, capacity);
    this.frameEnd = wider(this.frameEnd, capacity);
    this.stackStep = wider(this.stackStep, capacity);
  }
}
