/** Output of `x/…`: values by address, in every size, joined low part first to 64-bit words; strings and unreadable places. */
import { wordSizeOf } from '../../model/word-form.ts';
import { parseAddress } from '../../model/address.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { examinationOf } from './examine-command.ts';
import { readFormRows } from './examine-forms.ts';
import { beginsRow, readPlainRow, type Row } from './examine-row.ts';
import { bytesOf, columns, firstByte, lineText } from './lines.ts';
import { sharedOf } from './runs/shared.ts';
import { readWordRows } from './runs/word-rows.ts';
import { parseNumber, sessionOf, teachSymbol } from './session.ts';
import { printedFields } from './print-value.ts';
import { wordsOf, type Part } from './words.ts';

/** gdb prints the address without leading zeros: rows of the runtime's hexdump have all sixteen digits. */
const row = /^[ \t]{0,16}(0x(?:0|[1-9a-f][0-9a-f]{0,15}))(?: <([^\t]{1,400}?)>)?:[ \t]+(\S.*)$/;
const token =
  /(-?0x[0-9a-f]{1,16}|0(?!\d)|-?[1-9]\d{0,19})(?: <([^<>\t]{1,400}(?:<[^<>\t]{0,100}>[^<>\t]{0,100})?)>)?(?=[ \t]|$)/y;
const unreadable = /Cannot access memory at address (0x[0-9a-f]{1,16})/;
const text = /^(?:"|<error: |u"|U")/;
const other = /^(?:'|-?\d+\.\d|[01]{8,64}(?=[ \t]|$)|-?\d{1,3} ')/;
const zero = bytesOf('0');

/** Appends the values of line `index` from column `at` on; false when something else than numbers stands there. */
function readValues(cursor: LineCursor, index: number, at: number, found: Row): boolean {
  const line = lineText(cursor, index).trimEnd();
  while (at < line.length) {
    if (line.startsWith('Cannot access memory', at)) {
      found.cut = true;
      return true;
    }
    token.lastIndex = at;
    const value = token.exec(line);
    const number = value === null ? undefined : parseNumber(value[1] ?? '');
    if (value === null || number === undefined) return false;
    const printed = value[1] ?? '';
    const digits = printed.startsWith('0x') ? printed.length - 2 : 0;
    if (found.parts.length === 0) found.digits = digits;
    if (digits !== found.digits || ![2, 4, 8, 16].includes(digits) || value[2] !== undefined) found.unsized = true;
    found.parts.push({
      value: number,
      source: columns(cursor, index, line, at, at + value[0].length),
      ...(value[2] === undefined ? {} : { symbol: value[2] }),
    });
    at += value[0].length;
    while (line[at] === ' ' || line[at] === '\t') at++;
  }
  return true;
}

const valuesOnly = /^[ \t]{0,16}0x[0-9a-f]{2,16}(?:[ \t]+0x[0-9a-f]{2,16}){0,7}$/;

/** A row has 16 bytes, or 8 of single bytes. */
function valuesOf(found: Row): number {
  return found.digits === 2 ? 8 : 32 / found.digits;
}

/** Were the last values of a short row wrapped to the next line? */
function continues(found: Row, line: string): boolean {
  const values = line.trim();
  return valuesOnly.test(values) && /^0x[0-9a-f]+/.exec(values)?.[0].length === found.digits + 2;
}

/** The row at line `index`; undefined when something else than numbers follows the colon. */
function readRow(cursor: LineCursor, index: number): Row | undefined {
  const found = readPlainRow(cursor, index) ?? readAnyRow(cursor, index);
  if (found === undefined || found.unsized || found.digits === 0 || found.parts.length >= valuesOf(found)) return found;
  const next = lineText(cursor, index + 1);
  if (continues(found, next) && readValues(cursor, index + 1, next.length - next.trimStart().length, found)) found.lines = 2;
  return found;
}

function readAnyRow(cursor: LineCursor, index: number): Row | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (match === null || address === undefined) return undefined;
  const found: Row = { index, lines: 1, address, parts: [], unsized: false, digits: 0 };
  if (match[2] !== undefined) found.symbol = match[2];
  if (!readValues(cursor, index, line.length - (match[3] ?? '').length, found)) return undefined;
  return found;
}

/** Rows that belong to one command: the addresses follow each other and the values look alike. */
function runsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = [];
  let last: Row | undefined;
  for (const found of rows) {
    const stride = last === undefined || last.parts.length === 0 ? 0 : Number(found.address - last.address) / last.parts.length;
    const alike = last !== undefined && (last.unsized || found.unsized || last.digits === found.digits);
    if (alike && [1, 2, 4, 8].includes(stride)) runs.at(-1)?.push(found);
    else runs.push([found]);
    last = found;
  }
  return runs;
}

/** Does a number, or what its sign makes of it, need more than four bytes? */
function isWide(value: bigint): boolean {
  const signed = BigInt.asIntN(64, value);
  return signed > 0xffff_ffffn || signed < -0x8000_0000n;
}

