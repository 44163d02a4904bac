/**
 * Stack hexdumps in the three dialects of runtime/traceback.go tracebackHexdump and runtime/print.go hexdumpWords
 * (1.10–1.16, 1.17–1.25) and runtime/hexdump.go (1.26+). Words become facts; marks and symbols stay with them.
 */
import { offsetBy, toAddress, type Address } from '../../model/address.ts';
import type { KnownWord } from '../../model/memory.ts';
import type { LineCursor } from '../cursor.ts';
import { leadingHex, skipSpace } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';

/** Dialects A and B: the address in full width, then words in full width with one character before them for a mark. */
const wordLine = /^\s{0,8}(0x)?([0-9a-f]{16}|[0-9a-f]{8}):\s+[<>!]?\s?(?:0x)?([0-9a-f]{16}|[0-9a-f]{8})(?![0-9a-f])/;
const nextWord = /\s*[<>!]?\s*(?:0x)?([0-9a-f]{16}|[0-9a-f]{8})(?![0-9a-f])(?:\s*<([^<>\s]{1,1024}\+[^<>\s]{1,32})>)?/y;
/** Dialect C: byte offsets above the columns. */
const gridHeader = /^\s+((?:[0-9a-f]\s+){15}[0-9a-f])\s+0123456789abcdef\s*$/;
/** A line of dialect C that stands alone: sixteen digits of address, then groups of eight where words are. */
const loneGridLine = /^[0-9a-f]{16}: (?:[0-9a-f]{8} [0-9a-f]{8}|\s{17}) {2}(?:[0-9a-f]{8} [0-9a-f]{8}|\s{17})(?: |$)/;
const gridLine = /^\s{0,8}([0-9a-f]{16}|[0-9a-f]{8}):\s/;
/** Long symbols are cut at the end of the line; type arguments hold blanks. */
const gridMark = /^(\s*)\^ (FP|SP|bad|<([^<>]{1,4096})>?)\s*$/;
const largestDump = 4096;

interface Dump {
  words: KnownWord[];
  wordSize: 4 | 8;
  bigEndian?: boolean;
  dialect: 'A' | 'B' | 'C';
  lines: number;
}

/** Whether line `index` opens or continues a hexdump. */
export function isHexdump(cursor: LineCursor, index: number): boolean {
  const line = cursor.line(index);
  return isGrid(line) || isWordLine(line);
}

/** The header of dialect C, or one of its lines where the header was cut away. */
function isGrid(line: string): boolean {
  return gridHeader.test(line) || loneGridLine.test(line) || gridMark.test(line);
}

function isWordLine(line: string): boolean {
  const match = wordLine.exec(line);
  return match !== null && match[2]?.length === match[3]?.length;
}

/** Reads the dump at line `index`: pushes its words and what the dialect proves; returns the lines read, 0 = no dump. */
export function readHexdump(cursor: LineCursor, index: number, sink: RecordSink): number {
  const dump = isGrid(cursor.line(index)) ? readGrid(cursor, index) : readWords(cursor, index);
  if (dump === undefined || dump.lines === 0) return 0;
  markRecognised(sink, index, dump.lines);
  const { words, wordSize, bigEndian, dialect, lines } = dump;
  sink.facts.push({
    kind: 'words',
    words,
    wordSize,
    ...(bigEndian === undefined ? {} : { bigEndian }),
    textLine: index,
  });
  const source = cursor.lineRange(index);
  const hint = hints[dialect];
  sink.facts.push({ kind: 'version-hint', from: hint.from, to: hint.to, why: hint.why, textLine: index, source });
  return lines;
}

const hints = {
  A: { from: 10, to: 16, why: 'hexdump words without 0x' },
  B: { from: 17, to: 25, why: 'hexdump words with 0x and padded symbol offsets' },
  C: { from: 26, to: null, why: 'hexdump with byte offsets above its columns' },
} as const;

