/** How far words of one shape reach around a damaged slot. */
import { toAddress, type Address } from '../../model/address.ts';
import { wordIndex, wordSource } from '../../model/memory-lookup.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SourceRange } from '../../model/source.ts';
import { classifyWord } from '../../words/index.ts';
import { damagedSlots, type DamagedSlot } from './damaged-slots.ts';
import { shapesOf, stepBetween, type Shape, type ShapeName, type Word } from './shapes.ts';

/** Words looked at on each side of a slot. */
const reach = 4096;
/** Characters of a text that are kept. */
const quoted = 48;

export interface OverwriteRun {
  /** [start, end) in bytes; `end` counts the characters of a text to its last one. */
  start: Address;
  end: Address;
  shape: ShapeName;
  words: number;
  /** Bytes from one element of the run to the next. */
  stride: number;
  /** The word or byte that repeats. */
  value?: bigint;
  /** What it reads, for text. */
  text?: string;
  /** Slots inside the run that must hold something else. */
  slots: DamagedSlot[];
  /** The case shows no word right below or above: the run may be longer. */
  openBelow: boolean;
  openAbove: boolean;
  source: SourceRange;
}

const leading = new Set(['text', 'own-stack', 'other-stack', 'system-stack', 'heap', 'data']);
const dataKinds = new Set(['heap', 'data']);

type WordAt = (index: number) => Word | undefined;

function wordsAround(snapshot: Snapshot, from: number): WordAt {
  const { addresses, values, wordSize } = snapshot.memory;
  const origin = addresses[from] ?? 0n;
  const valueOf = (index: number): bigint | undefined => {
    const address = addresses[index];
    if (address === undefined || address - origin !== BigInt((index - from) * wordSize)) return undefined;
    return values[index];
  };
  return (index) => {
    const value = valueOf(index);
    if (value === undefined) return undefined;
    const { kind } = classifyWord(snapshot, value);
    const word: Word = { value, leads: leading.has(kind), data: dataKinds.has(kind) };
    const [below, above] = [valueOf(index - 1), valueOf(index + 1)];
    if (below !== undefined) word.below = below;
    if (above !== undefined) word.above = above;
    return word;
  };
}

interface Extent {
  first: number;
  last: number;
  openBelow: boolean;
  openAbove: boolean;
}

/** Words that differ from their neighbours by `step`. */
function steadyExtent(at: number, wordAt: WordAt, step: bigint, wordSize: 4 | 8): Extent {
  let first = at;
  let last = at;
  const continues = (low: Word | undefined, high: Word | undefined): boolean =>
    low !== undefined &&
    high !== undefined &&
    !low.leads &&
    !high.leads &&
    BigInt.asIntN(8 * wordSize, high.value - low.value) === step;
  while (at - first < reach && continues(wordAt(first - 1), wordAt(first))) first--;
  while (last - at < reach && continues(wordAt(last), wordAt(last + 1))) last++;
  return { first, last, openBelow: wordAt(first - 1) === undefined, openAbove: wordAt(last + 1) === undefined };
}

function extentOf(at: number, wordAt: WordAt, shape: Shape, wordSize: 4 | 8): Extent | undefined {
  const start = wordAt(at);
  if (start === undefined || !shape.accepts(start)) return undefined;
  if (shape.name === 'rising numbers') {
    const steps = [
      stepBetween(start.below ?? start.value, start.value, wordSize),
      stepBetween(start.value, start.above ?? start.value, wordSize),
    ];
    const extents = steps.flatMap((step) => (step === undefined ? [] : [steadyExtent(at, wordAt, step, wordSize)]));
    return extents.sort((a, b) => b.last - b.first - (a.last - a.first))[0];
  }
  let first = at;
  let last = at;
  let openBelow = false;
  let openAbove = false;
  // A repeated byte or word continues only as itself.
  const same = (word: Word): boolean => (shape.name !== 'one byte' && shape.name !== 'one word') || word.value === start.value;
  for (; at - first < reach; first--) {
    const word = wordAt(first - 1);
    openBelow = word === undefined;
    if (word === undefined || !shape.accepts(word) || !same(word)) break;
  }
  for (; last - at < reach; last++) {
    const word = wordAt(last + 1);
    openAbove = word === undefined;
    if (word === undefined || !shape.accepts(word) || !same(word)) break;
  }
  return { first, last, openBelow, openAbove };
}

