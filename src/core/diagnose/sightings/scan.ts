/** One pass over the text of a document: each number in it is looked up among the needles. Linear in the text, whatever it holds. */
import { textBytes, textLength } from '../../model/bytes.ts';
import type { SourceDocument } from '../../model/document.ts';
import { originRange } from '../../model/origin.ts';
import { lineOfOffset } from '../../model/positions.ts';
import type { SourceRange } from '../../model/source.ts';
import { MayBe, type NeedleSets } from './needle-sets.ts';
import type { Needle } from './needles.ts';

export interface Sighting {
  needle: Needle;
  /** The line it stands in. */
  source: SourceRange;
  /** Its text, read when it is asked for: of most sightings it is not. */
  readonly line: string;
}

/** Bytes read at once: few, so that the loop over them is compiled early. */
const windowLength = 1 << 16;
/** Text searched of one case: what follows is not looked at. */
export const mostSearched = 64 << 20;
/** Sightings kept of one crash in one document. */
const mostSightings = 400;
/** Characters of a line that are kept. */
const longestLine = 400;

/** What a byte is: the value of a digit, a letter of a word that is none, or something else. */
const letter = 16;
const other = 17;
const classes = new Uint8Array(256).fill(other);
for (let digit = 0; digit < 10; digit++) classes[48 + digit] = digit;
for (let index = 0; index < 26; index++) classes[97 + index] = classes[65 + index] = index < 6 ? 10 + index : letter;
classes[95] = letter;

const decoder = new TextDecoder();

/** Numbers of fewer digits are below the smallest needle; more digits than 64 bits have, and lengths of machine code in one run. */
const fewestDigits = 5;
const mostHex = 16;
const fewestDecimal = 6;
const mostDecimal = 20;
const fewestCode = 10;
const mostCode = 40;
const space = 32;
const tab = 9;
const minus = 45;
const smallX = 120;

/** Bytes [from, to) of a number in decimal. */
function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

interface Hit {
  needle: Needle;
  /** Of the last byte of the number. */
  offset: number;
}

class Scanner {
  readonly #needles: NeedleSets;
  /** By set. */
  readonly hits: Hit[][];
  /** Digits read of the number in hand, and the lower and upper half of what they are in hexadecimal. */
  #digits = 0;
  #decimal = true;
  #high = 0;
  #low = 0;
  /** Within a word: nothing in it is a number. */
  #word = false;
  #prefixed = false;
  /** The first digits of a decimal number that began in an earlier window. */
  #carried = '';
  /** The byte before the number, and the last one that is no digit. */
  #before = 0;
  #previous = 0;
  /** Pairs of digits in a row, the last four of them, and the white space behind the last. */
  #pairs = 0;
  #four = 0;
  #gap = 0;
  /** The first match of bytes inside of the run of digits, by set. */
  readonly #inside = new Map<number, Needle>();

  constructor(needles: NeedleSets) {
    this.#needles = needles;
    this.hits = needles.sets.map(() => []);
  }

