/** `examinemem` in every format and size (service/api/prettyprint.go PrettyExamineMemory): the digits tell both. */
import { parseAddress, type Address } from '../../../model/address.ts';
import type { LineCursor } from '../../cursor.ts';
import type { TextReader } from '../../reader.ts';
import { afterNumber, columns, lineText } from '../lines.ts';
import { scanDelveMemory } from '../runs/delve-memory-row.ts';
import { readDelveWords } from '../runs/delve-words.ts';
import { pushRows } from '../memory-rows.ts';
import type { Part } from '../words.ts';

const row = /^[ \t]{0,16}(0x[0-9a-f]{1,16}):((?: {3}(?:0x[0-9a-f]{2,16}|[0-9]{3,64})){1,8}) {0,3}$/;
const value = /0x[0-9a-f]+|[0-9]+/g;

type Base = 'hexadecimal' | 'decimal' | 'octal' | 'binary';

interface Shape {
  base: Base;
  size: number;
}

/** Width of a printed value, by format: 2, 3, 3 and 8 digits a byte; octal has a zero before them. */
const widths = new Map<number, Shape>(
  [1, 2, 4, 8].flatMap((size) => [
    [size * 3, { base: 'decimal' as const, size }],
    [size * 3 + 1, { base: 'octal' as const, size }],
    [size * 8, { base: 'binary' as const, size }],
  ]),
);

function shapeOf(text: string): Shape | undefined {
  if (text.startsWith('0x')) {
    const size = (text.length - 2) / 2;
    return [1, 2, 4, 8].includes(size) ? { base: 'hexadecimal', size } : undefined;
  }
  // 24 digits are eight bytes in decimal or three in binary, which Delve does not print.
  const shape = widths.get(text.length);
  return shape?.base === 'binary' && /[^01]/.test(text) ? undefined : shape;
}

function numberOf(text: string, base: Base): bigint | undefined {
  if (base === 'hexadecimal') return BigInt(text);
  if (base === 'binary') return BigInt(`0b${text}`);
  if (base === 'decimal') return BigInt(text);
  return /^[0-7]+$/.test(text) ? BigInt(`0o${text}`) : undefined;
}

/** The rest of a row that a mail wrapped: values alone. */
const rest = /^[ \t]{0,16}(?:0x[0-9a-f]{2,16}|[0-9]{3,64})(?: {3}(?:0x[0-9a-f]{2,16}|[0-9]{3,64})){0,6} {0,3}$/;
/** Values in a row of Delve. */
const rowValues = 8;

interface Row {
  address: Address;
  parts: Part[];
  size: number;
}

/** Adds the values of the line from `from` on; undefined when they are not all of one shape. */
function addValues(cursor: LineCursor, index: number, from: number, parts: Part[], shape?: Shape): Shape | undefined {
  const line = lineText(cursor, index);
  for (const token of line.slice(from).matchAll(value)) {
    const own = shapeOf(token[0]);
    shape ??= own;
    const number = own === undefined || own.size !== shape?.size ? undefined : numberOf(token[0], own.base);
    if (number === undefined) return undefined;
    const at = from + token.index;
    parts.push({ value: number, source: columns(cursor, index, line, at, at + token[0].length) });
  }
  return shape;
}

function readRow(cursor: LineCursor, index: number): (Row & { next: number }) | undefined {
  const line = lineText(cursor, index);
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (address === undefined) return undefined;
  const parts: Part[] = [];
  const shape = addValues(cursor, index, line.indexOf(':') + 1, parts);
  if (shape === undefined) return undefined;
  let next = index + 1;
  while (parts.length < rowValues && next < cursor.count && isRest(cursor, next)) {
    const more: Part[] = [];
    if (addValues(cursor, next, 0, more, shape) === undefined || parts.length + more.length > rowValues) break;
    parts.push(...more);
    next++;
  }
  return { address, parts, size: shape.size, next };
}

const colon = 58;

/** First byte of line `index` behind its blanks; 0 past the end. */
function firstByte(cursor: LineCursor, index: number): number {
  if (index >= cursor.count) return 0;
  let at = cursor.start(index);
  while (cursor.bytes[at] === 32 || cursor.bytes[at] === 9) at++;
  return cursor.bytes[at] ?? 0;
}

function isRow(cursor: LineCursor, index: number): boolean {
  return firstByte(cursor, index) === 48 && row.test(lineText(cursor, index));
}

function isRest(cursor: LineCursor, index: number): boolean {
  const byte = firstByte(cursor, index);
  return byte >= 48 && byte <= 57 && cursor.bytes[afterNumber(cursor, index)] !== colon && rest.test(lineText(cursor, index));
}

const tests = { isRow, isRest };

export const delveMemoryReader: TextReader = {
  name: 'Delve memory',
  contains: ['0x'],
  begins: '0',
  recognise: (cursor, index, sink) => (sink.closely !== true && scanDelveMemory(cursor, index)) || isRow(cursor, index),
  parse(cursor, index, sink) {
    const words = sink.closely === true ? 0 : readDelveWords(cursor, index, sink, tests);
    if (words > 0) return words;
    const rows: Row[] = [];
    let next = index;
    while (next < cursor.count) {
      const read = readRow(cursor, next);
      if (read === undefined || (rows[0] !== undefined && rows[0].size !== read.size)) break;
      rows.push(read);
      next = read.next;
    }
    return pushRows(sink, index, next, rows);
  },
};