/** Bytes of the words [first, last] in memory order. */
function bytesOf(snapshot: Snapshot, first: number, last: number): number[] {
  const { values, wordSize, bigEndian } = snapshot.memory;
  const bytes: number[] = [];
  for (let index = first; index <= last; index++) {
    const word = Array.from({ length: wordSize }, (_, byte) => Number(((values[index] ?? 0n) >> BigInt(8 * byte)) & 0xffn));
    bytes.push(...(bigEndian ? word.reverse() : word));
  }
  return bytes;
}

/** A text rarely ends with a word: its last characters may stand before zeros in the next one. */
function tailOf(snapshot: Snapshot, last: number, wordAt: WordAt): number[] {
  if (wordAt(last + 1) === undefined) return [];
  const bytes = bytesOf(snapshot, last + 1, last + 1);
  const end = bytes.findIndex((byte) => byte < 0x20 || byte > 0x7e);
  return end > 0 && bytes.slice(end).every((byte) => byte === 0) ? bytes.slice(0, end) : [];
}

function runAt(snapshot: Snapshot, slot: DamagedSlot): OverwriteRun | undefined {
  const at = wordIndex(snapshot.memory, slot.address);
  if (at < 0) return undefined;
  const { wordSize } = snapshot.memory;
  const wordAt = wordsAround(snapshot, at);
  for (const shape of shapesOf(wordSize)) {
    const extent = extentOf(at, wordAt, shape, wordSize);
    if (extent === undefined || extent.last - extent.first + 1 < shape.least) continue;
    const { first, last } = extent;
    const { addresses, values } = snapshot.memory;
    const run: OverwriteRun = {
      start: toAddress(addresses[first] ?? 0n),
      end: toAddress((addresses[last] ?? 0n) + BigInt(wordSize)),
      shape: shape.name,
      words: last - first + 1,
      stride: shape.unit,
      slots: [],
      openBelow: extent.openBelow,
      openAbove: extent.openAbove,
      source: wordSource(snapshot.memory, first),
    };
    if (shape.name === 'one byte') run.value = (values[at] ?? 0n) & 0xffn;
    if (shape.name === 'one word') run.value = values[at] ?? 0n;
    if (shape.name === 'text' || shape.name === 'wide text') {
      const tail = shape.name === 'text' ? tailOf(snapshot, last, wordAt) : [];
      const bytes = [...bytesOf(snapshot, first, Math.min(last, first + quoted)), ...tail];
      run.text = new TextDecoder().decode(Uint8Array.from(bytes.filter((byte) => byte !== 0))).slice(0, quoted + 1);
      if (run.text.length > quoted) run.text = `${run.text.slice(0, quoted)}…`;
      run.end = toAddress(run.end + BigInt(tail.length));
    }
    return run;
  }
  return undefined;
}

/**
 * A run that begins right at a slot of a stack is the data of the caller, seen through a frame that is misplaced; an overflow comes from
 * below. The first word of an object may be hit from the object below it.
 */
function comesFromBelow(run: OverwriteRun, slot: DamagedSlot): boolean {
  return run.start < slot.address || slot.object === slot.address;
}

/** Runs over the damaged slots of the case, each once. */
export function overwriteRuns(snapshot: Snapshot): OverwriteRun[] {
  const runs: OverwriteRun[] = [];
  for (const slot of damagedSlots(snapshot)) {
    const known = runs.find((run) => slot.address >= run.start && slot.address < run.end);
    const run = known ?? runAt(snapshot, slot);
    if (run === undefined || !comesFromBelow(run, slot)) continue;
    run.slots.push(slot);
    if (known === undefined) runs.push(run);
  }
  return runs;
}