  /** Takes the text from `start` on. Each byte is looked at once; what spans two windows is carried in the fields. */
  take(bytes: Uint8Array, start: number): void {
    const { mayBe } = this.#needles;
    const { length } = bytes;
    let digits = this.#digits;
    let decimal = this.#decimal;
    let high = this.#high;
    let low = this.#low;
    let word = this.#word;
    let prefixed = this.#prefixed;
    let gap = this.#gap;
    let previous = this.#previous;
    /** Where the number in hand begins in this window. */
    let from = 0;
    let at = 0;
    while (at < length) {
      if (word) {
        while (at < length && (classes[bytes[at] ?? 0] ?? other) !== other) at++;
        if (at === length) break;
        this.#pairs = 0;
        digits = 0;
        decimal = true;
        prefixed = word = false;
        high = low = 0;
        this.#carried = '';
        if (this.#inside.size > 0) this.#inside.clear();
        previous = bytes[at++] ?? 0;
        gap = 2;
        continue;
      }
      let byte = bytes[at] ?? 0;
      let value = classes[byte] ?? other;
      if (value < letter) {
        if (digits === 0) {
          from = at;
          if (!prefixed) {
            this.#before = previous;
            if (gap > 1) this.#pairs = 0;
            gap = 0;
          }
        }
        do {
          digits++;
          if (value > 9) decimal = false;
          high = (high << 4) | (low >>> 28);
          low = (low << 4) | value;
          if (digits >= 8 && (digits & 1) === 0 && ((mayBe[low & 0xffff] ?? 0) & MayBe.bytes) !== 0) this.#lookInside(low);
          if (++at === length) break;
          byte = bytes[at] ?? 0;
          value = classes[byte] ?? other;
        } while (value < letter);
        if (at === length) break;
      }
      if (byte === smallX && digits === 1 && low === 0) {
        // 0x: the number begins behind it.
        prefixed = true;
        digits = 0;
        this.#carried = '';
        at++;
        continue;
      }
      if (digits > 0) {
        if (value === letter) this.#pairs = 0;
        else if (digits === 2 && !prefixed) this.#pair(low, start + at);
        else {
          this.#pairs = 0;
          if (digits >= fewestDigits) {
            const wanted = mayBe[low & 0xffff] ?? 0;
            if ((wanted & MayBe.hex) !== 0 && digits <= mostHex) this.#hex(high, low, start + at);
            if (!prefixed) {
              const isDecimal = decimal && digits >= fewestDecimal && digits <= mostDecimal;
              if ((wanted & MayBe.decimal) !== 0 && isDecimal) this.#decimals(this.#carried + ascii(bytes, from, at), start + at);
              // Machine code in one run: 48c7c5295bbc30.
              if (this.#inside.size > 0 && !decimal && digits >= fewestCode && digits <= mostCode)
                for (const [set, needle] of this.#inside) this.#hit(set, needle, start + at);
            }
          }
        }
        digits = 0;
        decimal = true;
        prefixed = false;
        high = low = 0;
        this.#carried = '';
        if (this.#inside.size > 0) this.#inside.clear();
      }
      word = value === letter;
      gap = byte === space || byte === tab ? gap + 1 : 2;
      previous = byte;
      at++;
    }
    if (digits > 0 && digits <= mostDecimal && decimal && !word) this.#carried += ascii(bytes, from, length);
    this.#digits = digits;
    this.#decimal = decimal;
    this.#high = high;
    this.#low = low;
    this.#word = word;
    this.#prefixed = prefixed;
    this.#gap = gap;
    this.#previous = previous;
  }

  #lookInside(low: number): void {
    for (const set of this.#needles.ofBytes(low)) {
      const needle = this.#inside.has(set) ? undefined : this.#needles.sets[set]?.bytes(low);
      if (needle !== undefined) this.#inside.set(set, needle);
    }
  }

  #pair(low: number, offset: number): void {
    this.#four = (this.#four << 8) | (low & 0xff);
    this.#pairs++;
    if (this.#pairs < 4) return;
    const { sets } = this.#needles;
    for (const set of this.#needles.ofBytes(this.#four)) this.#hit(set, sets[set]?.bytes(this.#four), offset);
  }

  #hex(high: number, low: number, offset: number): void {
    const { sets } = this.#needles;
    for (const set of this.#needles.ofHex(low)) this.#hit(set, sets[set]?.hex(high, low), offset);
  }

  #decimals(text: string, offset: number): void {
    const { sets } = this.#needles;
    for (const set of this.#needles.ofDecimal(text)) this.#hit(set, sets[set]?.decimal(text), offset);
    if (this.#before !== minus) return;
    const negative = `-${text}`;
    for (const set of this.#needles.ofDecimal(negative)) this.#hit(set, sets[set]?.decimal(negative), offset);
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

class LineSighting implements Sighting {
  readonly needle: Needle;
  readonly source: SourceRange;
  readonly #document: SourceDocument;
  readonly #start: number;
  readonly #end: number;

  /** Text [start, end) is the line. */
  constructor(needle: Needle, document: SourceDocument, start: number, end: number) {
    this.needle = needle;
    this.source = originRange(document.text.origin, document.id, start, end);
    this.#document = document;
    this.#start = start;
    this.#end = end;
  }

  get line(): string {
    return decoder.decode(textBytes(this.#document, this.#start, Math.min(this.#end, this.#start + longestLine))).trim();
  }
}

function sightingsOf(document: SourceDocument, hits: readonly Hit[], length: number): Sighting[] {
  const { lineStarts } = document.text;
  const found: Sighting[] = [];
  /** Values seen in the line in hand. */
  const seen = new Set<bigint>();
  let line = -1;
  for (const { needle, offset } of hits) {
    const at = lineOfOffset(lineStarts, offset);
    if (at !== line) seen.clear();
    line = at;
    if (seen.has(needle.value)) continue;
    seen.add(needle.value);
    const start = lineStarts[line] ?? 0;
    found.push(new LineSighting(needle, document, start, Math.max(start, (lineStarts[line + 1] ?? length + 1) - 1)));
  }
  return found;
}
