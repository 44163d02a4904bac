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

/** Classes of bytes: the zero, other digits of decimal and of hexadecimal numbers, `x`, other letters of words, blanks, and the rest. */
const Class = { zero: 0, digit: 1, hexDigit: 2, x: 3, letter: 4, blank: 5, rest: 6 } as const;
const classes = new Uint8Array(256).fill(Class.rest);
for (let digit = 0; digit < 10; digit++) classes[48 + digit] = digit === 0 ? Class.zero : Class.digit;
for (let index = 0; index < 26; index++) classes[97 + index] = classes[65 + index] = index < 6 ? Class.hexDigit : Class.letter;
classes[95] = Class.letter;
classes[120] = Class.x;
classes[32] = classes[9] = Class.blank;

/** Values of digits. */
const digitValues = new Uint8Array(256);
for (let digit = 0; digit < 10; digit++) digitValues[48 + digit] = digit;
for (let index = 0; index < 6; index++) digitValues[97 + index] = digitValues[65 + index] = 10 + index;

const decoder = new TextDecoder();

/** More digits than 64 bits have, and lengths of machine code in one run. */
const mostHex = 16;
const fewestDecimal = 6;
const mostDecimal = 20;
const fewestCode = 10;
const mostCode = 40;
const minus = 45;
/** The longest of them and what stands before it; four pairs are shorter. */
const lookBack = mostCode + 2;

interface Hit {
  needle: Needle;
  /** Of the last byte of the number. */
  offset: number;
}

/**
 * States between two bytes: one look at a table takes a byte, so that the loop has no branch that depends on the text. A number is a run
 * of digits that no letter touches; `0x` begins it anew. Pairs of digits count as long as exactly one blank stands between them.
 */
const columns = 8;
const names = ['word', 'prefix'];
for (let pairs = 0; pairs < 4; pairs++) names.push(`gap${pairs}`, `zero${pairs}`, `one${pairs}`, `two${pairs}`);
for (const kind of ['plain', 'hex']) names.push(`${kind}3`, `${kind}4`, `${kind}5`);
names.push('hexZero', 'hex1', 'hex2');
/** Reached by the byte behind a number of five digits or more, with and without `0x`, and behind the fourth pair and those after it. */
names.push('endPlain', 'endHex', 'endPairBlank', 'endPair');
const stateOf = (name: string): number => names.indexOf(name) * columns;
const endPlain = stateOf('endPlain');
const endHex = stateOf('endHex');
const endPairBlank = stateOf('endPairBlank');
const atStart = stateOf('gap0');
const afterFourPairs = stateOf('gap3');

function transitions(): Uint8Array {
  const table = new Uint8Array(names.length * columns);
  const put = (from: string, digits: string | ((of: number) => string), x: string, blank: string, rest: string): void => {
    const row = stateOf(from);
    for (const digit of [Class.zero, Class.digit, Class.hexDigit])
      table[row + digit] = stateOf(typeof digits === 'string' ? digits : digits(digit));
    table[row + Class.x] = stateOf(x);
    table[row + Class.letter] = stateOf('word');
    table[row + Class.blank] = stateOf(blank);
    table[row + Class.rest] = stateOf(rest);
  };
  put('word', 'word', 'word', 'gap0', 'gap0');
  put('prefix', (digit) => (digit === Class.zero ? 'hexZero' : 'hex1'), 'word', 'prefix', 'prefix');
  for (let pairs = 0; pairs < 4; pairs++) {
    const next = `gap${Math.min(pairs + 1, 3)}`;
    put(`gap${pairs}`, (digit) => `${digit === Class.zero ? 'zero' : 'one'}${pairs}`, 'word', 'gap0', 'gap0');
    put(`zero${pairs}`, `two${pairs}`, 'prefix', 'gap0', 'gap0');
    put(`one${pairs}`, `two${pairs}`, 'word', 'gap0', 'gap0');
    if (pairs < 3) put(`two${pairs}`, 'plain3', 'word', next, 'gap0');
    else put(`two${pairs}`, 'plain3', 'word', 'endPairBlank', 'endPair');
  }
  put('plain3', 'plain4', 'word', 'gap0', 'gap0');
  put('plain4', 'plain5', 'word', 'gap0', 'gap0');
  put('plain5', 'plain5', 'word', 'endPlain', 'endPlain');
  put('hexZero', 'hex2', 'prefix', 'gap0', 'gap0');
  put('hex1', 'hex2', 'word', 'gap0', 'gap0');
  put('hex2', 'hex3', 'word', 'gap0', 'gap0');
  put('hex3', 'hex4', 'word', 'gap0', 'gap0');
  put('hex4', 'hex5', 'word', 'gap0', 'gap0');
  put('hex5', 'hex5', 'word', 'endHex', 'endHex');
  return table;
}

const table = transitions();

class Scanner {
  readonly #needles: NeedleSets;
  /** By set. */
  readonly hits: Hit[][];
  #state: number = atStart;
  /** The first match of bytes inside of the run of digits, by set. */
  readonly #inside = new Map<number, Needle>();

  constructor(needles: NeedleSets) {
    this.#needles = needles;
    this.hits = needles.sets.map(() => []);
  }

  /** Takes bytes [from, to); `base` is the offset of `bytes` in the text. What stands before `from` was taken already. */
  take(bytes: Uint8Array, from: number, to: number, base: number): void {
    let state = this.#state;
    for (let at = from; at < to; at++) {
      state = table[state + (classes[bytes[at] ?? 0] ?? 0)] ?? 0;
      if (state >= endPlain) state = this.#end(state, bytes, at, base);
    }
    this.#state = state;
  }

