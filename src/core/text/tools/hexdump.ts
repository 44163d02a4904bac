/**
 * Hexdumps of files and memory: `xxd` (groups of two bytes, `-g8 -e` little-endian words), `hexdump -C`, `od -A x -t x8z`. The left
 * column counts from the beginning of the input: words are made only where it is too large to be a place in a file, from 4 GiB on. Go's
 * arenas and stacks, C's heaps and libraries lie above it.
 */
import { wordSizeOf } from '../../model/word-form.ts';
import { addressOfHalves, toAddress } from '../../model/address.ts';
import { WordRunFact, type WordColumns } from '../../model/word-columns.ts';
import type { LineCursor } from '../cursor.ts';
import { leadingHex } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { wordColumnsOf } from '../debugger/examine-run.ts';
import { lineText, offsetOf } from '../debugger/lines.ts';
import { smallHex, wide } from '../debugger/runs/number.ts';
import { sessionOf } from '../debugger/session.ts';
import { wordsOf } from '../debugger/words.ts';
import { readDigits } from './bare-hex.ts';
import { dumpRow, scanDumpRow } from './hexdump-row.ts';

const xxd =
  /^[ \t]{0,16}([0-9a-f]{8,16}): ((?:[0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{16})(?: {1,40}(?:[0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{6,16})){0,16}) {2,60}(\S.{0,32})$/;
const canonical = /^[ \t]{0,16}([0-9a-f]{8,16}) {2}((?:[0-9a-f]{2} {1,2}){1,16}) {0,50}\|(.{0,16})\|$/;
const od =
  /^[ \t]{0,16}([0-9a-f]{6,16}) ((?:[0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{2})(?: (?:[0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{2})){0,15})(?: {1,60}>(.{0,16})<)?$/;
const star = /^[ \t]{0,16}\*$/;
const length = /^[ \t]{0,16}[0-9a-f]{6,16}$/;
/** Lines of a dump that are read; a whole file is longer than it helps. */
const mostLines = 200_000;

/** Its digits are bytes [start, end) of the text. */
interface Part {
  value: bigint;
  start: number;
  end: number;
}

interface Row {
  offset: bigint;
  parts: Part[];
  /** Bytes of a part, little-endian numbers; 1 = bytes in order. */
  size: number;
}

/** The bytes of `xxd` groups stand in order; `-e` and `od` print numbers. */
function readRow(cursor: LineCursor, index: number): Row | undefined {
  const line = lineText(cursor, index).trimEnd();
  const bytewise = canonical.exec(line);
  const grouped = bytewise === null ? xxd.exec(line) : null;
  const numbers = bytewise === null && grouped === null ? od.exec(line) : null;
  const match = bytewise ?? grouped ?? numbers;
  if (match === null) return undefined;
  // A row of plain digits is od's only with the characters behind it or the next row below it.
  if (numbers !== null && numbers[3] === undefined && (numbers[2] ?? '').length < 16) return undefined;
  const from = line.indexOf(match[2] ?? '', (match[1] ?? '').length);
  const tokens = [...(match[2] ?? '').matchAll(/[0-9a-f]+/g)];
  const width = tokens[0]?.[0].length ?? 0;
  const whole = numbers !== null || width === 16;
  const parts: Part[] = [];
  for (const token of tokens) {
    const at = from + token.index;
    const part = (a: number, b: number): Part => ({
      value: BigInt(`0x${line.slice(at + a, at + b)}`),
      start: offsetOf(cursor, index, line, at + a) + cursor.base,
      end: offsetOf(cursor, index, line, at + b) + cursor.base,
    });
    if (whole) {
      if (token[0].length === width) parts.push(part(0, width));
    } else for (let digit = 0; digit + 2 <= token[0].length; digit += 2) parts.push(part(digit, digit + 2));
  }
  return { offset: BigInt(`0x${match[1] ?? '0'}`), parts, size: whole ? width / 2 : 1 };
}

/** Bytes that a row covers, to see whether the next follows it. */
function spanOf(row: Row): bigint {
  return BigInt(row.parts.length * row.size);
}

/** Reads line `index`, from bytes or by expressions; `scanned` says whether it stands in `dumpRow`. */
function look(cursor: LineCursor, index: number, sink: RecordSink): { scanned: boolean; row: Row | undefined } {
  const scanned = sink.closely !== true && scanDumpRow(cursor, index);
  return { scanned, row: scanned ? undefined : readRow(cursor, index) };
}

/** The row in `dumpRow`, as expressions give it. */
function scannedRow(cursor: LineCursor): Row {
  const { high, low, size, count, places } = dumpRow;
  const parts = Array.from({ length: count }, (_unused, index): Part => {
    const [start, end] = [places[index] ?? 0, (places[index] ?? 0) + 2 * size];
    return { value: BigInt(`0x${cursor.slice(start, end)}`), start: start + cursor.base, end: end + cursor.base };
  });
  return { offset: addressOfHalves(high, low), parts, size };
}

const wordBytes = 8;

/** Adds the words of the row in `dumpRow`; false where some lie only partly in it. */
function addWords(cursor: LineCursor, columns: WordColumns): boolean {
  const { high, low, size, count, places } = dumpRow;
  const { bytes, base } = cursor;
  if (low % wordBytes !== 0 || (count * size) % wordBytes !== 0) return false;
  const parts = wordBytes / size;
  for (let first = 0; first < count; first += parts) {
    const start = places[first] ?? 0;
    const end = (places[first + parts - 1] ?? 0) + 2 * size;
    let [valueHigh, valueLow] = [0, 0];
    if (size === 1)
      for (let part = 3; part >= 0; part--) {
        valueLow = (valueLow << 8) | byteAt(bytes, places[first + part] ?? 0);
        valueHigh = (valueHigh << 8) | byteAt(bytes, places[first + part + 4] ?? 0);
      }
    else if (size === 4) {
      readDigits(bytes, start);
      valueLow = wide.low;
      readDigits(bytes, places[first + 1] ?? 0);
      valueHigh = wide.low;
    } else {
      readDigits(bytes, start);
      [valueHigh, valueLow] = [wide.high, wide.low];
    }
    const place = low + first * size;
    const carry = place > 0xffffffff ? 1 : 0;
    columns.add((high + carry) >>> 0, place >>> 0, valueHigh >>> 0, valueLow >>> 0, start + base, end + base, 0);
  }
  return true;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return ((smallHex[bytes[at] ?? 0] ?? 0) << 4) | (smallHex[bytes[at + 1] ?? 0] ?? 0);
}

/** Adds the words that `rows` hold whole at their own addresses: what `wordsOf` gives where there is one. */
function addAligned(columns: WordColumns, rows: readonly Row[], size: number): void {
  const units = rows.flatMap(({ offset, parts }) =>
    parts.map((part, index) => ({ ...part, address: offset + BigInt(index * size) })),
  );
  const count = wordBytes / size;
  for (let at = 0; at + count <= units.length;) {
    const [first, last] = [units[at], units[at + count - 1]];
    if (first === undefined || last === undefined) return;
    if (first.address % BigInt(wordBytes) !== 0n || last.address - first.address !== BigInt((count - 1) * size)) {
      at++;
      continue;
    }
    let value = 0n;
    for (let unit = at + count - 1; unit >= at; unit--) value = (value << BigInt(8 * size)) | (units[unit]?.value ?? 0n);
    const halves = (one: bigint): [number, number] => [Number(one >> 32n), Number(one & 0xffffffffn)];
    columns.add(...halves(first.address), ...halves(value), first.start, last.end, 0);
    at += count;
  }
}

/** Rows of one dump: whole words go to columns as long as no row was met that has parts of one. */
class Dump {
  readonly #cursor: LineCursor;
  readonly #columns: WordColumns;
  readonly #wordSize: 4 | 8;
  readonly #from: number;
  /** Rows from the first on that may have parts of words. */
  readonly #rest: Row[] = [];
  #rows = 0;
  #size = 0;
  #high = 0;
  #low = 0;

  constructor(cursor: LineCursor, sink: RecordSink) {
    this.#cursor = cursor;
    this.#columns = wordColumnsOf(cursor, sink);
    this.#wordSize = wordSizeOf(sessionOf(sink).arch);
    this.#from = this.#columns.length;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  /** Takes the row in `dumpRow`; false where another dump begins with it. */
  addScanned(): boolean {
    const { high, low, size } = dumpRow;
    if (!this.#follows(high, low, size)) return false;
    if (high === 0) return true;
    if (this.#rest.length === 0 && this.#wordSize === wordBytes && addWords(this.#cursor, this.#columns)) return true;
    this.#rest.push(scannedRow(this.#cursor));
    return true;
  }

  add(row: Row): boolean {
    const high = Number(row.offset >> 32n);
    if (!this.#follows(high, Number(row.offset & 0xffffffffn), row.parts.length === 0 ? this.#size : row.size)) return false;
    if (high > 0) this.#rest.push(row);
    return true;
  }

  /** Offsets that fall are those of another dump. */
  #follows(high: number, low: number, size: number): boolean {
    if (this.#rows > 0) {
      if (high < this.#high || (high === this.#high && low <= this.#low) || size !== this.#size) return false;
    } else this.#size = size;
    this.#rows++;
    this.#high = high;
    this.#low = low;
    return true;
  }

  push(sink: RecordSink, index: number): void {
    const [columns, wordSize, from] = [this.#columns, this.#wordSize, this.#from];
    if (columns.length > from) {
      addAligned(columns, this.#rest, this.#size);
      sink.facts.push(new WordRunFact(index, wordSize, { columns, from, to: columns.length, step: sink.step }));
      return;
    }
    const { base } = this.#cursor;
    const placed = this.#rest.map(({ offset, parts }) => ({
      address: toAddress(offset),
      parts: parts.map(({ value, start, end }) => ({ value, source: this.#cursor.range(start - base, end - base) })),
    }));
    const words = placed.length === 0 ? [] : wordsOf(placed, this.#size, wordSize, sink.step);
    if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
  }
}

export const fileHexdumpReader: TextReader = {
  name: 'hexdump of a file',
  begins: '0123456789abcdef',
  accepts: ({ digits }) => digits >= 6,
  recognise(cursor, index, sink) {
    if (leadingHex(cursor, index) < 6) return false;
    const { scanned, row } = look(cursor, index, sink);
    if (scanned && dumpRow.hasText) return true;
    const first = scanned ? scannedRow(cursor) : row;
    if (first === undefined) return false;
    const line = lineText(cursor, index).trimEnd();
    if (/[|<]$/.test(line) || xxd.test(line)) return true;
    const next = look(cursor, index + 1, sink);
    return (next.scanned ? scannedRow(cursor) : next.row)?.offset === first.offset + spanOf(first);
  },
  parse(cursor, index, sink) {
    const dump = new Dump(cursor, sink);
    let next = index;
    for (; next < cursor.count && next - index < mostLines; next++) {
      if (sink.closely !== true && scanDumpRow(cursor, next)) {
        if (!dump.addScanned()) break;
        continue;
      }
      const row = readRow(cursor, next);
      if (row !== undefined) {
        if (!dump.add(row)) break;
      } else if (dump.isEmpty || !(star.test(lineText(cursor, next)) || length.test(lineText(cursor, next)))) break;
    }
    if (dump.isEmpty) return 0;
    dump.push(sink, index);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
