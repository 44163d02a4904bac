/** Lines that hold a bogus value and say nothing new are left out: what was typed, and rows that the finding speaks about. */
import { describe, expect, it } from 'vitest';
import { newsOf } from '../../../src/core/diagnose/sightings/news.ts';
import type { Sighting } from '../../../src/core/diagnose/sightings/scan.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import type { Finding } from '../../../src/core/model/finding.ts';

const value = toAddress(0x7fffffffe000n);
const finding: Finding = {
  id: 'a',
  rule: 'RA-01',
  title: '',
  headline: '',
  confidence: 'very likely',
  explanation: '',
  evidence: [{ statement: 'Register `rdi` holds `0x7fffffffe000`.', source: { document: 0, start: 0, end: 10 } }],
  against: [],
  checks: [],
  next: [],
  references: [],
  explains: [],
  bogus: [{ value, at: toAddress(0xc000074f40n), why: 'in no function' }],
};

const sighting = (line: string, document = 0): Sighting => ({
  needle: { value, distance: 0, form: 'full', number: value },
  source: { document, start: 100, end: 100 + line.length },
  line,
});

const news = (...lines: string[]) =>
  newsOf(
    lines.map((line) => sighting(line)),
    finding,
  ).map(({ line }) => line);

describe('says nothing new', () => {
  it.each([
    ['a command', '(gdb) info symbol 0x7fffffffe000'],
    ['a command of another debugger', 'pwndbg> x/2gx 0x7fffffffe000'],
    ['what print gave', '$2 = 0x7fffffffe000'],
    ['an address that could not be read', '0x7fffffffe000: Cannot access memory at address 0x7fffffffe000'],
    ['the row of the slot', '0x000000c000074f38: 0x0000000000000001 0x00007fffffffe000'],
    ['the row that begins at the value', '00007fffffffe000: 00000000 00000000'],
    ['a register that the finding names', 'rdi 0x7fffffffe000 140737488347136'],
    ['a frame of the runtime', 'runtime.findfunc(0x7fffffffe000)'],
    ['the signal', '[signal SIGSEGV: segmentation violation code=0x1 addr=0x7fffffffe000 pc=0x1]'],
    ['the fault address among the registers', 'fault      0x7fffffffe000'],
    ['a sentence of the same text', 'One of them, 0x7fffffffe000, is no code.'],
  ])('%s', (_what, line) => {
    expect(news(line)).toEqual([]);
  });

  it('a line that was there before', () => {
    const row = '0x000000c000080000: 0x00007fffffffe000';
    expect(news(row, row.replace(': ', ':  '))).toEqual([row]);
  });
});

describe('says something new', () => {
  it.each([
    ['a row of other memory', '0x000000c000080000: 0x00007fffffffe000'],
    ['an argument', 'main._Cfunc_drive(0x7fffffffe000)'],
    ['a second argument', 'main._Cfunc_drive(0x1, 0x7fffffffe000)'],
    ['a constant of a source', 'const trampoline = 0x7fffffffe000'],
    ['an operand of assembly', 'MOVQ $0x7fffffffe000, BP'],
    ['a field of a struct', 'sched = {sp = 0x1, bp = 0x7fffffffe000}'],
    ['a register that the finding does not name', 'rsi 0x7fffffffe000'],
    ['the number in decimal', 'the seed is 140737488347136'],
  ])('%s', (_what, line) => {
    expect(news(line)).toEqual([line]);
  });

  it('a sentence of another text', () => {
    const line = 'The page is 0x7fffffffe000.';
    expect(newsOf([sighting(line, 1)], finding)).toHaveLength(1);
  });
});
