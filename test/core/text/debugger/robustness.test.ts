import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './support.ts';

const text = readFileSync(new URL('../../../fixtures/debugger/clobbered-frame-pointer.gdb.txt', import.meta.url), 'utf8');
const lines = text.split('\n');

const pieces = fc.constantFrom(
  '(gdb) bt\n', '(rr) x/4wx $sp\n', '(gdb) find 1,2,3\n', '#0  f (', '#1  0x1 in ', ' at ', ') at a:1\n', '0x10:\t', '0x11\t', '"\\"', "'",
  'Old value = ', '\n', '{', '}', '$1 = {', 'TEXT ·f(SB),4,$0-8 ', 'MOVQ AX, ', 'BP', ' // ', '=> ', ' <f+1>:', '\tmov ', 'process 1\n',
  '0x1 0x2 0x1 0x0', 'Dump of assembler code for function f:\n', 'rip 0x1 0x1 <', '\u2192', '\ud83d\ude00', 'Thread 1 hit Watchpoint 1: *0x1\n', '\0',
); // prettier-ignore

describe('broken input', () => {
  it('never throws or loses a line: pieces of forms in any order', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const reading = read(parts.join(''));
        expect(reading.sink.lineClass.length).toBe(reading.lines.length);
        for (const fact of reading.sink.facts) expect(fact.textLine).toBeLessThan(reading.lines.length);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws: a session with lines lost, doubled, cut and characters changed', () => {
    const edit = fc.record({
      at: fc.nat(lines.length - 1),
      kind: fc.constantFrom('drop', 'double', 'cut', 'flip'),
      column: fc.nat(80),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), fc.string({ maxLength: 3 }), (edits, junk) => {
        const broken = [...lines];
        for (const { at, kind, column } of edits) {
          const line = broken[at] ?? '';
          if (kind === 'drop') broken[at] = '';
          else if (kind === 'double') broken[at] = `${line}\n${line}`;
          else if (kind === 'cut') broken[at] = line.slice(0, column);
          else broken[at] = line.slice(0, column) + junk + line.slice(column + 1);
        }
        const reading = read(broken.join('\n'));
        expect(reading.sink.lineClass.length).toBe(reading.lines.length);
      }),
      { numRuns: 60 },
    );
  });

  it('every source range lies in the document', () => {
    const reading = read(text);
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
      if ('source' in value) {
        const { source } = value;
        expect(source).toMatchObject({ document: 0 });
        if (typeof source === 'object' && source !== null && 'start' in source && 'end' in source) {
          expect(Number(source.start)).toBeLessThan(Number(source.end));
          expect(Number(source.end)).toBeLessThanOrEqual(reading.document.bytes.length);
        }
      }
      for (const inner of Object.values(value)) check(inner);
    };
    reading.sink.facts.forEach(check);
  });

  it.each([
    ['one endless line', '0x10:\t'.repeat(200_000)],
    ['addresses that are no search', '0xc00004fd18\n'.repeat(50_000)],
    ['open frames', '#1  0x1 in f (a\n'.repeat(20_000)],
    ['places in a line', `#1  0x1 in f (${') at '.repeat(12_000)}`],
    ['escaped quotes', `#1  0x1 in f (${'"\\'.repeat(20_000)}`],
    ['open structs', '$1 = {{{{\n'.repeat(20_000)],
    ['dumps without end', 'Dump of assembler code for function f:\n'.repeat(20_000)],
    ['directives', 'TEXT ·f(SB),4,$0-8\n'.repeat(20_000)],
    ['capital words', `TEXT ·f(SB),4,$0-8 ${'RET // '.repeat(8_000)}`],
    ['brackets', `(gdb) p $x\n$1 = ${'('.repeat(30_000)}`],
    ['blanks', `${' '.repeat(30_000)}0x1`],
  ])('ends on %s', (_name, broken) => {
    expect(read(broken).sink.facts.length).toBeGreaterThanOrEqual(0);
  });
});
