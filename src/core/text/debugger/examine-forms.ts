/**
 * Rows of `x/c`, `x/t`, `x/o` and `x/f`: characters, bits, octal numbers and floats, as the bytes that they stand for. Which of the
 * forms it is only the command tells, for all but characters; where the unit is not certain the row gives no words.
 */
import { wordSizeOf } from '../../model/word-form.ts';
import { offsetBy, parseAddress, type Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink } from '../reader.ts';
import type { Examination } from './examine-command.ts';
import { floatBits } from './float-bits.ts';
import { bytesOf, columns, firstByte, lineText } from './lines.ts';
import { sessionOf, teachSymbol } from './session.ts';
import { wordsOf, type Part } from './words.ts';

type Letter = 'c' | 't' | 'o' | 'f';

const head = /^[ \t]{0,16}(0x(?:0|[1-9a-f][0-9a-f]{0,15}))(?: <([^\t]{1,400}?)>)?:[ \t]+(?=\S)/;
const zero = bytesOf('0');

/** One value; its first group is what tells the bytes. */
const forms: Record<Letter, RegExp> = {
  c: /(-?\d{1,3}) '(?:[^'\\]|\\(?:[0-7]{1,3}|.))'(?=[ \t]|$)/y,
  t: /((?:[01]{8}){1,8})(?=[ \t]|$)/y,
  o: /(0|0[1-7][0-7]{0,21})(?=[ \t]|$)/y,
  f: /(-?(?:inf|nan\(0x[0-9a-f]{1,13}\)|\d{1,17}(?:\.\d{1,20})?(?:e[+-]\d{2,3})?))(?=[ \t]|$)/y,
};

interface Row {
  index: number;
  address: Address;
  symbol?: string;
  texts: { text: string; source: SourceRange }[];
}

function readRow(cursor: LineCursor, index: number, form: RegExp): Row | undefined {
  if (!zero.has(firstByte(cursor, index))) return undefined;
  const line = lineText(cursor, index).trimEnd();
  const match = head.exec(line);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (match === null || address === undefined) return undefined;
  const row: Row = { index, address, texts: [] };
  if (match[2] !== undefined) row.symbol = match[2];
  for (let at = match[0].length; at < line.length;) {
    form.lastIndex = at;
    const value = form.exec(line);
    if (value === null) return undefined;
    row.texts.push({ text: value[1] ?? '', source: columns(cursor, index, line, at, at + value[0].length) });
    at += value[0].length;
    while (line[at] === ' ' || line[at] === '\t') at++;
  }
  return row.texts.length === 0 ? undefined : row;
}

/** Bytes of a unit of `rows`, whose addresses follow each other; 0 = not certain. */
function unitOf(rows: readonly Row[], letter: Letter, asked: number): number {
  const [first, second] = rows;
  const told = new Set([asked]);
  if (first !== undefined && second !== undefined) told.add(Number(second.address - first.address) / first.texts.length);
  if (letter === 't') for (const row of rows) for (const { text } of row.texts) told.add(text.length / 8);
  // gdb makes a character of the lowest byte of a larger unit.
  if (letter === 'c') told.add(second === undefined && asked === 0 ? 0 : 1);
  told.delete(0);
  const [size = 0] = told;
  return told.size === 1 && [1, 2, 4, 8].includes(size) ? size : 0;
}

function valueOf(text: string, letter: Letter, size: number): bigint | undefined {
  if (letter === 'f') return size === 4 || size === 8 ? floatBits(text, size) : undefined;
  if (letter === 'c') return BigInt.asUintN(8, BigInt(text));
  const value = letter === 't' ? BigInt(`0b${text}`) : BigInt(`0o${text}`);
  return value >> BigInt(size * 8) === 0n ? value : undefined;
}

/** Parts of `row`, cut into rows of their own where a value does not tell its bytes. */
function partsOf(row: Row, letter: Letter, size: number): { address: Address; parts: Part[] }[] {
  const stretches: { address: Address; parts: Part[] }[] = [];
  let parts: Part[] | undefined;
  for (const [at, { text, source }] of row.texts.entries()) {
    const value = valueOf(text, letter, size);
    if (value === undefined) {
      parts = undefined;
      continue;
    }
    if (parts === undefined) {
      parts = [];
      stretches.push({ address: offsetBy(row.address, at * size), parts });
    }
    parts.push({ value, source });
  }
  return stretches;
}

/** Rows of one command: each begins where the one before ends, all units being alike. */
function runsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = [];
  let stride = 0;
  let last: Row | undefined;
  for (const row of rows) {
    const here = last === undefined ? 0 : Number(row.address - last.address) / last.texts.length;
    const run = runs.at(-1);
    if (run !== undefined && [1, 2, 4, 8].includes(here) && (run.length === 1 || here === stride)) run.push(row);
    else runs.push([row]);
    stride = here;
    last = row;
  }
  return runs;
}

function letterOf(format: string): Letter | undefined {
  // Only characters look like nothing else.
  if (format === '') return 'c';
  return format === 'c' || format === 't' || format === 'o' || format === 'f' ? format : undefined;
}

/** Reads rows of these forms from line `index` on; returns the lines consumed, 0 where it is none. */
export function readFormRows(cursor: LineCursor, index: number, sink: RecordSink, asked: Examination | undefined): number {
  const letter = letterOf(asked?.format ?? '');
  if (letter === undefined) return 0;
  const rows: Row[] = [];
  let next = index;
  for (; next < cursor.count; next++) {
    const row = readRow(cursor, next, forms[letter]);
    if (row === undefined) break;
    if (row.symbol !== undefined) teachSymbol(sink, next, row.address, row.symbol, cursor.lineRange(next));
    rows.push(row);
  }
  if (rows.length === 0) return 0;
  const wordSize = wordSizeOf(sessionOf(sink).arch);
  const words = runsOf(rows).flatMap((run) => {
    const size = unitOf(run, letter, asked?.size ?? 0);
    const parts = size === 0 ? [] : run.flatMap((row) => partsOf(row, letter, size));
    return wordsOf(parts, size, wordSize, sink.step);
  });
  if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize });
  markRecognised(sink, index, next - index);
  return next - index;
}
