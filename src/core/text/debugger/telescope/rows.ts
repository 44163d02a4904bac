/**
 * Telescope rows. GEF: `0x…8ef0│+0x0038: 0x…8fa8  →  0x…8fd0  →  0x0 ← $rbp`, newer with an index `|+0x0038|+007: `.
 * pwndbg: `00:0000│ rsp 0x7ffe… —▸ 0x401136 (main) ◂— push rbp`, newer with `-010` or `+008` before the address.
 */
import { parseAddress, type Address } from '../../../model/address.ts';
import type { KnownWord } from '../../../model/memory.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { columns, lineText } from '../lines.ts';
import { sessionOf, teachSymbol } from '../session.ts';

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
/** Links of a printed chain; GEF follows ten at most. */
const mostLinks = 32;

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

/** gdb in C mode takes the last dot of a Go name for an index: `main[worker]+275`, `main.(*shard)[lookup]+79`. */
function dotted(symbol: string): string {
  return symbol.replace(/(^[A-Za-z_]\w{0,200}|\))\[([A-Za-z_]\w{0,200})\](?=[+ ]|$)/, '$1.$2');
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
  if (other?.[1] !== undefined)
    registers.push(...other[1].split(/[ ,]+/).filter((name) => /^[a-z]{2,3}\d{0,2}$|^r\d{1,2}$/.test(name)));
  return { address, links, registers: [...new Set(registers)] };
}

/** Words of a row: each value stands at the address that the value before it names. */
export function wordsOfRow(cursor: LineCursor, sink: RecordSink, index: number, row: TelescopeRow): KnownWord[] {
  const line = lineText(cursor, index);
  const words: KnownWord[] = [];
  let address: Address = row.address;
  for (const [position, link] of row.links.entries()) {
    const source = columns(cursor, index, line, link.from, link.to);
    // pwndbg and GEF print what an odd address holds as text; a chain goes on over aligned ones.
    if (position > 0 && address % 8n !== 0n) break;
    words.push({
      address,
      value: link.value,
      source,
      step: sink.step,
      ...(link.symbol === undefined ? {} : { symbol: link.symbol }),
    });
    if (link.symbol !== undefined) teachSymbol(sink, index, link.value, link.symbol, source);
    address = link.value;
  }
  return words;
}

export const telescopeReader: TextReader = {
  name: 'telescope',
  contains: ['0x', 'skipped'],
  begins: '0123456789abcdef.',
  recognise(cursor, index) {
    const line = lineText(cursor, index).trimEnd();
    return readTelescope(line) !== undefined || skipped.test(line);
  },
  parse(cursor, index, sink) {
    const words: KnownWord[] = [];
    const rows: TelescopeRow[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const row = readTelescope(lineText(cursor, next).trimEnd());
      if (row === undefined && !skipped.test(lineText(cursor, next).trimEnd())) break;
      if (row === undefined) continue;
      rows.push(row);
      words.push(...wordsOfRow(cursor, sink, next, row));
    }
    if (words.length > 0) sink.facts.push({ kind: 'words', textLine: index, words, wordSize: 8 });
    for (const [offset, row] of rows.entries()) {
      for (const name of row.registers) {
        if (!/^(?:r[a-z][a-z]|r\d{1,2}|sp|x\d{1,2})$/.test(name)) continue;
        const frame = sessionOf(sink).frame;
        const source = cursor.lineRange(Math.min(index + offset, next - 1));
        sink.facts.push({
          kind: 'value',
          textLine: index,
          name,
          value: row.address,
          ...(frame > 0 ? { frame } : {}),
          step: sink.step,
          source,
        });
      }
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