/** Bytes of a unit: asked for, told by the digits, by how far the next line's address is, or by the numbers; 0 = not known. */
function unitOf(rows: readonly Row[], asked: number, format: string): number {
  const [first, second] = rows;
  if (first === undefined) return 0;
  if (second !== undefined && first.parts.length > 0) {
    const stride = Number(second.address - first.address) / first.parts.length;
    if ([1, 2, 4, 8].includes(stride)) return stride;
  }
  if (rows.every((r) => !r.unsized) && first.digits > 0) return first.digits / 2;
  if (format === 'a') return 8;
  if (asked > 0) return asked;
  // What is not sized stands so in `x/a`; decimal numbers have any size that they fit.
  return first.digits > 0 || rows.some(({ parts }) => parts.some(({ value }) => isWide(value))) ? 8 : 0;
}

function teachRow(cursor: LineCursor, sink: RecordSink, found: Row): void {
  if (found.symbol !== undefined) teachSymbol(sink, found.index, found.address, found.symbol, cursor.lineRange(found.index));
  for (const part of found.parts)
    if (part.symbol !== undefined) teachSymbol(sink, found.index, part.value, part.symbol, part.source);
}

function noteUnreadable(cursor: LineCursor, sink: RecordSink, index: number): boolean {
  const match = unreadable.exec(lineText(cursor, index));
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (address === undefined) return false;
  sink.facts.push({ kind: 'unreadable', textLine: index, address, source: cursor.lineRange(index) });
  return true;
}

const stringRow = /^[ \t]{0,16}(0x[0-9a-f]{1,16})(?: <([^\t]{1,400}?)>)?:[ \t]+(?=["'])/;

/** `x/s`: the bytes of a string and the zero behind it, as far as they fill words; 1, the lines read. */
function readString(cursor: LineCursor, sink: RecordSink, index: number): number {
  const line = lineText(cursor, index).trimEnd();
  const match = stringRow.exec(line);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (match === null || address === undefined) return 1;
  const source = columns(cursor, index, line, match[0].length, line.length);
  if (match[2] !== undefined) teachSymbol(sink, index, address, match[2], source);
  const bytes = printedFields(line.slice(match[0].length))[0]?.bytes ?? new Uint8Array(0);
  const parts: Part[] = Array.from(bytes, (byte) => ({ value: BigInt(byte), source }));
  if (!line.endsWith('...')) parts.push({ value: 0n, source });
  const wordSize = wordSizeOf(sessionOf(sink).arch);
  const words = wordsOf([{ address, parts }], 1, wordSize, sink.step).filter((word) => word.address % BigInt(wordSize) === 0n);
  if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
  return 1;
}

/** Is line `index` a row, of whatever values? */
function isAnyRow(cursor: LineCursor, index: number): boolean {
  return zero.has(firstByte(cursor, index)) && row.test(lineText(cursor, index).trimEnd());
}

/** Formats whose values are numbers as they stand; `examine-forms.ts` has the others. */
const numeric = new Set(['', 'x', 'z', 'a', 'd', 'u', 'i', 's']);

/** Reads rows of hexadecimal numbers from line `index` on; returns the lines consumed, 0 = a closer look is needed. */
export function readPlainWords(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (sink.closely === true) return 0;
  const { session } = sharedOf(cursor, sink);
  const asked = examinationOf(sink.command, session);
  return numeric.has(asked?.format ?? '') ? readWordRows(cursor, index, sink, asked, wordSizeOf(session.arch), isAnyRow) : 0;
}

export const examineReader: TextReader = {
  name: 'debugger memory',
  contains: ['0x'],
  begins: '0',
  recognise(cursor, index) {
    if (beginsRow(cursor, index)) return true;
    const match = row.exec(lineText(cursor, index).trimEnd());
    const values = match?.[3] ?? '';
    return /^-?(?:0x[0-9a-f]|\d)|^Cannot access memory /.test(values) || text.test(values) || other.test(values);
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const asked = examinationOf(sink.command, session);
    const format = asked?.format ?? '';
    const wordSize = wordSizeOf(session.arch);
    const read = readPlainWords(cursor, index, sink) || readFormRows(cursor, index, sink, asked);
    if (read > 0) return read;
    const rows: Row[] = [];
    let next = index;
    while (next < cursor.count) {
      const found = zero.has(firstByte(cursor, next)) ? readRow(cursor, next) : undefined;
      if (found === undefined) break;
      rows.push(found);
      next += found.lines;
      if (found.cut === true) break;
    }
    if (rows.length === 0) {
      const read = readString(cursor, sink, index);
      markRecognised(sink, index, read);
      return read;
    }
    // Values with symbols are never sized by their digits.
    for (const found of rows) if (found.unsized || found.symbol !== undefined) teachRow(cursor, sink, found);
    const last = rows.at(-1);
    if (last?.cut === true) noteUnreadable(cursor, sink, last.index);
    if (numeric.has(format)) {
      const words = runsOf(rows).flatMap((run) => wordsOf(run, unitOf(run, asked?.size ?? 0, format), wordSize, sink.step));
      if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

const bare = /^[ \t]{0,16}Cannot access memory at address 0x[0-9a-f]{1,16}$/;

/** The error alone, as `x/i` and `p *ptr` give it. */
export const unreadableReader: TextReader = {
  name: 'unreadable memory',
  begins: 'C',
  recognise: (cursor, index) => bare.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    if (!noteUnreadable(cursor, sink, index)) return 0;
    markRecognised(sink, index, 1);
    return 1;
  },
};