  /** The text ends as a line does. */
  finish(bytes: Uint8Array, length: number, base: number): void {
    const state = table[this.#state + Class.rest] ?? 0;
    if (state >= endPlain) this.#end(state, bytes, length, base);
  }

  /** What ends before byte `end`; gives the state behind that byte. */
  #end(state: number, bytes: Uint8Array, end: number, base: number): number {
    const { mayBe } = this.#needles;
    if (state > endHex) {
      const four =
        (byteAt(bytes, end - 11) << 24) | (byteAt(bytes, end - 8) << 16) | (byteAt(bytes, end - 5) << 8) | byteAt(bytes, end - 2);
      if (((mayBe[four & 0xffff] ?? 0) & MayBe.bytes) !== 0) this.#pairs(four, base + end);
      return state === endPairBlank ? afterFourPairs : atStart;
    }
    const low = (byteAt(bytes, end - 4) << 8) | byteAt(bytes, end - 2);
    const wanted = mayBe[low] ?? 0;
    // Machine code in one run may hold a value anywhere.
    if (wanted !== 0 || (state === endPlain && digitAt(bytes, end - fewestCode)))
      this.#number(state === endHex, bytes, end, base, wanted);
    return atStart;
  }

  #number(prefixed: boolean, bytes: Uint8Array, end: number, base: number, wanted: number): void {
    let start = end;
    let decimal = true;
    // Longer ones are neither numbers of 64 bits nor code.
    while (start > 0 && end - start <= mostCode && digitAt(bytes, start - 1)) {
      start--;
      if ((digitValues[bytes[start] ?? 0] ?? 0) > 9) decimal = false;
    }
    const digits = end - start;
    if (digits > mostCode) return;
    const isCode = !prefixed && !decimal && digits >= fewestCode;
    let high = 0;
    let low = 0;
    for (let at = start; at < end; at++) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | (digitValues[bytes[at] ?? 0] ?? 0);
      const read = at - start + 1;
      if (isCode && read >= 8 && (read & 1) === 0 && ((this.#needles.mayBe[low & 0xffff] ?? 0) & MayBe.bytes) !== 0)
        this.#lookInside(low);
    }
    const offset = base + end;
    if ((wanted & MayBe.hex) !== 0 && digits <= mostHex) this.#hex(high, low, offset);
    if ((wanted & MayBe.decimal) !== 0 && !prefixed && decimal && digits >= fewestDecimal && digits <= mostDecimal)
      this.#decimals(String.fromCharCode(...bytes.subarray(start, end)), bytes[start - 1] === minus, offset);
    if (this.#inside.size === 0) return;
    for (const [set, needle] of this.#inside) this.#hit(set, needle, offset);
    this.#inside.clear();
  }

  #lookInside(low: number): void {
    for (const set of this.#needles.ofBytes(low)) {
      const needle = this.#inside.has(set) ? undefined : this.#needles.sets[set]?.bytes(low);
      if (needle !== undefined) this.#inside.set(set, needle);
    }
  }

  #pairs(four: number, offset: number): void {
    const { sets } = this.#needles;
    for (const set of this.#needles.ofBytes(four)) this.#hit(set, sets[set]?.bytes(four), offset);
  }

  #hex(high: number, low: number, offset: number): void {
    const { sets } = this.#needles;
    for (const set of this.#needles.ofHex(low)) this.#hit(set, sets[set]?.hex(high, low), offset);
  }

  #decimals(text: string, negative: boolean, offset: number): void {
    const { sets } = this.#needles;
    for (const set of this.#needles.ofDecimal(text)) this.#hit(set, sets[set]?.decimal(text), offset);
    if (!negative) return;
    for (const set of this.#needles.ofDecimal(`-${text}`)) this.#hit(set, sets[set]?.decimal(`-${text}`), offset);
  }

  /** Of several forms at one place the first counts. */
  #hit(set: number, needle: Needle | undefined, offset: number): void {
    const hits = this.hits[set];
    if (needle === undefined || hits === undefined || hits.length >= mostSightings || hits.at(-1)?.offset === offset - 1) return;
    hits.push({ needle, offset: offset - 1 });
  }
}

/** The value of the pair of digits at `at`. */
function byteAt(bytes: Uint8Array, at: number): number {
  return ((digitValues[bytes[at] ?? 0] ?? 0) << 4) | (digitValues[bytes[at + 1] ?? 0] ?? 0);
}

function digitAt(bytes: Uint8Array, at: number): boolean {
  return at >= 0 && (classes[bytes[at] ?? 0] ?? Class.rest) <= Class.hexDigit;
}

/** For each set of needles, one sighting a line and value, in printed order. `budget` is the bytes that may still be read. */
export function sightingsIn(document: SourceDocument, needles: NeedleSets, budget: number): Sighting[][] {
  const scanner = new Scanner(needles);
  const length = Math.min(textLength(document), budget);
  // What ends in a window may begin before it.
  for (let start = 0; start < length; start += windowLength) {
    const base = Math.max(0, start - lookBack);
    const end = Math.min(length, start + windowLength);
    const bytes = textBytes(document, base, end);
    const read = Math.min(bytes.length, end - base);
    scanner.take(bytes, Math.min(start - base, read), read, base);
    if (end === length) scanner.finish(bytes, read, base);
  }
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
