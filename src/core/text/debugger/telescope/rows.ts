/**
 * Telescope rows. GEF: `0x…8ef0│+0x0038: 0x…8fa8  →  0x…8fd0  →  0x0 ← $rbp`, newer with an index `|+0x0038|+007: `.
 * pwndbg: `00:0000│ rsp 0x7ffe… —▸ 0x401136 (main) ◂— push rbp`, newer with `-010` or `+008` before the address.
 */
import { addressOfHalves, parseAddress, type Address } from '../../../model/address.ts';
import { WordRunFact, type WordColumns } from '../../../model/word-columns.ts';
import { hexValue } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { wordColumnsOf } from '../examine-run.ts';
import { firstByte, lineText, offsetOf } from '../lines.ts';
import { knownSymbolsOf } from '../runs/known-symbols.ts';
import { sessionOf, teachSymbol } from '../session.ts';
import { dotted, dottedNames } from './dotted.ts';
import {
  linkEnd,
  linkHigh,
  linkLow,
  linkStart,
  mostLinks,
  registerEnd,
  registerStart,
  scanTelescope,
  scannedRow,
  symbolEnd,
  symbolStart,
} from './scan-row.ts';

const gef = /^[ \t]{0,16}(0x[0-9a-f]{4,16})[ \t]{0,4}[│|][ \t]{0,4}\+0x[0-9a-f]{1,8}(?:[ \t]{0,4}[│|]\+\d{1,6})?: (?=\S)/;
const pwndbg =
  /^[ \t]{0,16}[0-9a-f]{2,4}:[0-9a-f]{4,6}[│|][ \t]{0,40}(?:([a-z][a-z0-9 ,-]{0,40}?)[ \t]{1,40})?(?:[+-][0-9a-f]{3,6}[ \t]{1,40})?(0x[0-9a-f]{1,16})(?=[ \t])/;
const skipped = /^[ \t]{0,16}(?:\.\.\.|[0-9a-f]{2,4}:[0-9a-f]{4,6}[│|][ \t]*\.\.\.)[ \t]*↓[ \t]+\d{1,9} skipped$/;
/** pwndbg's `◂—` stands before the last word of a chain, or before what it means. */
const arrow = /[ \t]*(?:→|—▸|◂—|->)[ \t]*/y;
const number = /(0x[0-9a-f]{1,16})(?: <([^<>\t]{1,400})>)?(?: \(([^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,300})?)\))?/y;
/** `<main[worker]+275> mov …`: the symbol of the value before. */
const symbolAlone = /<([^<>\t]{1,400})>/y;
const named = /←[ \t]{0,4}\$(\w{1,12})|◂[ \t]{0,4}\$?(r[a-z0-9]{1,2})$/g;
const dot = 46;
const dollar = 36;

interface Link {
  value: Address;
  symbol?: string;
  from: number;
  to: number;
}

export interface TelescopeRow {
  address: Address;
  links: Link[];
  /** Registers that point to this row. */
  registers: string[];
}

/** The values of a chain from column `at` on; text, code and `◂—` end it. */
function readChain(line: string, at: number): Link[] {
  const links: Link[] = [];
  let next = at;
  while (links.length < mostLinks) {
    number.lastIndex = next;
    const match = number.exec(line);
    const value = match === null ? undefined : parseAddress(match[1] ?? '');
    if (match === null || value === undefined) {
      symbolAlone.lastIndex = next;
      const symbol = symbolAlone.exec(line)?.[1];
      const last = links.at(-1);
      if (symbol !== undefined && last !== undefined) last.symbol ??= dotted(symbol);
      break;
    }
    const from = next;
    next = match.index + match[0].length;
    const link: Link = { value, from, to: from + (match[1] ?? '').length };
    // pwndbg writes `(main+4)`, GEF `("text"?)`.
    const symbol = match[2] ?? (match[3]?.startsWith('"') === true ? undefined : match[3]);
    if (symbol !== undefined && /^[A-Za-z_]/.test(symbol)) link.symbol = dotted(symbol);
    links.push(link);
    arrow.lastIndex = next;
    const separator = arrow.exec(line);
    if (separator === null) break;
    next += separator[0].length;
  }
  return links;
}

export function readTelescope(line: string): TelescopeRow | undefined {
  const one = gef.exec(line);
  const other = one === null ? pwndbg.exec(line) : null;
  const match = one ?? other;
  const address = parseAddress((one === null ? other?.[2] : one[1]) ?? '');
  if (match === null || address === undefined) return undefined;
  let at = match[0].length;
  if (one === null) {
    const rest = /^[ \t]*(?:—▸|◂—|->)[ \t]*/.exec(line.slice(at));
    if (rest === null) return undefined;
    at += rest[0].length;
  }
  const links = readChain(line, at);
  if (one !== null && links.length === 0) return undefined;
  const registers = [...line.matchAll(named)].flatMap((found) => found[1] ?? found[2] ?? []);
  if (other?.[1] !== undefined) registers.push(...other[1].split(/[ ,]+/).filter((name) => ofPwndbg.test(name)));
  return { address, links, registers: [...new Set(registers)] };
}

/** A register that pointed to a row. */
interface Pointer {
  name: string;
  value: Address;
  line: number;
}

