/**
 * Interning of names straight from bytes: a name that was seen before is neither decoded nor made a string. A dump of
 * 100,000 goroutines repeats a few hundred names a million times.
 */
import type { StringTable } from '../model/columns.ts';

const decoder = new TextDecoder('utf-8');
const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

export class NameTable {
  readonly #strings: StringTable;
  /** Open addressing: slot → entry + 1. The size is a power of two, at most half full. */
  #slots = new Uint32Array(1024);
  #count = 0;
  #hash = new Uint32Array(512);
  #start = new Uint32Array(512);
  #length = new Uint32Array(512);
  #index = new Uint32Array(512);
  #bytes = new Uint8Array(16384);
  #used = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** Index in the StringTable of bytes [start, end). */
  intern(bytes: Uint8Array, start: number, end: number): number {
    if (end <= start) return 0;
    let hash = fnvOffset;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), fnvPrime);
    hash >>>= 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return this.#add(bytes, start, end, hash, slot);
      if (this.#hash[entry - 1] === hash && this.#same(entry - 1, bytes, start, end)) return this.#index[entry - 1] ?? 0;
      slot = (slot + 1) & mask;
    }
  }

  #same(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#length[entry] !== length) return false;
    const own = this.#start[entry] ?? 0;
    for (let i = 0; i < length; i++) if (this.#bytes[own + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const length = end - start;
    if (this.#used + length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    const entry = this.#count++;
    if (entry >= this.#hash.length) this.#growEntries();
    const index = this.#strings.intern(decoder.decode(bytes.subarray(start, end)));
    this.#hash[entry] = hash;
    this.#start[entry] = this.#used;
    this.#length[entry] = length;
    this.#index[entry] = index;
    this.#used += length;
    this.#slots[slot] = entry + 1;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return index;
  }

  #growEntries(): void {
    const wider = (column: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.#hash = wider(this.#hash);
    this.#start = wider(this.#start);
    this.#length = wider(this.#length);
    this.#index = wider(this.#index);
  }

  #growSlots(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#count; entry++) {
      let slot = (this.#hash[entry] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry + 1;
    }
    this.#slots = slots;
  }
}

const tables = new WeakMap<StringTable, NameTable>();

/** The name table of a case: kept as long as its strings. */
export function namesOf(strings: StringTable): NameTable {
  let table = tables.get(strings);
  if (table === undefined) tables.set(strings, (table = new NameTable(strings)));
  return table;
}