/** Dialects A and B: words follow each other from the address that the line begins with. */
function readWords(cursor: LineCursor, index: number): Dump | undefined {
  const words: KnownWord[] = [];
  let at = index;
  let size = 8;
  let prefixed = false;
  for (; at < cursor.count && at - index < largestDump; at++) {
    const line = cursor.line(at);
    if (!isWordLine(line)) break;
    const colon = line.indexOf(':');
    const digits = line.slice(0, colon).trim();
    prefixed = digits.startsWith('0x');
    const width = prefixed ? digits.length - 2 : digits.length;
    if (at > index && width !== size * 2) break;
    size = width / 2;
    let address = toAddress(BigInt(prefixed ? digits : `0x${digits}`));
    nextWord.lastIndex = colon + 1;
    for (let word = nextWord.exec(line); word !== null; word = nextWord.exec(line)) {
      const text = word[1] ?? '';
      if (text.length !== width) break;
      const column = word.index + word[0].indexOf(text);
      words.push(known(cursor, at, column, text, address, word[2]));
      address = offsetBy(address, size);
    }
  }
  if (at === index) return undefined;
  return { words, wordSize: size === 4 ? 4 : 8, dialect: prefixed ? 'B' : 'A', lines: at - index };
}

function known(
  cursor: LineCursor,
  line: number,
  column: number,
  digits: string,
  address: Address,
  symbol: string | undefined,
): KnownWord {
  const word: KnownWord = {
    address,
    value: BigInt(`0x${digits.replace(' ', '')}`),
    source: cursor.columnRange(line, column, column + digits.length),
    step: 0,
  };
  if (symbol !== undefined) word.symbol = symbol;
  return word;
}

/** Dialect C: words by column, because words outside the range are blank. */
function readGrid(cursor: LineCursor, index: number): Dump | undefined {
  const header = gridHeader.exec(cursor.line(index))?.[1]?.replace(/\s+/g, '');
  const bigEndian = header?.startsWith('0123');
  const words: KnownWord[] = [];
  let size: 4 | 8 = header?.startsWith('3210') === true ? 4 : 8;
  let columns = new Map<number, KnownWord>();
  const first = header === undefined ? index : index + 1;
  let at = first;
  for (; at < cursor.count && at - index < largestDump; at++) {
    const line = cursor.line(at);
    const mark = gridMark.exec(line);
    if (mark !== null) {
      const word = columns.get(mark[1]?.length ?? 0);
      if (word !== undefined && mark[3] !== undefined) word.symbol = mark[3];
      continue;
    }
    const digits = gridLine.exec(line)?.[1];
    if (digits === undefined) break;
    if (at === first || bigEndian === true) size = digits.length === 8 ? 4 : 8;
    columns = gridWords(cursor, at, line, toAddress(BigInt(`0x${digits}`)), digits.length, size);
    words.push(...columns.values());
  }
  return { words, wordSize: size, ...(bigEndian === undefined ? {} : { bigEndian }), dialect: 'C', lines: at - index };
}

/** Words of one line, by the column of their first digit (runtime/hexdump.go: 18 + 19·k; 10, 19, 29, 38 on 32-bit). */
function gridWords(
  cursor: LineCursor,
  index: number,
  line: string,
  base: Address,
  addressWidth: number,
  size: 4 | 8,
): Map<number, KnownWord> {
  const found = new Map<number, KnownWord>();
  const first = line.indexOf(':') + 2;
  const shift = first - (addressWidth + 2);
  const places = size === 8 ? [18, 37] : [10, 19, 29, 38];
  const shape = size === 8 ? /^[0-9a-f]{8} [0-9a-f]{8}$/ : /^[0-9a-f]{8}$/;
  const width = size === 8 ? 17 : 8;
  places.forEach((place, k) => {
    const column = place + shift;
    const digits = line.slice(column, column + width);
    if (shape.test(digits)) found.set(column, known(cursor, index, column, digits, offsetBy(base, k * size), undefined));
  });
  return found;
}

/** An address of 8 or 16 digits and its colon, `0x`, a column's single digit or a mark: looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  const digits = leadingHex(cursor, index);
  if (digits < 2) return true;
  const behind = skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits;
  return (digits === 8 || digits === 16) && cursor.bytes[behind] === 58;
}

export const hexdumpReader: TextReader = {
  name: 'stack hexdump',
  begins: '0123456789abcdef^',
  recognise: (cursor, index) => mayBegin(cursor, index) && isHexdump(cursor, index),
  parse: readHexdump,
};
