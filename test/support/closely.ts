/** Runs of plain lines against single lines: the same text read both ways, as it is printed and mutilated. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { FrameColumns, GoroutineColumns, StringTable } from '../../src/core/model/columns.ts';
import { plainListing } from '../../src/core/model/listing-of-run.ts';
import type { TextFact } from '../../src/core/model/record.ts';
import { readText } from '../../src/core/text/index.ts';
import { documentOf } from './document.ts';

function plainFact(fact: TextFact): unknown {
  switch (fact.kind) {
    case 'words':
      return [fact.kind, fact.textLine, fact.wordSize, fact.bigEndian, fact.words];
    case 'registers':
      return [fact.kind, fact.textLine, fact.origin, fact.frame, fact.step, fact.values];
    case 'listing':
      return { ...fact, listing: plainListing(fact.listing) };
    default:
      return fact;
  }
}

/** Everything that was read: facts with their places, classes of lines, frames. */
function readingOf(text: string, closely: boolean): string {
  const columns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const records = readText(documentOf(text), columns, undefined, undefined, closely);
  const { length, functionName, file, ...table } = columns.frames.table();
  const names = (column: Uint32Array) => Array.from(column, (name) => columns.strings.at(name));
  const numbers = Object.entries(table).map(([name, column]) => [name, Array.from<number | bigint>(column)]);
  const { status, ...goroutines } = columns.goroutines.table();
  const rows = [names(status), Object.entries(goroutines).map(([name, column]) => [name, column])];
  const all = [records.facts.map(plainFact), [...records.lineClass], length, names(functionName), names(file), numbers, rows];
  return JSON.stringify(all, (_key, value: unknown) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value), 1);
}

/** Expects both ways to give the same. */
export function same(text: string): void {
  const [plainly, closely] = [readingOf(text, false), readingOf(text, true)];
  if (plainly === closely) return;
  const [left, right] = [plainly.split('\n'), closely.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  expect({ text, at: left.slice(at - 8, at + 4) }).toEqual({ text, at: right.slice(at - 8, at + 4) });
}

/** Bytes that the forms are made of, and some that they are not. */
const marks = [
  ...Array.from('0x1f#(<>)[]{}:+=-., \t"\'$%?'),
  ...['(gdb) ', '(dlv) ', 'Goroutine ', '=>', ' in ', ' at ', ' from ', '0x', '??', '\n', '\r', '·', '', 'n <', '<main.f+8>'],
];

export const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('insert', 'replace', 'drop', 'drop line', 'repeat line', 'cut line', 'swap lines'),
  mark: fc.constantFrom(...marks),
  length: fc.integer({ min: 1, max: 12 }),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

export function mutated(text: string, { at, kind, mark, length }: Mutation): string {
  const place = at % (text.length + 1);
  if (kind === 'insert') return text.slice(0, place) + mark + text.slice(place);
  if (kind === 'replace') return text.slice(0, place) + mark + text.slice(place + mark.length);
  if (kind === 'drop') return text.slice(0, place) + text.slice(place + length);
  const lines = text.split('\n');
  const index = at % lines.length;
  const line = lines[index] ?? '';
  if (kind === 'drop line') lines.splice(index, 1);
  else if (kind === 'repeat line') lines.splice(index, 0, line);
  else if (kind === 'cut line') lines[index] = line.slice(0, at % (line.length + 1));
  else lines.splice(index, 2, lines[index + 1] ?? '', line);
  return lines.join('\n');
}