const ofPointer = /^(?:r[a-z][a-z]|r\d{1,2}|sp|x\d{1,2})$/;
/** Before the address pwndbg names more than registers. */
const ofPwndbg = /^[a-z]{2,3}\d{0,2}$|^r\d{1,2}$/;

/** What is read of the rows behind each other. */
class Rows {
  readonly columns: WordColumns;
  readonly from: number;
  readonly pointers: Pointer[] = [];
  readonly #cursor: LineCursor;
  readonly #sink: RecordSink;

  constructor(cursor: LineCursor, sink: RecordSink) {
    this.columns = wordColumnsOf(cursor, sink);
    this.from = this.columns.length;
    this.#cursor = cursor;
    this.#sink = sink;
  }

  /** The row that was scanned: each value stands at the address that the value before it names. */
  addScanned(index: number): void {
    const { columns } = this;
    const cursor = this.#cursor;
    const { base, bytes } = cursor;
    let { high, low } = scannedRow;
    for (let link = 0; link < scannedRow.count; link++) {
      // Text stands at odd addresses; a chain goes on over aligned ones.
      if (link > 0 && (low & 7) !== 0) break;
      const [valueHigh = 0, valueLow = 0, start = 0, end = 0] = [linkHigh[link], linkLow[link], linkStart[link], linkEnd[link]];
      const [from = 0, to = 0] = [symbolStart[link], symbolEnd[link]];
      const symbol = to > from ? dottedNames(this.#sink).indexOf(bytes, from, to) : 0;
      columns.add(high, low, valueHigh, valueLow, start + base, end + base, symbol);
      if (symbol !== 0 && !knownSymbolsOf(this.#sink).knowsBeside(symbol, valueHigh, valueLow))
        teachSymbol(
          this.#sink,
          index,
          addressOfHalves(valueHigh, valueLow),
          columns.strings.at(symbol),
          columns.sourceAt(columns.length - 1),
        );
      high = valueHigh;
      low = valueLow;
    }
    if (scannedRow.registers === 0) return;
    const address = addressOfHalves(scannedRow.high, scannedRow.low);
    const names = new Set<string>();
    const isGef = bytes[(registerStart[0] ?? 1) - 1] === dollar;
    for (let at = 0; at < scannedRow.registers; at++) {
      const name = cursor.slice(registerStart[at] ?? 0, registerEnd[at] ?? 0);
      if (isGef || ofPwndbg.test(name)) names.add(name);
    }
    this.#point(names, address, index);
  }

  addRead(index: number, row: TelescopeRow): void {
    const cursor = this.#cursor;
    const { columns } = this;
    const line = lineText(cursor, index);
    let address: bigint = row.address;
    for (const [position, { value, symbol, from, to }] of row.links.entries()) {
      if (position > 0 && address % 8n !== 0n) break;
      const [start, end] = [offsetOf(cursor, index, line, from), offsetOf(cursor, index, line, to)];
      columns.add(
        Number(address >> 32n),
        Number(address & 0xffffffffn),
        Number(value >> 32n),
        Number(value & 0xffffffffn),
        start + cursor.base,
        end + cursor.base,
        symbol === undefined ? 0 : columns.strings.intern(symbol),
      );
      if (symbol !== undefined) teachSymbol(this.#sink, index, value, symbol, columns.sourceAt(columns.length - 1));
      address = value;
    }
    this.#point(new Set(row.registers), row.address, index);
  }

  #point(names: ReadonlySet<string>, value: Address, line: number): void {
    for (const name of names) if (ofPointer.test(name)) this.pointers.push({ name, value, line });
  }
}

function isSkipped(cursor: LineCursor, index: number): boolean {
  return skipped.test(lineText(cursor, index).trimEnd());
}

export const telescopeReader: TextReader = {
  name: 'telescope',
  contains: ['0x', 'skipped'],
  begins: '0123456789abcdef.',
  recognise(cursor, index, sink) {
    if (sink.closely !== true && scanTelescope(cursor, index)) return true;
    return readTelescope(lineText(cursor, index).trimEnd()) !== undefined || isSkipped(cursor, index);
  },
  parse(cursor, index, sink) {
    const rows = new Rows(cursor, sink);
    let next = index;
    for (; next < cursor.count; next++) {
      if (sink.closely !== true && scanTelescope(cursor, next)) {
        rows.addScanned(next);
        continue;
      }
      if (!mayBeRow(cursor, next)) break;
      const row = readTelescope(lineText(cursor, next).trimEnd());
      if (row !== undefined) rows.addRead(next, row);
      else if (!isSkipped(cursor, next)) break;
    }
    if (next === index) return 0;
    const { columns, from, pointers } = rows;
    const { step } = sink;
    if (columns.length > from) sink.facts.push(new WordRunFact(index, 8, { columns, from, to: columns.length, step }));
    const { frame } = sessionOf(sink);
    for (const { name, value, line } of pointers) {
      const source = cursor.lineRange(line);
      sink.facts.push({ kind: 'value', textLine: index, name, value, ...(frame > 0 ? { frame } : {}), step, source });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

/** Looks at a byte only. */
function mayBeRow(cursor: LineCursor, index: number): boolean {
  const byte = firstByte(cursor, index);
  return hexValue(byte) >= 0 || byte === dot;
}
