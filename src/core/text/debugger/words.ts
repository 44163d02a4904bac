/** Examined units to words: g units are words as they stand, smaller ones are little-endian parts of aligned words. */
import { offsetBy, toAddress, type Address } from '../../model/address.ts';
import type { KnownWord } from '../../model/memory.ts';
import type { SourceRange } from '../../model/source.ts';

export interface Part {
  value: bigint;
  symbol?: string;
  source: SourceRange;
}

export interface PartRow {
  address: Address;
  parts: readonly Part[];
}

interface Unit extends Part {
  address: bigint;
}

function span(first: SourceRange, last: SourceRange): SourceRange {
  return { document: first.document, start: first.start, end: Math.max(first.end, last.end) };
}

/** Joins `count` units from `units[from]`; undefined when they do not follow each other. */
function joinUnits(units: readonly Unit[], from: number, count: number, size: number, step: number): KnownWord | undefined {
  const first = units[from];
  const last = units[from + count - 1];
  if (first === undefined || last === undefined) return undefined;
  if (last.address - first.address !== BigInt((count - 1) * size)) return undefined;
  let value = 0n;
  for (let i = count - 1; i >= 0; i--)
    value = (value << BigInt(8 * size)) | BigInt.asUintN(8 * size, units[from + i]?.value ?? 0n);
  return { address: toAddress(first.address), value, source: span(first.source, last.source), step };
}

/**
 * Words of `wordSize` bytes from rows of units of `size` bytes. Parts join at aligned addresses; where no aligned word is
 * whole, from the first address on. What is left over is dropped.
 */
export function wordsOf(rows: readonly PartRow[], size: number, wordSize: 4 | 8, step: number): KnownWord[] {
  if (size >= wordSize) return wholeWords(rows, size, step);
  const units: Unit[] = [];
  for (const row of rows)
    for (const [i, part] of row.parts.entries()) units.push({ ...part, address: row.address + BigInt(i * size) });
  const count = wordSize / size;
  const aligned = joinAll(units, count, size, step, (unit) => unit.address % BigInt(wordSize) === 0n);
  return aligned.length > 0 ? aligned : joinAll(units, count, size, step, () => true);
}

const highest = (1n << 64n) - 1n;

function wholeWords(rows: readonly PartRow[], size: number, step: number): KnownWord[] {
  const words: KnownWord[] = [];
  for (const row of rows) {
    for (let index = 0; index < row.parts.length; index++) {
      const part = row.parts[index];
      if (part === undefined) break;
      const { value, symbol, source } = part;
      const address = index === 0 ? row.address : offsetBy(row.address, index * size);
      // A sign makes more than 64 bits of a number.
      const word: KnownWord = {
        address,
        value: value >= 0n && value <= highest ? value : BigInt.asUintN(64, value),
        source,
        step,
      };
      if (symbol !== undefined) word.symbol = symbol;
      words.push(word);
    }
  }
  return words;
}

function joinAll(
  units: readonly Unit[],
  count: number,
  size: number,
  step: number,
  begins: (unit: Unit) => boolean,
): KnownWord[] {
  const words: KnownWord[] = [];
  for (let at = 0; at + count <= units.length;) {
    const unit = units[at];
    const word = unit !== undefined && begins(unit) ? joinUnits(units, at, count, size, step) : undefined;
    if (word !== undefined) words.push(word);
    at += word === undefined ? 1 : count;
  }
  return words;
}
