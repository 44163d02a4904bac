/** Groups of goroutines with equal stacks, in time linear in the frames: each stack is hashed and compared to one other. */
import { textBytes } from './bytes.ts';
import type { TableView } from './tables.ts';

/**
 * How equal two stacks must be. identical: functions, files, lines, code addresses and arguments as printed; lines: functions and
 * lines; functions: functions only; shape: functions, however often one calls itself.
 */
export type Sameness = 'identical' | 'lines' | 'functions' | 'shape';

export interface GroupingOptions {
  sameness: Sameness;
  /** Goroutines in different states are apart. */
  byStatus?: boolean;
  /** Innermost frames that are compared; absent = all. */
  mostFrames?: number;
}

/** Rows of each group in the order given; groups in the order of their first rows. */
export function groupGoroutines(view: TableView, rows: Iterable<number>, options: GroupingOptions): number[][] {
  const stacks = new Stacks(view, options);
  const groups: number[][] = [];
  const hashes: number[] = [];
  /** Open addressing: slot → group + 1. The size is a power of two, at most half full. */
  let slots = new Uint32Array(256);
  const place = (group: number): void => {
    let slot = (hashes[group] ?? 0) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = group + 1;
  };
  for (const row of rows) {
    const hash = stacks.hash(row);
    let slot = hash & (slots.length - 1);
    let group = (slots[slot] ?? 0) - 1;
    while (group >= 0 && (hashes[group] !== hash || !stacks.same(groups[group]?.[0] ?? 0, row))) {
      slot = (slot + 1) & (slots.length - 1);
      group = (slots[slot] ?? 0) - 1;
    }
    if (group >= 0) {
      groups[group]?.push(row);
      continue;
    }
    groups.push([row]);
    hashes.push(hash);
    if (groups.length * 2 > slots.length) {
      slots = new Uint32Array(slots.length * 2);
      for (let known = 0; known < groups.length; known++) place(known);
    } else place(groups.length - 1);
  }
  return groups;
}

/** Another one for each grouping: nobody can prepare stacks that collide. */
const randomSeed = () => Math.floor(Math.random() * 0x1_0000_0000) | 0;

function mixed(hash: number, value: number): number {
  const next = Math.imul(hash ^ value, 0x01000193);
  return next ^ (next >>> 15);
}

const noBytes = new Uint8Array(0);

class Stacks {
  readonly #view: TableView;
  readonly #options: GroupingOptions;
  readonly #seed = randomSeed();
  /** The whole columns of code addresses as halves. */
  readonly #pc: Uint32Array;

  constructor(view: TableView, options: GroupingOptions) {
    this.#view = view;
    this.#options = options;
    const { pc } = view.frames;
    this.#pc = new Uint32Array(pc.buffer, pc.byteOffset, pc.length * 2);
  }

  hash(row: number): number {
    const { frames } = this.#view;
    const { sameness } = this.#options;
    let hash = this.#seed;
    if (this.#options.byStatus === true) hash = mixed(hash, this.#view.goroutines.status[row] ?? 0);
    const end = this.#end(row);
    for (let frame = this.#start(row); frame < end; frame = this.#next(frame, end)) {
      hash = mixed(hash, frames.functionName[frame] ?? 0);
      if (sameness === 'identical' || sameness === 'lines') hash = mixed(hash, frames.line[frame] ?? 0);
      if (sameness === 'identical') hash = this.#hashArguments(mixed(hash, this.#pc[frame * 2] ?? 0), frame);
    }
    return hash >>> 0;
  }

  same(one: number, other: number): boolean {
    const { goroutines, frames } = this.#view;
    const { sameness, byStatus } = this.#options;
    if (byStatus === true && goroutines.status[one] !== goroutines.status[other]) return false;
    const lines = sameness === 'identical' || sameness === 'lines';
    if (lines && goroutines.elidedCount[one] !== goroutines.elidedCount[other]) return false;
    const endOne = this.#end(one);
    const endOther = this.#end(other);
    let a = this.#start(one);
    let b = this.#start(other);
    while (a < endOne && b < endOther) {
      if (frames.functionName[a] !== frames.functionName[b]) return false;
      if (lines && frames.line[a] !== frames.line[b]) return false;
      if (sameness === 'identical' && !this.#identical(a, b)) return false;
      a = this.#next(a, endOne);
      b = this.#next(b, endOther);
    }
    return a >= endOne && b >= endOther;
  }

  #identical(a: number, b: number): boolean {
    const { frames } = this.#view;
    if (frames.file[a] !== frames.file[b]) return false;
    if (this.#pc[a * 2] !== this.#pc[b * 2] || this.#pc[a * 2 + 1] !== this.#pc[b * 2 + 1]) return false;
    let startOne = frames.argumentStart[a] ?? 0;
    let startOther = frames.argumentStart[b] ?? 0;
    const length = (frames.argumentEnd[a] ?? 0) - startOne;
    if ((frames.argumentEnd[b] ?? 0) - startOther !== length) return false;
    let one = this.#text(a);
    let other = this.#text(b);
    if (one === undefined) {
      // What the store gives is good until its next read only.
      one = this.#stored(a).slice();
      startOne = 0;
    }
    if (other === undefined) {
      other = this.#stored(b);
      startOther = 0;
    }
    for (let at = 0; at < length; at++) if (one[startOne + at] !== other[startOther + at]) return false;
    return true;
  }

  #hashArguments(before: number, frame: number): number {
    const { frames } = this.#view;
    const whole = this.#text(frame);
    const bytes = whole ?? this.#stored(frame);
    const start = frames.argumentStart[frame] ?? 0;
    const shift = whole === undefined ? start : 0;
    let hash = before;
    for (let at = start, end = frames.argumentEnd[frame] ?? 0; at < end; at++) hash = mixed(hash, bytes[at - shift] ?? 0);
    return hash;
  }

  /** The whole text that holds the frame, where it is in memory. */
  #text(frame: number): Uint8Array | undefined {
    const document = this.#view.documents[this.#view.frames.document[frame] ?? 0];
    return document === undefined || document.store !== undefined ? undefined : document.text.bytes;
  }

  /** The arguments alone. */
  #stored(frame: number): Uint8Array {
    const { frames, documents } = this.#view;
    const document = documents[frames.document[frame] ?? 0];
    if (document === undefined) return noBytes;
    return textBytes(document, frames.argumentStart[frame] ?? 0, frames.argumentEnd[frame] ?? 0);
  }

  #start(row: number): number {
    return this.#view.goroutines.frameStart[row] ?? 0;
  }

  #end(row: number): number {
    return Math.min(this.#view.goroutines.frameEnd[row] ?? 0, this.#start(row) + (this.#options.mostFrames ?? Infinity));
  }

  /** The frame to compare after `frame`. */
  #next(frame: number, end: number): number {
    const { functionName } = this.#view.frames;
    let next = frame + 1;
    if (this.#options.sameness === 'shape') while (next < end && functionName[next] === functionName[frame]) next++;
    return next;
  }
}
