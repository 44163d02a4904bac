/**
 * Frames of known places: a session prints the same stacks again and again, so the function behind another one is mostly the one that stood
 * there the last time. Its name and file are compared, four bytes at a time, where others are looked for and looked up.
 */
import { FrameFlag } from '../../../model/goroutine.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';
import type { StringTable } from '../../../model/columns.ts';
import type { LineCursor } from '../../cursor.ts';
import type { FrameWriter } from '../../frames/writer.ts';
import { namesOf, type NameTable } from '../../names.ts';
import { frameRow, ofArguments } from './frame-row.ts';
import { smallHex } from './number.ts';

const mostDigits = 7;
const mostHexDigits = 16;
const lineFeed = 10;
const space = 32;
const quote = 34;
const hash = 35;
const apostrophe = 39;
const open = 40;
const close = 41;
const zero = 48;
const colon = 58;
const less = 60;
const letterN = 110;
const letterX = 120;
/** ` in ` and ` at ` as `DataView.getInt32` reads them in little-endian order. */
const inMark = 0x206e6920;
const atMark = 0x20746120;
/** Places that are remembered: as many as functions of a large program that stand in its stacks. */
const mostPlaces = 1 << 15;
/** Room at first: tables grow before the engine compiles what uses them, which would take them for constant. */
const fewPlaces = 16;

export class KnownFrames {
  readonly #names: NameTable;
  /** By entry of a printed name in the name table: its place. */
  #placeOf = new Uint32Array(fewPlaces);
  /** By place; 0 is where stacks begin. */
  #nameEntry = new Uint32Array(fewPlaces);
  #name = new Uint32Array(fewPlaces);
  #fileEntry = new Uint32Array(fewPlaces);
  #file = new Uint32Array(fewPlaces);
  #behind = new Uint32Array(fewPlaces);
  #count = 1;
  #last = 0;
  /** Level of the frame read last. */
  level = -1;

  constructor(strings: StringTable) {
    this.#names = namesOf(strings);
  }

  /** A stack begins. */
  begin(): void {
    this.#last = 0;
    this.level = -1;
  }

  /**
   * Writes the frames from line `index` on as long as each is where one stood before, with a pc and on a line of its own, and their levels
   * rise; returns the line behind. The arguments of the last one are in `frameRow`.
   */
  read(cursor: LineCursor, index: number, writer: FrameWriter): number {
    const names = this.#names;
    let next = index;
    for (; next < cursor.count; next++) {
      const place = this.#behind[this.#last] ?? 0;
      if (place === 0) break;
      let at = cursor.start(next);
      const { bytes, view, base, lineStarts } = cursor;
      const end = (lineStarts[next + 1] ?? 0) - base - 1;
      if (bytes[at] !== hash) break;
      const digits = ++at;
      let level = 0;
      for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero)
        level = level * 10 + digit;
      if (at === digits || at - digits > mostDigits || level <= this.level || bytes[at] !== space) break;
      while (bytes[at] === space) at++;
      if (bytes[at] !== zero || bytes[at + 1] !== letterX) break;
      at += 2;
      const first = at;
      let high = 0;
      let low = 0;
      for (let digit = smallHex[bytes[at] ?? 0] ?? -1; digit >= 0; digit = smallHex[bytes[++at] ?? 0] ?? -1) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | digit;
      }
      if (at === first || at - first > mostHexDigits) break;
      const nameEntry = this.#nameEntry[place] ?? 0;
      const fileEntry = this.#fileEntry[place] ?? 0;
      const fileLength = names.lengthOf(fileEntry);
      const opened = at + 5 + names.lengthOf(nameEntry);
      // The shortest rest is `() at file:1`.
      if (opened + 8 + fileLength > end || view.getInt32(at, true) !== inMark) break;
      if (bytes[opened] !== open || bytes[opened - 1] !== space || !names.standsAt(nameEntry, view, at + 4)) break;
      at = opened + 1;
      for (;;) {
        while (ofArguments[bytes[at] ?? 0] === 1) at++;
        const byte = bytes[at];
        // `Python Exception <…>: ` may stand anywhere.
        const isFit =
          byte === less ? bytes[at - 1] !== space || bytes[at - 2] !== letterN : byte === quote || byte === apostrophe;
        if (!isFit) break;
        at++;
      }
      const closed = at;
      const feed = closed + 5 + fileLength;
      if (bytes[closed] !== close || feed + 2 > end || view.getInt32(closed + 1, true) !== atMark) break;
      if (bytes[feed] !== colon || !names.standsAt(fileEntry, view, closed + 5)) break;
      at = feed + 1;
      let line = 0;
      for (let digit = (bytes[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - zero)
        line = line * 10 + digit;
      if (at !== end || at - feed - 1 > mostDigits || bytes[end] !== lineFeed) break;
      const row = writer.addRow(cursor, next);
      const { data, pc } = writer;
      data.functionName[row] = this.#name[place] ?? 0;
      data.file[row] = this.#file[place] ?? 0;
      data.line[row] = line;
      data.flags[row] = FrameFlag.hasPc;
      pc[row * 2 + highHalf] = high;
      pc[row * 2 + lowHalf] = low;
      if (closed > opened + 1) {
        data.argumentStart[row] = opened + 1 + base;
        data.argumentEnd[row] = closed + base;
      }
      this.level = level;
      this.#last = place;
      if (level === 0) {
        frameRow.argumentStart = opened + 1;
        frameRow.argumentEnd = closed;
        return next + 1;
      }
    }
    return next;
  }

  /** The frame in `frameRow`, of which the function's name is `name`, stands behind the one read before. */
  learn(cursor: LineCursor, name: number): void {
    const { nameStart, nameEnd, fileStart, fileEnd, isLibrary, level } = frameRow;
    this.level = level;
    if (name <= 0 || isLibrary || fileEnd <= fileStart) return;
    const names = this.#names;
    const entry = names.find(cursor.bytes, nameStart, nameEnd);
    const fileEntry = names.find(cursor.bytes, fileStart, fileEnd);
    if (entry < 0 || fileEntry < 0) return;
    if (entry >= this.#placeOf.length) this.#placeOf = wider(this.#placeOf, entry + 1);
    let place = this.#placeOf[entry] ?? 0;
    if (place === 0) {
      if (this.#count === mostPlaces) return;
      place = this.#count++;
      if (place === this.#name.length) this.#grow();
      this.#placeOf[entry] = place;
      this.#nameEntry[place] = entry;
      this.#name[place] = name;
    }
    this.#fileEntry[place] = fileEntry;
    this.#file[place] = names.indexOf(fileEntry);
    this.#behind[this.#last] = place;
    this.#last = place;
  }

  #grow(): void {
    this.#nameEntry = wider(this.#nameEntry, 0);
    this.#name = wider(this.#name, 0);
    this.#fileEntry = wider(this.#fileEntry, 0);
    this.#file = wider(this.#file, 0);
    this.#behind = wider(this.#behind, 0);
  }
}

function wider(column: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(Math.max(column.length * 2, least));
  grown.set(column);
  return grown;
}
