/**
 * Interning of names straight from bytes: a name that was seen before is neither decoded nor made a string. A dump of
 * 100,000 goroutines repeats a few hundred names a million times, so bytes are hashed and compared four at a time.
 */
import type { StringTable } from '../model/columns.ts';

const decoder = new TextDecoder('utf-8');
const prime = 0x01000193;
/** Another one for each table: nobody can prepare names that collide. */
const randomSeed = () => Math.floor(Math.random() * 0x1_0000_0000) | 0;

/** Room at first: tables grow before the engine compiles what uses them, which would take them for constant. */
const fewNames = 16;

function hashOf(view: DataView, start: number, end: number, seed: number): number {
  let hash = seed ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), prime);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), prime);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class NameTable {
  readonly #strings: StringTable;
  readonly #seed = randomSeed();
  /** Open addressing: slot → entry + 1. The size is a power of two, at most half full. */
  #slots = new Uint32Array(fewNames * 2);
  #count = 0;
  #hash = new Uint32Array(fewNames);
  #start = new Uint32Array(fewNames);
  #length = new Uint32Array(fewNames);
  #index = new Uint32Array(fewNames);
  #kept = new Uint8Array(fewNames * 16);
  #keptView = new DataView(this.#kept.buffer);
  #used = 0;
  /** The text read last, as a view. */
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** Number of distinct names. */
  get count(): number {
    return this.#count;
  }

  /** Index in the StringTable of bytes [start, end). */
  intern(bytes: Uint8Array, start: number, end: number): number {
    if (end <= start) return 0;
    const view = this.#viewOf(bytes);
    const hash = hashOf(view, start, end, this.#seed);
    const entry = this.#lookUp(view, start, end, hash);
    return entry >= 0 ? this.indexOf(entry) : this.#add(bytes, start, end, hash);
  }

  /** Entry of bytes [start, end); -1 when the name was never interned. Entries count from 0 and stay. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const view = this.#viewOf(bytes);
    return this.#lookUp(view, start, end, hashOf(view, start, end, this.#seed));
  }

  /** Index in the StringTable of an entry. */
  indexOf(entry: number): number {
    return this.#index[entry] ?? 0;
  }

  lengthOf(entry: number): number {
    return this.#length[entry] ?? 0;
  }

  /** Whether the name of `entry` stands at `start` of `view`, which must go on for as many bytes. */
  standsAt(entry: number, view: DataView, start: number): boolean {
    const length = this.#length[entry] ?? 0;
    const own = this.#start[entry] ?? 0;
    const kept = this.#keptView;
    let i = 0;
    for (; i + 4 <= length; i += 4) if (kept.getInt32(own + i, true) !== view.getInt32(start + i, true)) return false;
    for (; i < length; i++) if (kept.getUint8(own + i) !== view.getUint8(start + i)) return false;
    return true;
  }

  #viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.#view;
  }

  #lookUp(view: DataView, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      if (this.#hash[entry] === hash && this.#length[entry] === end - start && this.standsAt(entry, view, start)) return entry;
    }
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    if (this.#used + length > this.#kept.length) {
      const grown = new Uint8Array(Math.max(this.#kept.length * 2, this.#used + length));
      grown.set(this.#kept);
      this.#kept = grown;
      this.#keptView = new DataView(grown.buffer);
    }
    this.#kept.set(bytes.subarray(start, end), this.#used);
    const entry = this.#count++;
    if (entry >= this.#hash.length) this.#growEntries();
    const index = this.#strings.intern(decoder.decode(bytes.subarray(start, end)));
    this.#hash[entry] = hash;
    this.#start[entry] = this.#used;
    this.#length[entry] = length;
    this.#index[entry] = index;
    this.#used += length;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    else this.#place(entry);
    return index;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hash[entry] ?? 0) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
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
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#count; entry++) this.#place(entry);
  }
}

const tables = new WeakMap<StringTable, NameTable>();

/** The name table of a case: kept as long as its strings. */
export function namesOf(strings: StringTable): NameTable {
  let table = tables.get(strings);
  if (table === undefined) tables.set(strings, (table = new NameTable(strings)));
  return table;
}
