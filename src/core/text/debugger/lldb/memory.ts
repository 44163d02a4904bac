/**
 * `memory read`: `0x7fffffffe4b0: 0x0000… 0x0000…` with `-s8 -fx`, or sixteen bytes and their characters. `memory region`:
 * `[0x…-0x…) r-x /path`. Words of gdb have tabs between them and are read there.
 */
import { offsetBy, parseAddress, type Address } from '../../../model/address.ts';
import type { Mapping } from '../../../model/memory.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { bytesOf, columns, lineText } from '../lines.ts';
import { pushRows } from '../memory-rows.ts';
import { readLldbWords } from '../runs/lldb-words.ts';
import { symbolBeside, teachPlace } from './symbol.ts';
import type { Part } from '../words.ts';

const values = /^[ \t]{0,16}(0x[0-9a-f]{4,16}): ((?:0x[0-9a-f]{2,16})(?: 0x[0-9a-f]{2,16}){0,31})$/;
/** `-f A`: a word and what it points to. */
const named = /^[ \t]{0,16}(0x[0-9a-f]{4,16}): (0x[0-9a-f]{16}) ((?!0)[^\s`][^`]*`.*)$/;
const bytes = /^[ \t]{0,16}(0x[0-9a-f]{4,16}): ((?:[0-9a-f]{2} ){1,32})[ ]*[ ](.{0,32})$/;
const region = /^[ \t]{0,16}\[(0x[0-9a-f]{1,16})-(0x[0-9a-f]{1,16})\) ([r-][w-][x-])(?: (\S.*))?$/;
/** The section of the file that is mapped there, as LLDB names it behind the file. */
const section = / (?:PT_LOAD\[\d{1,4}\]|__[A-Z_]{1,16})$/;
const zero = bytesOf('0');

interface Row {
  address: Address;
  parts: Part[];
  size: number;
  /** What stands behind the word of `-f A`. */
  beside?: string;
}

function readRow(cursor: LineCursor, index: number): Row | undefined {
  const line = lineText(cursor, index);
  const beside = named.exec(line.trimEnd());
  const match = beside ?? values.exec(line.trimEnd()) ?? bytes.exec(line);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  if (match === null || address === undefined) return undefined;
  const from = line.indexOf(': ') + 2;
  const parts: Part[] = [];
  let size = 1;
  for (const token of (match[2] ?? '').matchAll(/(?:0x)?([0-9a-f]+)/g)) {
    const digits = token[1] ?? '';
    if (parts.length === 0) size = digits.length / 2;
    if (digits.length !== size * 2) return undefined;
    const at = from + token.index;
    parts.push({ value: BigInt(`0x${digits}`), source: columns(cursor, index, line, at, at + token[0].length) });
  }
  const symbol = symbolBeside(beside?.[3] ?? '');
  if (symbol !== '' && parts[0] !== undefined) parts[0].symbol = symbol;
  if (![1, 2, 4, 8].includes(size)) return undefined;
  return beside?.[3] === undefined ? { address, parts, size } : { address, parts, size, beside: beside[3] };
}

function isRow(cursor: LineCursor, index: number): boolean {
  return readRow(cursor, index) !== undefined;
}

export const lldbMemoryReader: TextReader = {
  name: 'LLDB memory',
  contains: ['0x'],
  begins: '0',
  recognise: (cursor, index) => zero.has(cursor.bytes[cursor.start(index)] ?? 0) && readRow(cursor, index) !== undefined,
  parse(cursor, index, sink) {
    const plain = sink.closely === true ? 0 : readLldbWords(cursor, index, sink, isRow);
    if (plain > 0) return plain;
    const rows: Row[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const row = readRow(cursor, next);
      const last = rows.at(-1);
      if (
        row === undefined ||
        (last !== undefined && (row.size !== last.size || row.address !== offsetBy(last.address, last.parts.length * last.size)))
      )
        break;
      rows.push(row);
      if (row.beside !== undefined && row.parts[0] !== undefined)
        teachPlace(sink, next, row.parts[0].value, row.beside, cursor.lineRange(next));
    }
    return pushRows(sink, index, next, rows);
  },
};

export const lldbRegionReader: TextReader = {
  name: 'LLDB memory region',
  contains: ['0x'],
  begins: '[',
  recognise: (cursor, index) => region.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const match = region.exec(lineText(cursor, index).trimEnd());
    const start = match === null ? undefined : parseAddress(match[1] ?? '');
    const end = match === null ? undefined : parseAddress(match[2] ?? '');
    markRecognised(sink, index, 1);
    // `---` is a hole between mappings as well as a page without rights: no mapping is proved.
    if (match === null || start === undefined || end === undefined || end <= start || match[3] === '---') return 1;
    const mapping: Mapping = { start, end, permissions: match[3] ?? '', source: cursor.lineRange(index) };
    if (match[4] !== undefined) mapping.file = match[4].trim().replace(section, '');
    sink.facts.push({ kind: 'mappings', textLine: index, mappings: [mapping] });
    return 1;
  },
};
