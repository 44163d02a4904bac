/**
 * Places in the program, as two lines of a dump print them: `name(` … `)` and `⇥file:line[ +0x…]`, or `created by name in
 * goroutine ` … and the same. A dump repeats a few hundred of them a million times. A place that was read once is known again
 * by comparing its two texts, eight bytes at a time, and no number in it is read twice.
 */
import { FrameFlag } from '../../model/goroutine.ts';
import { hexTable, startsWith } from '../bytes.ts';
import { highHalf, lowHalf } from '../../model/halves.ts';
import type { NameTable } from '../names.ts';
import { looksLikeName } from './call.ts';
import {
  argumentsEnd,
  colon,
  controlAt,
  createdMark,
  endsTail,
  hashOf,
  headEnd,
  inGoroutineMark,
  isPrintable,
  lineFeed,
  mostLineDigits,
  mostOffsetDigits,
  offsetMark,
  openParenthesis,
  sameText,
  space,
  tailEnd,
  zero,
} from './frame-text.ts';
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
/** The next site with the same head. */
const nextSite = 8;
/** ` pc=0x…` that stood behind it, kept behind its tail; 0 = none. */
const pcLength = 9;
const pcHigh = 10;
const pcLow = 11;
/** Bytes of `created by name` that come before the end of the name. */
const nameLength = 12;
/** Bytes of the tail before the colon. */
const fileLength = 13;

/** Numbers of a head, in this order. */
const headWidth = 4;
const hash = 0;
const firstSite = 1;
const siteCount = 2;

/** Longer texts are left to the reader of stacks. */
const longestText = 1 << 12;
/** Beyond, what is new is left to the reader of stacks. */
const mostHeads = 1 << 15;
/** Sites of one head, as a log of many programs and releases has; the numbers of further ones are read each time. */
const mostAlike = 64;
/** Heads that are compared for one line, at most. */
const mostTries = 64;
/** Numbers of goroutines that a double holds exactly. */
const mostDigits = 15;
/** Bytes of `:12 +0x3` and what is looked at behind it. */
const longestNumbers = 32;
/** Room at first: tables grow before the engine compiles what uses them, which would take them for constant. */
const fewSites = 16;
/** The site whose numbers were read just now. */
const passing = 1;

export class FrameSites {
  readonly #names: NameTable;
  /** Site 0 is none: it is longer than any text. */
  #numbers = new Int32Array(fewSites * width);
  #count = 2;
  /** Head 0 is none. */
  #heads = new Int32Array(fewSites * headWidth);
  #headCount = 1;
  /** Open addressing: slot → head. The size is a power of two, at most half full. */
  #slots = new Int32Array(fewSites * 2);
  #kept = new DataView(new ArrayBuffer(fewSites * 64));
  #used = 0;
  /** Where the second line of the site starts that was compared or found last. */
  below = 0;
  /** Where the text of the site ends that was found last. */
  found = 0;
  /** The goroutine that the creator compared last was in; 0 = not printed. */
  creatorId = 0;

  constructor(names: NameTable) {
    this.#names = names;
    this.#numbers[headLength] = 0x7fffffff;
    this.#numbers[passing * width + headLength] = 0x7fffffff;
  }

  /** Another text: sites of the one before may print other numbers. */
  clear(): void {
    this.#count = 2;
    this.#headCount = 1;
    this.#slots.fill(0);
    this.#used = 0;
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
    const end = below === 0 ? 0 : this.#tailEnd(site, view, below, limit);
    if (end !== 0) this.below = below;
    return end;
  }

