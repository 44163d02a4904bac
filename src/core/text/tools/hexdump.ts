/**
 * Hexdumps of files and memory: `xxd` (groups of two bytes, `-g8 -e` little-endian words), `hexdump -C`, `od -A x -t x8z`. The left
 * column counts from the beginning of the input: words are made only where it is too large to be a place in a file.
 */
import { wordSizeOf } from '../../model/word-form.ts';
import { toAddress } from '../../model/address.ts';
import type { LineCursor } from '../cursor.ts';
import { leadingHex } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { columns, lineText } from '../debugger/lines.ts';
import { sessionOf } from '../debugger/session.ts';
import { wordsOf, type Part } from '../debugger/words.ts';

/** Go's arenas and stacks, C's heaps and libraries lie above it; offsets in files lie below. */
const lowestAddress = 1n << 32n;

const xxd =
  /^[ \t]{0,16}([0-9a-f]{8,16}): ((?:[0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{16})(?: {1,40}(?:[0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{6,16})){0,16}) {2,60}(\S.{0,32})$/;
const canonical = /^[ \t]{0,16}([0-9a-f]{8,16}) {2}((?:[0-9a-f]{2} {1,2}){1,16}) {0,50}\|(.{0,16})\|$/;
const od =
  /^[ \t]{0,16}([0-9a-f]{6,16}) ((?:[0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{2})(?: (?:[0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{2})){0,15})(?: {1,60}>(.{0,16})<)?$/;
const star = /^[ \t]{0,16}\*$/;
const length = /^[ \t]{0,16}[0-9a-f]{6,16}$/;
/** Lines of a dump that are read; a whole file is longer than it helps. */
const mostLines = 200_000;

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
    const source = (a: number, b: number) => columns(cursor, index, line, at + a, at + b);
    if (whole) {
      if (token[0].length === width) parts.push({ value: BigInt(`0x${token[0]}`), source: source(0, width) });
    } else
      for (let digit = 0; digit + 2 <= token[0].length; digit += 2)
        parts.push({ value: BigInt(`0x${token[0].slice(digit, digit + 2)}`), source: source(digit, digit + 2) });
  }
  return { offset: BigInt(`0x${match[1] ?? '0'}`), parts, size: whole ? width / 2 : 1 };
}

/** Bytes that a row covers, to see whether the next follows it. */
function spanOf(row: Row): bigint {
  return BigInt(row.parts.length * row.size);
}

export const fileHexdumpReader: TextReader = {
  name: 'hexdump of a file',
  begins: '0123456789abcdef',
  accepts: ({ digits }) => digits >= 6,
  recognise(cursor, index) {
    if (leadingHex(cursor, index) < 6) return false;
    const row = readRow(cursor, index);
    if (row === undefined) return false;
    if (/[|<]$/.test(lineText(cursor, index).trimEnd()) || xxd.test(lineText(cursor, index).trimEnd())) return true;
    return readRow(cursor, index + 1)?.offset === row.offset + spanOf(row);
  },
  parse(cursor, index, sink) {
    const rows: Row[] = [];
    let next = index;
    for (; next < cursor.count && next - index < mostLines; next++) {
      const row = readRow(cursor, next);
      if (row !== undefined) {
        const last = rows.at(-1);
        // Offsets that fall are those of another dump.
        if (last !== undefined && row.offset <= last.offset) break;
        if (rows[0] !== undefined && row.size !== rows[0].size && row.parts.length > 0) break;
        rows.push(row);
      } else if (rows.length === 0 || !(star.test(lineText(cursor, next)) || length.test(lineText(cursor, next)))) break;
    }
    const [first] = rows;
    if (first === undefined) return 0;
    const placed = rows.flatMap(({ offset, parts }) => (offset < lowestAddress ? [] : [{ address: toAddress(offset), parts }]));
    if (placed.length > 0) {
      const wordSize = wordSizeOf(sessionOf(sink).arch);
      const words = wordsOf(placed, first.size, wordSize, sink.step);
      if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
