/** The examples of all forms, damaged at random and read with all readers: nothing throws, and no line is lost. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from '../render.ts';

const folder = new URL('../../../fixtures/debugger/reference/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/^@@ .*\n/m))
  .filter((text) => text !== '');

/** Every source of every fact lies in the document. */
function checkSources(value: unknown, size: number): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const range: unknown = inner;
    if (key !== 'source' || typeof range !== 'object' || range === null || !('start' in range) || !('end' in range))
      checkSources(range, size);
    else {
      expect(Number(range.start)).toBeLessThanOrEqual(Number(range.end));
      expect(Number(range.end)).toBeLessThanOrEqual(size);
    }
  }
}

function check(bytes: Uint8Array): void {
  const reading = read(bytes);
  const { lineClass, facts } = reading.records;
  const lines = Math.max(0, reading.document.text.lineStarts.length - 1);
  expect(lineClass.length).toBe(lines);
  // Every line has one of the three classes at the end.
  expect(lineClass.every((one) => one <= 2)).toBe(true);
  for (const fact of facts) expect(fact.textLine).toBeLessThan(lines);
  checkSources(facts, bytes.length);
}

const encoder = new TextEncoder();
const example = fc.constantFrom(...examples);

describe('damaged forms', () => {
  it('cut at any byte', () => {
    fc.assert(
      fc.property(example, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (text, where, tail) => {
        const bytes = encoder.encode(text);
        const at = Math.floor(where * bytes.length);
        check(tail ? bytes.subarray(at) : bytes.subarray(0, at));
      }),
      { numRuns: 600 },
    );
  });

  it('with bytes changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(example, changes, (text, edits) => {
        const bytes = encoder.encode(text);
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        check(bytes);
      }),
      { numRuns: 800 },
    );
  });

  it('mixed: lines of several, in any order', () => {
    const line = example.chain((text) => fc.constantFrom(...text.split('\n')));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        check(encoder.encode(lines.join('\n')));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['open values of Delve', `(dlv) print s\n${'main.T {a: '.repeat(20_000)}`],
    ['types of Delve', `(dlv) print s\n${'[]map[string]'.repeat(20_000)}`],
    ['interfaces', `(dlv) print s\n${'interface {'.repeat(20_000)}`],
    ['open maps on lines', `(dlv) locals\n${'x = map[string]int [\n'.repeat(20_000)}`],
    ['open structs of LLDB', `(lldb) p x\n${'(T) $0 = {\n'.repeat(20_000)}`],
    ['threads without frames', '* 1    LWP 1 "a" f (\n'.repeat(20_000)],
    ['commands without output', 'x/2xg $rsp\n'.repeat(20_000)],
    ['strings', `(gdb) x/s $rax\n0xc00001c240:\t"${'\\000'.repeat(15_000)}"\n`],
    ['elided hits', `(gdb) find 1, 2, 3\n${'0x10\n...\n'.repeat(20_000)}`],
    ['profiles', 'heap profile: 1: 1 [1: 1] @ heap/1\n1: 1 [1: 1] @ 0x1\n'.repeat(10_000)],
    ['oops lines', '[    1.000000]  f+0x1/0x2\n'.repeat(20_000)],
    [
      'plain hexdumps',
      Array.from({ length: 20_000 }, (_, row) => `${(row * 16).toString(16).padStart(7, '0')} ae2d 00c0\n`).join(''),
    ],
  ])('ends on %s', (_name, broken) => {
    check(encoder.encode(broken));
  });
});
