/** One pass over the text of a document: each number in it is looked up among the needles. Linear in the text, whatever it holds. */
import { textBytes, textLength } from '../../model/bytes.ts';
import type { SourceDocument } from '../../model/document.ts';
import { originRange } from '../../model/origin.ts';
import { lineOfOffset } from '../../model/positions.ts';
import type { SourceRange } from '../../model/source.ts';
import type { NeedleSets } from './needle-sets.ts';
import type { Needle } from './needles.ts';

export interface Sighting {
  needle: Needle;
  /** The line it stands in. */
  source: SourceRange;
  line: string;
}

/** Bytes read at once. */
const windowLength = 1 << 20;
/** Text searched of one case: what follows is not looked at. */
export const mostSearched = 64 << 20;
/** Sightings kept of one crash in one document. */
const mostSightings = 400;
/** Characters of a line that are kept. */
const longestLine = 400;

/** Digit values; 16 for letters of words, 17 for everything else. */
const classes = new Uint8Array(256).fill(17);
for (let digit = 0; digit < 10; digit++) classes[48 + digit] = digit;
for (let letter = 0; letter < 26; letter++) {
  classes[97 + letter] = letter < 6 ? 10 + letter : 16;
  classes[65 + letter] = letter < 6 ? 10 + letter : 16;
}
classes[95] = 16;

const decoder = new TextDecoder();

/** Numbers of fewer digits are below the smallest needle. */
const fewestDigits = 5;
const space = 32;
const tab = 9;
const minus = 45;

class Scanner {
  readonly #needles: NeedleSets;
  /** By set. */
  readonly hits: { needle: Needle; offset: number }[][];
  #digits = 0;
  #decimal = true;
  #word = false;
  #prefixed = false;
  #high = 0;
  #low = 0;
  #text = '';
  #before = 0;
  #previous = 0;
  #pairs = 0;
  #four = 0;
  #gap = 0;
  /** The first match of bytes inside of the run of digits, by set. */
  readonly #inside = new Map<number, Needle>();

  constructor(needles: NeedleSets) {
    this.#needles = needles;
    this.hits = needles.sets.map(() => []);
  }

  take(bytes: Uint8Array, start: number): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const value = classes[byte] ?? 17;
      if (value < 16) this.#digit(value, byte);
      else {
        if (byte === 120 && this.#digits === 1 && this.#low === 0) {
          // 0x: the number begins behind it.
          this.#prefixed = true;
          this.#digits = 0;
          this.#text = '';
          continue;
        }
        if (this.#digits > 0 || this.#word) this.#end(start + at, value === 16);
        this.#word = value === 16;
        this.#gap = byte === space || byte === tab ? this.#gap + 1 : 2;
        this.#previous = byte;
      }
    }
  }

  #digit(value: number, byte: number): void {
    if (this.#digits === 0 && !this.#prefixed) {
      this.#before = this.#previous;
      if (this.#gap > 1) this.#pairs = 0;
      this.#gap = 0;
    }
    this.#digits++;
    if (value > 9) this.#decimal = false;
    this.#high = (this.#high << 4) | (this.#low >>> 28);
    this.#low = (this.#low << 4) | value;
    if (this.#decimal && this.#digits <= 20) this.#text += String.fromCharCode(byte);
    if (this.#digits >= 8 && (this.#digits & 1) === 0) this.#lookInside();
  }

  #lookInside(): void {
    for (const set of this.#needles.ofBytes(this.#low)) {
      const needle = this.#inside.has(set) ? undefined : this.#needles.sets[set]?.bytes(this.#low);
      if (needle !== undefined) this.#inside.set(set, needle);
    }
  }

  #end(offset: number, inWord: boolean): void {
    const plain = !inWord && !this.#word;
    const digits = this.#digits;
    if (plain && digits >= fewestDigits) this.#number(offset);
    if (plain && digits === 2 && !this.#prefixed) {
      this.#four = (this.#four << 8) | (this.#low & 0xff);
      this.#pairs++;
      if (this.#pairs >= 4)
        for (const set of this.#needles.ofBytes(this.#four)) this.#hit(set, this.#needles.sets[set]?.bytes(this.#four), offset);
    } else this.#pairs = 0;
    this.#digits = 0;
    this.#decimal = true;
    this.#prefixed = false;
    this.#high = 0;
    this.#low = 0;
    this.#text = '';
    if (this.#inside.size > 0) this.#inside.clear();
  }

  /** A number of enough digits ends: one hit for each set that looks for it, in whatever form comes first. */
  #number(offset: number): void {
    const digits = this.#digits;
    const isDecimal = this.#decimal && !this.#prefixed && digits >= 6 && digits <= 20;
    // Machine code in one run: 48c7c5295bbc30.
    const isCode = !this.#prefixed && digits >= 10 && digits <= 40 && !this.#decimal;
    const negative = isDecimal && this.#before === minus ? `-${this.#text}` : undefined;
    const { sets } = this.#needles;
    const asHex = digits <= 16 ? this.#needles.ofHex(this.#low) : [];
    for (const set of asHex) this.#hit(set, sets[set]?.hex(this.#high, this.#low), offset);
    if (isDecimal) for (const set of this.#needles.ofDecimal(this.#text)) this.#hit(set, sets[set]?.decimal(this.#text), offset);
    if (negative !== undefined)
      for (const set of this.#needles.ofDecimal(negative)) this.#hit(set, sets[set]?.decimal(negative), offset);
    if (isCode) for (const [set, needle] of this.#inside) this.#hit(set, needle, offset);
  }

  /** Of several forms at one place the first counts. */
  #hit(set: number, needle: Needle | undefined, offset: number): void {
    const hits = this.hits[set];
    if (needle === undefined || hits === undefined || hits.length >= mostSightings || hits.at(-1)?.offset === offset - 1) return;
    hits.push({ needle, offset: offset - 1 });
  }
}

/** For each set of needles, one sighting a line and value, in printed order. `budget` is the bytes that may still be read. */
export function sightingsIn(document: SourceDocument, needles: NeedleSets, budget: number): Sighting[][] {
  const scanner = new Scanner(needles);
  const length = Math.min(textLength(document), budget);
  for (let start = 0; start < length; start += windowLength)
    scanner.take(textBytes(document, start, Math.min(length, start + windowLength)), start);
  scanner.take(Uint8Array.of(10), length);
  return scanner.hits.map((hits) => sightingsOf(document, hits, length));
}

function sightingsOf(document: SourceDocument, hits: readonly { needle: Needle; offset: number }[], length: number): Sighting[] {
  const { lineStarts, origin } = document.text;
  const found: Sighting[] = [];
  const seen = new Set<string>();
  for (const { needle, offset } of hits) {
    const line = lineOfOffset(lineStarts, offset);
    const key = `${String(line)} ${needle.value.toString(16)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const start = lineStarts[line] ?? 0;
    const end = Math.max(start, (lineStarts[line + 1] ?? length + 1) - 1);
    const text = decoder.decode(textBytes(document, start, Math.min(end, start + longestLine))).trim();
    found.push({ needle, source: originRange(origin, document.id, start, end), line: text });
  }
  return found;
}
