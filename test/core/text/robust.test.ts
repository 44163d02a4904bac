/** Whatever becomes of a text: no throw, a class for every line, ranges inside the document. */
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './render.ts';

const texts = ['text', 'debugger'].flatMap((room) => {
  const folder = new URL(`../../fixtures/${room}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
});

function check(bytes: Uint8Array): void {
  const { document, records, columns } = read(bytes);
  expect(records.lineClass.length).toBe(document.lineStarts.length - 1);
  expect(records.lineClass.every((one) => one <= 2)).toBe(true);
  for (const fact of records.facts) {
    expect(fact.textLine).toBeLessThan(records.lineClass.length);
    if ('source' in fact) {
      expect(fact.source.start).toBeLessThanOrEqual(fact.source.end);
      expect(fact.source.end).toBeLessThanOrEqual(bytes.length);
    }
  }
  const { data, length } = columns.goroutines;
  for (let row = 0; row < length; row++) {
    expect(data.frameStart[row]).toBeLessThanOrEqual(data.frameEnd[row] ?? 0);
    expect(data.frameEnd[row]).toBeLessThanOrEqual(columns.frames.length);
    expect(data.endLine[row]).toBeGreaterThan(data.headerLine[row] ?? 0);
  }
}

const anyText = fc.integer({ min: 0, max: texts.length - 1 }).map((index) => texts[index] ?? new Uint8Array());

describe('damaged texts', () => {
  it('cut anywhere', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (text, part, head) => {
        const at = Math.floor(text.length * part);
        check(head ? text.subarray(at) : text.subarray(0, at));
      }),
      { numRuns: 150 },
    );
  });

  it('with bytes changed', () => {
    const edits = fc.array(
      fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(9, 10, 32, 40, 41, 58, 91, 93), fc.integer({ min: 0, max: 255 }))),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(anyText, edits, (text, changes) => {
        const bytes = Uint8Array.from(text);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        check(bytes);
      }),
      { numRuns: 150 },
    );
  });

  it('with lines lost, doubled and swapped', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(2)), { minLength: 1, maxLength: 20 }), (text, moves) => {
        const lines = new TextDecoder().decode(text).split('\n');
        for (const [from, to, kind] of moves) {
          const taken = lines[from % lines.length] ?? '';
          if (kind === 0) lines.splice(from % lines.length, 1);
          else if (kind === 1) lines.splice(to % lines.length, 0, taken);
          else lines[to % lines.length] = taken;
        }
        check(new TextEncoder().encode(lines.join('\n')));
      }),
      { numRuns: 150 },
    );
  });

  it('of two dumps whose lines or words alternate', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        (one, two, turns, words) => {
          const split = (text: Uint8Array) => new TextDecoder().decode(text).split(words ? /(?<=[ \n])/ : /(?<=\n)/);
          const left = split(one);
          const right = split(two);
          let mixed = '';
          for (let turn = 0; left.length + right.length > 0; turn++) {
            const from = left.length > 0 && (turn % 2 === 0 || right.length === 0) ? left : right;
            mixed += from.splice(0, 1 + (turns[turn % turns.length] ?? 0)).join('');
          }
          check(new TextEncoder().encode(mixed));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of any bytes', () => {
    const word = fc.constantFrom(
      'goroutine 1 [',
      'running]:',
      '\n',
      '\t',
      '/a.go:1',
      ' +0x1',
      'main.f(',
      ')',
      'panic: ',
      'runtime: ',
      '0x',
      ' ',
      '[signal ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 60 }), (words) => {
        check(new TextEncoder().encode(words.join('')));
      }),
      { numRuns: 300 },
    );
  });

  it('empty', () => {
    for (const text of ['', '\n', '\n\n', ' ']) check(new TextEncoder().encode(text));
  });
});

describe('hostile texts are read in linear time', () => {
  const size = 15_000;
  it.each([
    ['many headers', 'goroutine 1 [running]:\n'.repeat(size)],
    ['many panics', 'panic: x\n'.repeat(size)],
    ['panics between blanks', 'panic: x\n\ny\n'.repeat(size)],
    ['many complaints', 'runtime: unexpected return pc for f called from 0x1\n'.repeat(size)],
    ['open parentheses', `main.f${'('.repeat(size)})\n`.repeat(3)],
    ['one long line of blanks', `panic: ${' '.repeat(size * 10)}x\n`],
    ['long hexdump', '000000c000086bc0:  00000000004f9440  0000000000545030 \n'.repeat(size)],
    ['long form', `runtime: ${'a='.repeat(size)}1\n`],
    ['colons', `\t${':1'.repeat(size)} +0x\n`.repeat(3)],
    ['fatal errors with bounds', 'runtime: sp=0x1 stack=[0x1, 0x2]\nfatal error: x\n'.repeat(size / 4)],
  ])('%s', (_name, text) => check(new TextEncoder().encode(text)), 20_000);
});
