/**
 * Places in the program, as two lines of a dump print them: `name(` … `)` and `⇥file:line[ +0x…]`, or `created by name in
 * goroutine ` … and the same. A dump repeats a few hundred of them a million times. A place that was read once is known again
 * by comparing its two texts, eight bytes at a time, and no number in it is read twice.
 */
import { FrameFlag } from '../../model/goroutine.ts';
import { ascii, hexTable, highHalf, isDigit, lowHalf, startsWith } from '../bytes.ts';
import type { NameTable } from '../names.ts';
import { looksLikeName } from './call.ts';
import { emptyLocation, readLocation } from './location.ts';

/** Numbers of a site, in this order. */
const width = 16;
const headLength = 0;
const tailLength = 1;
/** Where its texts are kept, head and tail and pc together. */
const textStart = 2;
const flagBits = 3;
const functionName = 4;
const file = 5;
const line = 6;
const entryOffset = 7;
/** The next site whose head has the same hash. */
const nextAlike = 8;
/** ` pc=0x…` that stood behind it, kept behind its tail; 0 = none. */
const pcLength = 9;
const pcHigh = 10;
const pcLow = 11;
/** Bytes of `created by name` that come before the end of the name. */
const nameLength = 12;

const createdMark = ascii('created by ');
const firstOfCreated = 99;
const inGoroutineMark = ascii(' in goroutine ');
const lineFeed = 10;
const space = 32;
const zero = 48;
const colon = 58;
const openParenthesis = 40;
const closeParenthesis = 41;

/** Longer texts are left to the reader of stacks. */
const longestText = 1 << 12;
/** Beyond, what is new is left to the reader of stacks. */
const mostSites = 1 << 16;
/** Sites with the same head that are compared, at most. */
const mostAlike = 32;
/** Numbers of goroutines that a double holds exactly. */
const mostDigits = 15;
/** Source lines have at most nine digits here, offsets eight. */
const mostLineDigits = 9;
const mostOffsetDigits = 8;
/** Room at first: tables grow before the engine compiles what uses them, which would take them for constant. */
const fewSites = 16;
const buckets = 1 << 10;

export class FrameSites {
  readonly #names: NameTable;
  /** Site 0 is none: it is longer than any text. */
  #numbers = new Int32Array(fewSites * width);
  #count = 1;
  /** By hash of the head: the site read first. */
  readonly #first = new Int32Array(buckets);
  #kept = new DataView(new ArrayBuffer(fewSites * 64));
  #used = 0;
  /** Where the second line of the site starts that was compared last. */
  below = 0;
  /** The goroutine that the creator compared last was in; 0 = not printed. */
  creatorId = 0;

  constructor(names: NameTable) {
    this.#names = names;
    this.#numbers[headLength] = 0x7fffffff;
  }

  /** Another text: sites of the one before may print other numbers. */
  clear(): void {
    this.#count = 1;
    this.#used = 0;
    this.#first.fill(0);
  }