  /** Where the second line of `site` ends that begins at `below`, as far as a site prints it; 0 when it does not stand there. */
  #tailEnd(site: number, view: DataView, below: number, limit: number): number {
    const numbers = this.#numbers;
    const at = site * width;
    const tail = numbers[at + tailLength] ?? 0;
    const kept = (numbers[at + textStart] ?? 0) + (numbers[at + headLength] ?? 0);
    if (below + tail > limit || !sameText(view, below, this.#kept, kept, tail)) return 0;
    return endsTail(view, below + tail) ? below + tail : 0;
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

  /**
   * The site at `start`, which ends at `found`; 0 when it is none that is known: then it is learnt for the next time, if it is plain.
   * One that is good for once only is no guess (`isPassing`).
   */
  find(bytes: Uint8Array, view: DataView, start: number, limit: number): number {
    const feed = controlAt(view, start, limit);
    if (feed === 0 || view.getUint8(feed) !== lineFeed || feed - start > longestText) return 0;
    const past = headEnd(bytes, start, feed);
    if (past === 0) return 0;
    const hashed = hashOf(view, start, past);
    const slot = this.#slotOf(view, start, past - start, hashed);
    const head = slot < 0 ? 0 : (this.#slots[slot] ?? 0);
    if (head === 0) {
      if (slot >= 0 && this.#headCount < mostHeads) this.#learn(bytes, start, past, feed + 1, limit, hashed, slot);
      return 0;
    }
    if (bytes[past - 1] !== openParenthesis && this.#creatorEnd(view, past, limit) === 0) return 0;
    const heads = this.#heads;
    const first = heads[head * headWidth + firstSite] ?? 0;
    this.below = feed + 1;
    for (let site = first, before = 0; site !== 0; before = site, site = this.#numbers[site * width + nextSite] ?? 0) {
      this.found = this.#tailEnd(site, view, feed + 1, limit);
      if (this.found === 0) continue;
      if (before !== 0) this.#toFront(head, site, before);
      return site;
    }
    const alike = heads[head * headWidth + siteCount] ?? 0;
    if (alike >= mostAlike) return this.#pass(first, bytes, view, feed + 1, limit);
    const site = this.#addSite(bytes, start, past, feed + 1, limit);
    if (site !== 0) {
      this.#numbers[site * width + nextSite] = first;
      heads[head * headWidth + firstSite] = site;
      heads[head * headWidth + siteCount] = alike + 1;
    }
    return 0;
  }

  /** Puts `site` before all of its head: the program that printed it goes on. */
  #toFront(head: number, site: number, before: number): void {
    const numbers = this.#numbers;
    numbers[before * width + nextSite] = numbers[site * width + nextSite] ?? 0;
    numbers[site * width + nextSite] = this.#heads[head * headWidth + firstSite] ?? 0;
    this.#heads[head * headWidth + firstSite] = site;
  }

  isPassing(site: number): boolean {
    return site === passing;
  }

  /** The slot of a head, or an empty one for it; -1 after too many others. */
  #slotOf(view: DataView, start: number, length: number, hashed: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let tries = 0, slot = hashed & mask; tries < mostTries; tries++, slot = (slot + 1) & mask) {
      const head = slots[slot] ?? 0;
      if (head === 0) return slot;
      if (this.#heads[head * headWidth + hash] !== hashed) continue;
      const site = (this.#heads[head * headWidth + firstSite] ?? 0) * width;
      if (this.#numbers[site + headLength] !== length) continue;
      if (sameText(view, start, this.#kept, this.#numbers[site + textStart] ?? 0, length)) return slot;
    }
    return -1;
  }

  /** A site like one of those from `first` on, in the same file, with the numbers at `below`; 0 where they are not there. */
  #pass(first: number, bytes: Uint8Array, view: DataView, below: number, limit: number): number {
    const numbers = this.#numbers;
    let like = first;
    while (like !== 0 && !this.#isInFile(like, bytes, view, below, limit)) like = numbers[like * width + nextSite] ?? 0;
    if (like === 0) return 0;
    const from = like * width;
    let at = below + (numbers[from + fileLength] ?? 0) + 1;
    const digits = at;
    let number = 0;
    for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero) {
      if (at - digits >= mostLineDigits) return 0;
      number = number * 10 + digit;
    }
    if (at === digits) return 0;
    let offset = 0;
    let flags = (numbers[from + flagBits] ?? 0) & FrameFlag.createdBy;
    if (startsWith(bytes, at, limit, offsetMark)) {
      const hex = (at += offsetMark.length);
      for (let digit = hexTable[bytes[at] ?? 0] ?? -1; digit >= 0; digit = hexTable[bytes[++at] ?? 0] ?? -1) {
        if (at - hex >= mostOffsetDigits) return 0;
        offset = (offset << 4) | digit;
      }
      if (at === hex) return 0;
      flags |= FrameFlag.hasEntryOffset;
    }
    if (!endsTail(view, at)) return 0;
    const to = passing * width;
    numbers[to + flagBits] = flags;
    numbers[to + functionName] = numbers[from + functionName] ?? 0;
    numbers[to + file] = numbers[from + file] ?? 0;
    numbers[to + line] = number;
    numbers[to + entryOffset] = offset;
    numbers[to + nameLength] = numbers[from + nameLength] ?? 0;
    this.found = at;
    return passing;
  }

  /** Does the file of `site`, and a colon, stand at `below`? */
  #isInFile(site: number, bytes: Uint8Array, view: DataView, below: number, limit: number): boolean {
    const numbers = this.#numbers;
    const from = site * width;
    const path = numbers[from + fileLength] ?? 0;
    if (bytes[below + path] !== colon || below + path + longestNumbers > limit) return false;
    return sameText(view, below, this.#kept, (numbers[from + textStart] ?? 0) + (numbers[from + headLength] ?? 0), path);
  }

  #learn(bytes: Uint8Array, start: number, past: number, below: number, limit: number, hashed: number, slot: number): void {
    const site = this.#addSite(bytes, start, past, below, limit);
    if (site === 0) return;
    const head = this.#headCount++;
    if ((head + 1) * headWidth > this.#heads.length) this.#heads = wider(this.#heads);
    this.#heads[head * headWidth + hash] = hashed;
    this.#heads[head * headWidth + firstSite] = site;
    this.#heads[head * headWidth + siteCount] = 1;
    this.#slots[slot] = head;
    if (head * 2 < this.#slots.length) return;
    const slots = (this.#slots = new Int32Array(this.#slots.length * 2));
    for (let one = 1; one < this.#headCount; one++) {
      let at = (this.#heads[one * headWidth + hash] ?? 0) & (slots.length - 1);
      while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
      slots[at] = one;
    }
  }

  /** A new site, 0 where it is not plain. Names and files must have been read before: the first row of each is one that the reader of stacks wrote. */
  #addSite(bytes: Uint8Array, start: number, head: number, below: number, limit: number): number {
    if (!isPrintable(bytes, start, head)) return 0;
    const creates = bytes[head - 1] !== openParenthesis;
    const nameStart = creates ? start + createdMark.length : start;
    const nameEnd = !creates || bytes[head - 1] === space ? head - (creates ? inGoroutineMark.length : 1) : head;
    const name = this.#names.find(bytes, nameStart, nameEnd);
    if (name < 0 || !looksLikeName(bytes, nameStart, nameEnd, false)) return 0;
    const feed = bytes.indexOf(lineFeed, below);
    if (feed < 0 || feed >= limit || feed - below > longestText || !isPrintable(bytes, below + 1, feed)) return 0;
    if (!readLocation(bytes, below, feed, location) || !location.hasLine || location.indent !== 1) return 0;
    const path = this.#names.find(bytes, location.fileStart, location.fileEnd);
    const tail = tailEnd(bytes, location.fileEnd, feed);
    if (path < 0 || bytes[below] !== 9 || tail === 0) return 0;
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
    numbers[at + fileLength] = location.fileEnd - below;
    numbers[at + flagBits] = (creates ? FrameFlag.createdBy : 0) | (location.flags & FrameFlag.hasEntryOffset);
    numbers[at + functionName] = this.#names.indexOf(name);
    numbers[at + file] = this.#names.indexOf(path);
    numbers[at + line] = location.line;
    numbers[at + entryOffset] = location.entryOffset;
    numbers[at + nextSite] = 0;
    return site;
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

function wider(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(numbers.length * 2);
  grown.set(numbers);
  return grown;
}
