/** The goroutines that a Delve session has listed, and the longest stack printed for each: columns, for there may be 100,000. */
import type { TextFact } from '../../../model/record.ts';

export type GoroutineFact = Extract<TextFact, { kind: 'goroutine' }>;

const firstCapacity = 64;
/** Digits of a number that a double holds exactly. */
const exactDigits = 15;

/** Another one for each process: nobody can prepare ids that collide. */
const seed = Math.floor(Math.random() * 0x1_0000_0000);

function hashOf(id: number): number {
  const high = Math.floor(id / 0x1_0000_0000);
  let hash = Math.imul((id >>> 0) ^ seed, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

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
  /** The id of each slot; one of more than 15 digits stands in `#longIds`. */
  #ids = new Float64Array(firstCapacity);
  readonly #longIds = new Map<string, number>();
  /** Open addressing: place → slot + 1. The size is a power of two, at most half full. */
  #places = new Uint32Array(2 * firstCapacity);
  #current: GoroutineFact | undefined;
  /** The slot that was found last. */
  #last = -1;

  /** `id`: decimal digits. */
  slotOf(id: string): number {
    return id.length <= exactDigits ? this.#slotOfId(Number(id)) : this.#slotOfLong(id);
  }

  /** The same by the halves of the id. */
  slotOfHalves(high: number, low: number): number {
    const id = high * 0x1_0000_0000 + low;
    return id < 10 ** exactDigits ? this.#slotOfId(id) : this.#slotOfLong(((BigInt(high) << 32n) | BigInt(low)).toString());
  }

  #slotOfId(id: number): number {
    // A list that is printed again has the same order.
    if (this.#ids[this.#last + 1] === id && this.#last + 1 < this.#facts.length) return ++this.#last;
    const mask = this.#places.length - 1;
    let place = hashOf(id) & mask;
    for (; this.#places[place] !== 0; place = (place + 1) & mask) {
      const slot = (this.#places[place] ?? 0) - 1;
      if (this.#ids[slot] === id) return (this.#last = slot);
    }
    const slot = this.#add();
    this.#ids[slot] = id;
    if (slot * 2 >= this.#places.length) this.#growPlaces();
    else this.#places[place] = slot + 1;
    return (this.#last = slot);
  }

  #slotOfLong(id: string): number {
    const known = this.#longIds.get(id);
    if (known !== undefined) return known;
    const slot = this.#add();
    this.#ids[slot] = -1;
    this.#longIds.set(id, slot);
    return slot;
  }

  #add(): number {
    const slot = this.#facts.length;
    this.#facts.push(undefined);
    if (slot === this.row.length) this.#grow();
    return slot;
  }

  #growPlaces(): void {
    this.#places = new Uint32Array(2 * this.#places.length);
    const mask = this.#places.length - 1;
    for (let slot = 0; slot < this.#facts.length; slot++) {
      const id = this.#ids[slot] ?? -1;
      if (id < 0) continue;
      let place = hashOf(id) & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = slot + 1;
    }
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
    const ids = new Float64Array(capacity);
    ids.set(this.#ids);
    this.#ids = ids;
  }
}