  /** Where the text of `site` ends that begins at `start`; 0 when it does not stand there. Nothing is read at or behind `limit` + 8. */
  end(site: number, view: DataView, start: number, limit: number): number {
    const numbers = this.#numbers;
    const at = site * width;
    const head = numbers[at + headLength] ?? 0;
    const kept = numbers[at + textStart] ?? 0;
    if (start + head > limit || !sameText(view, start, this.#kept, kept, head)) return 0;
    const creates = ((numbers[at + flagBits] ?? 0) & FrameFlag.createdBy) !== 0;
    const below = creates ? this.#creatorEnd(view, start + head, limit) : argumentsEnd(view, start + head, limit);
    const tail = numbers[at + tailLength] ?? 0;
    if (below === 0 || below + tail > limit || !sameText(view, below, this.#kept, kept + head, tail)) return 0;
    // A longer number, or an offset behind it, is another place.
    const next = view.getUint8(below + tail);
    if (next !== lineFeed && (next !== space || view.getUint8(below + tail + 1) === 43)) return 0;
    this.below = below;
    return below + tail;
  }

  /** Where ` pc=0x…` of `site` ends that stands at `at`, with its value in `halves`; 0 when another one stands there. */
  pcEnd(site: number, view: DataView, at: number, halves: Uint32Array, row: number): number {
    const numbers = this.#numbers;
    const from = site * width;
    const length = numbers[from + pcLength] ?? 0;
    const kept = (numbers[from + textStart] ?? 0) + (numbers[from + headLength] ?? 0) + (numbers[from + tailLength] ?? 0);
    if (length === 0 || !sameText(view, at, this.#kept, kept, length) || view.getUint8(at + length) !== lineFeed) return 0;
    halves[row * 2 + highHalf] = numbers[from + pcHigh] ?? 0;
    halves[row * 2 + lowHalf] = numbers[from + pcLow] ?? 0;
    return at + length;
  }

  /** Offset of the arguments from the start of the first line; of a creator, of the end of its name. */
  argumentsAt(site: number): number {
    return this.#numbers[site * width + nameLength] ?? 0;
  }

  /** FrameFlag bits createdBy and hasEntryOffset. */
  flags(site: number): number {
    return this.#numbers[site * width + flagBits] ?? 0;
  }

  functionName(site: number): number {
    return this.#numbers[site * width + functionName] ?? 0;
  }

  file(site: number): number {
    return this.#numbers[site * width + file] ?? 0;
  }

  line(site: number): number {
    return this.#numbers[site * width + line] ?? 0;
  }

  entryOffset(site: number): number {
    return this.#numbers[site * width + entryOffset] ?? 0;
  }

  /** The site at `start`, 0 when it is none that is known: then it is learnt for the next time, if it is plain. */
  find(bytes: Uint8Array, view: DataView, start: number, limit: number): number {
    const feed = bytes.indexOf(lineFeed, start);
    if (feed < 0 || feed >= limit || feed - start > longestText) return 0;
    const head = headEnd(bytes, start, feed);
    if (head === 0) return 0;
    const bucket = hashOf(view, start, head);
    let site = this.#first[bucket] ?? 0;
    for (let tries = 0; site !== 0 && tries < mostAlike; tries++) {
      if (this.#numbers[site * width + headLength] === head - start && this.end(site, view, start, limit) !== 0) return site;
      site = this.#numbers[site * width + nextAlike] ?? 0;
    }
    if (site === 0) this.#learn(bytes, start, head, feed + 1, limit, bucket);
    return 0;
  }

  /** Names and files must have been read before: the first row of each is one that the reader of stacks wrote. */
  #learn(bytes: Uint8Array, start: number, head: number, below: number, limit: number, bucket: number): void {
    if (this.#count >= mostSites || !isPrintable(bytes, start, head)) return;
    const creates = bytes[head - 1] !== openParenthesis;
    const nameStart = creates ? start + createdMark.length : start;
    const nameEnd = !creates || bytes[head - 1] === space ? head - (creates ? inGoroutineMark.length : 1) : head;
    const name = this.#names.find(bytes, nameStart, nameEnd);
    if (name < 0 || !looksLikeName(bytes, nameStart, nameEnd, false)) return;
    const feed = bytes.indexOf(lineFeed, below);
    if (feed < 0 || feed >= limit || feed - below > longestText || !isPrintable(bytes, below + 1, feed)) return;
    if (!readLocation(bytes, below, feed, location) || !location.hasLine || location.indent !== 1) return;
    const path = this.#names.find(bytes, location.fileStart, location.fileEnd);
    const tail = tailEnd(bytes, location.fileEnd, feed);
    if (path < 0 || bytes[below] !== 9 || tail === 0) return;
    const site = this.#count++;
    const at = site * width;
    if (at >= this.#numbers.length) this.#numbers = wider(this.#numbers);
    const numbers = this.#numbers;
    numbers[at + headLength] = head - start;
    numbers[at + tailLength] = tail - below;
    numbers[at + textStart] = this.#keep(bytes, start, head);
    this.#keep(bytes, below, tail);
    const isPlaced = (location.flags & FrameFlag.hasPc) !== 0;
    const pc = isPlaced ? bytes.lastIndexOf(space, feed) : feed;
    this.#keep(bytes, pc, feed);
    numbers[at + pcLength] = feed - pc;
    numbers[at + pcHigh] = location.pcHigh;
    numbers[at + pcLow] = location.pcLow;
    numbers[at + nameLength] = creates ? nameEnd - start : head - start;
    numbers[at + flagBits] = (creates ? FrameFlag.createdBy : 0) | (location.flags & FrameFlag.hasEntryOffset);
    numbers[at + functionName] = this.#names.indexOf(name);
    numbers[at + file] = this.#names.indexOf(path);
    numbers[at + line] = location.line;
    numbers[at + entryOffset] = location.entryOffset;
    numbers[at + nextAlike] = this.#first[bucket] ?? 0;
    this.#first[bucket] = site;
  }

  /** Where the line of a creator ends whose head ends at `from`: behind the number of a goroutine, where its head has room for one. */
  #creatorEnd(view: DataView, from: number, limit: number): number {
    let at = from;
    let id = 0;
    for (let digit = view.getUint8(at) - zero; digit >= 0 && digit <= 9 && at < limit; digit = view.getUint8(++at) - zero)
      id = id * 10 + digit;
    const digits = at - from;
    if (view.getUint8(at) !== lineFeed || digits > mostDigits || digits > 0 !== (view.getUint8(from - 1) === space)) return 0;
    this.creatorId = id;
    return at + 1;
  }

  #keep(bytes: Uint8Array, start: number, end: number): number {
    const from = this.#used;
    this.#used += end - start;
    const room = this.#kept.byteLength;
    if (this.#used > room) {
      const grown = new Uint8Array(Math.max(room * 2, this.#used));
      grown.set(new Uint8Array(this.#kept.buffer));
      this.#kept = new DataView(grown.buffer);
    }
    new Uint8Array(this.#kept.buffer).set(bytes.subarray(start, end), from);
    return from;
  }
}

const location = emptyLocation();

/** Whether `length` bytes at `at` are those kept at `from`. No kept byte is zero, so that doubles are equal where their bytes are. */
function sameText(view: DataView, at: number, kept: DataView, from: number, length: number): boolean {
  let i = 0;
  for (; i + 8 <= length; i += 8) if (view.getFloat64(at + i, true) !== kept.getFloat64(from + i, true)) return false;
  if (i === length) return true;
  if (length >= 8) return view.getFloat64(at + length - 8, true) === kept.getFloat64(from + length - 8, true);
  for (; i < length; i++) if (view.getUint8(at + i) !== kept.getUint8(from + i)) return false;
  return true;
}

/** Where the next line starts, when `)` and a line feed are the first parenthesis and the first control byte from `from` on; else 0. */
function argumentsEnd(view: DataView, from: number, limit: number): number {
  for (let at = from; at < limit; at += 4) {
    const four = view.getInt32(at, true);
    // A byte of either parenthesis becomes zero; the usual tests for a zero byte and for one below 32 follow.
    const zeroed = (four ^ 0x28282828) & ~0x01010101;
    const found = (((zeroed - 0x01010101) & ~zeroed) | ((four - 0x20202020) & ~four)) & 0x80808080;
    if (found !== 0) {
      const place = at + ((31 - Math.clz32(found & -found)) >> 3);
      return view.getUint8(place) === closeParenthesis && view.getUint8(place + 1) === lineFeed ? place + 2 : 0;
    }
  }
  return 0;
}

/** Where the part of the line at [start, feed) ends that a site prints the same each time; 0 when it has no such part. */
function headEnd(bytes: Uint8Array, start: number, feed: number): number {
  let at = feed;
  if (bytes[start] === firstOfCreated && startsWith(bytes, start, feed, createdMark)) {
    while (isDigit(bytes[at - 1])) at--;
    if (at < feed && startsWith(bytes, at - inGoroutineMark.length, at, inGoroutineMark)) return at;
    return feed;
  }
  if (bytes[--at] !== closeParenthesis) return 0;
  do at--;
  while (at > start && bytes[at] !== openParenthesis && bytes[at] !== closeParenthesis);
  return at > start && bytes[at] === openParenthesis ? at + 1 : 0;
}

/** Where `:12[ +0x3]` ends at `from`, with the end of the line or a place behind it; else 0. */
function tailEnd(bytes: Uint8Array, from: number, feed: number): number {
  let at = from;
  if (bytes[at++] !== colon) return 0;
  const digits = at;
  while (isDigit(bytes[at])) at++;
  if (at === digits || at - digits > mostLineDigits) return 0;
  if (startsWith(bytes, at, feed, offsetMark)) {
    const hex = (at += offsetMark.length);
    while ((hexTable[bytes[at] ?? 0] ?? -1) >= 0) at++;
    if (at === hex || at - hex > mostOffsetDigits) return 0;
  }
  return at === feed || startsWith(bytes, at, feed, placeMark) ? at : 0;
}

const offsetMark = ascii(' +0x');
const placeMark = ascii(' fp=0x');

/** No control bytes, of which no kept text may have one. */
function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) < space) return false;
  return true;
}

/** Heads differ mostly before their parenthesis. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  for (let at = Math.max(start, end - 13); at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

function wider(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(numbers.length * 2);
  grown.set(numbers);
  return grown;
}
