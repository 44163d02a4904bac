/** Tables of the runtime that go from bytes to columns: what was printed comes back, with its place in the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextFact } from '../../../src/core/model/record.ts';
import { read } from './render.ts';

interface Printed {
  value: bigint;
  symbol?: string;
}

const hex = (value: bigint, digits: number): string => value.toString(16).padStart(digits, '0');

function factsOf<K extends TextFact['kind']>(text: string, kind: K): Extract<TextFact, { kind: K }>[] {
  const { records } = read(text);
  return records.facts.filter((fact): fact is Extract<TextFact, { kind: K }> => fact.kind === kind);
}

/** Above a dump; alone, some lines of it are those of a debugger. */
const complaint = 'runtime: g 1: unexpected return pc for main.f called from 0x1\n';

/** The words of the first hexdump in `text`, each with the text at its source. */
function wordsIn(text: string) {
  const [fact] = factsOf(text, 'words');
  return (fact?.words ?? []).map(({ address, value, symbol, source }) => ({
    address,
    value,
    ...(symbol !== undefined && { symbol }),
    text: text.slice(source.start, source.end),
  }));
}

const symbol = fc
  .tuple(
    fc.constantFrom('main.fill', 'runtime.(*mheap).alloc', 'main.f[...]', 'vendor/x.glob..func1'),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([name, offset]) => `${name}+${offset}`);
const word = fc.record({ value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), symbol }, { requiredKeys: ['value'] });
const base = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((address) => address & ~15n);
const mark = fc.constantFrom(' ', '<', '>', '!');
const wrap = (address: bigint): bigint => BigInt.asUintN(64, address);

function printLines(at: bigint, words: readonly Printed[], prefix: string, marks: readonly string[], digits: number): string {
  const size = digits / 2;
  const lines: string[] = [];
  for (let row = 0; row < words.length; row += 16 / size) {
    const address = BigInt.asUintN(digits * 4, at + BigInt(row * size));
    const cells = words.slice(row, row + 16 / size).map((one, k) => {
      const name = one.symbol === undefined ? '' : `<${one.symbol}> `;
      return `${marks[(row + k) % marks.length] ?? ' '}${prefix}${hex(one.value, digits)} ${name}`;
    });
    lines.push(`${prefix}${hex(address, digits)}: ${cells.join('')}`);
  }
  return `${lines.join('\n')}\n`;
}

describe('hexdumps of words', () => {
  it.each(['', '0x'])('gives back what was printed with the prefix "%s"', (prefix) => {
    fc.assert(
      fc.property(
        base,
        fc.array(word, { minLength: 1, maxLength: 9 }),
        fc.array(mark, { minLength: 1, maxLength: 5 }),
        (at, words, marks) => {
          const printed = complaint + printLines(at, words, prefix, marks, 16);
          expect(wordsIn(printed)).toEqual(
            words.map((one, k) => ({ ...one, address: wrap(at + BigInt(k * 8)), text: hex(one.value, 16) })),
          );
        },
      ),
    );
  });

  it('gives back words of four bytes', () => {
    const narrow = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
    fc.assert(
      fc.property(narrow, fc.array(narrow, { minLength: 1, maxLength: 9 }), (place, values) => {
        const at = (place & ~15n) % (2n ** 32n - 64n);
        const printed =
          complaint +
          printLines(
            at,
            values.map((value) => ({ value })),
            '0x',
            [' '],
            8,
          );
        expect(factsOf(printed, 'words')[0]?.wordSize).toBe(4);
        expect(wordsIn(printed).map(({ address, value }) => [address, value])).toEqual(
          values.map((value, k) => [at + BigInt(k * 4), value]),
        );
      }),
    );
  });

  it('ends a line where something else than a word of its width stands', () => {
    const line = '000000c000082dc0:  0000000000000001  000000000000002 0000000000000003\n';
    expect(wordsIn(line).map(({ value }) => value)).toEqual([1n]);
  });

  it('takes `<` for a mark where no symbol closes', () => {
    const line = '000000c000082dc0:  0000000000000001 <0000000000000002 <main.f+12> \n';
    expect(wordsIn(line).map(({ value, symbol: name }) => [value, name])).toEqual([
      [1n, undefined],
      [2n, 'main.f+12'],
    ]);
  });

  it.each([
    'a line without words: 000000c000082dc0:\n',
    '000000c000082dc0:\n',
    '000000c000082dc: 0000000000000001\n',
    '000000c000082dc0: 00000001\n',
    '000000C000082DC0: 0000000000000001\n',
    'gc 000000c000082dc0: 0000000000000001\n',
  ])('leaves %j', (line) => {
    expect(factsOf(line, 'words')).toEqual([]);
  });
});

/** Dialect C as runtime/hexdump.go prints it: blanks where no word was asked for, marks below. */
function printGrid(at: bigint, words: readonly (Printed | undefined)[]): string {
  const lines = [`${' '.repeat(19)}7 6 5 4  3 2 1 0   f e d c  b a 9 8  0123456789abcdef`];
  for (let row = 0; row < words.length; row += 2) {
    const cells = [words[row], words[row + 1]];
    const shown = cells.map((one) => (one === undefined ? ' '.repeat(17) : hex(one.value, 16).replace(/^.{8}/, '$& ')));
    lines.push(`${hex(wrap(at + BigInt(row * 8)), 16)}: ${shown.join('  ')}  ${'.'.repeat(16)}`);
    for (const [k, one] of cells.entries())
      if (one?.symbol !== undefined) lines.push(`${' '.repeat(18 + 19 * k)}^ <${one.symbol}>`);
  }
  return `${lines.join('\n')}\n`;
}

describe('hexdumps with offsets above their columns', () => {
  it('give back words, blanks and symbols', () => {
    fc.assert(
      fc.property(base, fc.array(fc.option(word, { nil: undefined }), { minLength: 1, maxLength: 9 }), (at, words) => {
        const expected = words.flatMap((one, k) =>
          one === undefined
            ? []
            : [{ ...one, address: wrap(at + BigInt(k * 8)), text: hex(one.value, 16).replace(/^.{8}/, '$& ') }],
        );
        expect(wordsIn(printGrid(at, words))).toEqual(expected);
      }),
    );
  });

  it('say the order of bytes where a header does', () => {
    const line = '000000c000040000: 00000000 00000001  000000c0 00040010  ................\n';
    const big = '                   0 1 2 3  4 5 6 7   8 9 a b  c d e f  0123456789abcdef\n';
    expect(factsOf(big + line, 'words')[0]?.bigEndian).toBe(true);
    expect(factsOf(big.replace('0 1 2 3  4 5 6 7', '7 6 5 4  3 2 1 0') + line, 'words')[0]?.bigEndian).toBe(false);
    expect(factsOf(line, 'words')[0]?.bigEndian).toBeUndefined();
  });
});

describe('registers of the runtime', () => {
  it('are read one or two a line, with their places', () => {
    const text = 'r0   0x1\tr1 0xffffffffffffffff\n  lr     0x47c001\npc  0x47c002\n';
    const [fact] = factsOf(text, 'registers');
    expect(fact?.origin).toBe('runtime');
    expect(fact?.values.map(({ name, value, source }) => [name, value, text.slice(source.start, source.end)])).toEqual([
      ['r0', 1n, 'r0   0x1'],
      ['r1', 2n ** 64n - 1n, 'r1 0xffffffffffffffff'],
      ['lr', 0x47c001n, 'lr     0x47c001'],
      ['pc', 0x47c002n, 'pc  0x47c002'],
    ]);
  });

  it.each([
    'rax 0x1\n',
    'rax 0x1 rbx 0x2 rcx 0x3\n',
    'rax 0x1 rbx\n',
    'rqx 0x1\nrqy 0x2\n',
    'rax 0x\nrbx 0x\n',
    'rax 0x11112222333344445\nrbx 0x2 .\n',
  ])('are not seen in %j', (text) => {
    expect(factsOf(text, 'registers')).toEqual([]);
  });

  it.each([
    ['rax 0x1\nrip 0x2\n', 'amd64'],
    ['eax 0x1\neip 0x2\n', '386'],
    ['r0 0x1\nr29 0x2\nlr 0x3\n', 'arm64'],
    ['r0 0x1\ncpsr 0x2\n', 'arm'],
    ['ra 0x1\ntp 0x2\n', 'riscv64'],
    ['r15 0x1\nlink 0x2\n', 's390x'],
    ['r15 0x1\nr16 0x1\nr31 0x1\nlink 0x2\n', 'loong64'],
    ['r15 0x1\nr16 0x1\nr31 0x1\nlink 0x2\nctr 0x1\n', undefined],
    ['r0 0x1\nr1 0x2\n', undefined],
  ])('tell the machine: %j', (text, arch) => {
    const told = factsOf(text, 'process').map(({ facts }) => facts.arch);
    expect(told).toEqual(arch === undefined ? [] : [arch]);
  });
});

describe('rows of zombie tables', () => {
  const head = 'runtime: marked free object in span 0x7f00, elemsize=16 freeindex=3 (bad use)\n';
  const zombies = (text: string) =>
    factsOf(text, 'complaint').flatMap(({ complaint }) => (complaint.kind === 'zombies' ? [complaint] : []));

  it('become objects when they are asked, the same each time', () => {
    const text = `${head}0xc000089200 alloc marked  \n0xc000089210 free  marked   zombie\n0xc000089220 free  unmarked\n`;
    const [table] = zombies(text);
    expect(table?.rows.map(({ address, free, marked, zombie }) => [address, free, marked, zombie])).toEqual([
      [0xc000089200n, false, true, false],
      [0xc000089210n, true, true, true],
      [0xc000089220n, true, false, false],
    ]);
    expect(table?.rows).toBe(table?.rows);
    const { source } = table?.rows[1] ?? { source: { start: 0, end: 0 } };
    expect(text.slice(source.start, source.end)).toBe('0xc000089210 free  marked   zombie');
    expect(structuredClone(table)?.rows).toHaveLength(3);
  });

  it('go on behind another line where the addresses do', () => {
    const text = `${head}0xc000089200 alloc marked\nsomeone else\n0xc000089210 free  unmarked\n`;
    expect(zombies(text).map(({ rows }) => rows.length)).toEqual([2]);
    expect(zombies(text.replace('089210', '089218')).map(({ rows, elementSize }) => [rows.length, elementSize])).toEqual([
      [1, 16],
      [1, 0],
    ]);
  });
});

describe('object dumps', () => {
  const head = 'object=0xfffffff8 s.base()=0xffff0000 s.limit=0x100010000 s.spanclass=8 s.elemsize=64 s.state=mSpanInUse\n';
  const body = ' *(object+0) = 0x1\n *(object+8) = 0xc000040000 <==\n ...\n *(object+24) = 0x3 &lt;==\n';

  it('give words by offset and by address', () => {
    const text = `${head}${body} *(other+32) = 0x4\n`;
    const [fact] = factsOf(text, 'object');
    expect(
      fact?.object.words.map(({ offset, value, marked, source }) => [
        offset,
        value,
        marked,
        text.slice(source.start, source.end),
      ]),
    ).toEqual([
      [0, 1n, false, ' *(object+0) = 0x1'],
      [8, 0xc000040000n, true, ' *(object+8) = 0xc000040000 <=='],
      [24, 3n, true, ' *(object+24) = 0x3 &lt;=='],
    ]);
    expect(fact?.object.span?.base).toBe(0xffff0000n);
    expect(wordsIn(text).map(({ address, value }) => [address, value])).toEqual([
      [0xfffffff8n, 1n],
      [0x100000000n, 0xc000040000n],
      [0x100000010n, 3n],
    ]);
    expect(factsOf(text, 'words')[0]?.wordSize).toBe(8);
  });

  it('have words of four bytes where an offset shows it, and none where there are no rows', () => {
    expect(factsOf(`${head} *(object+4) = 0x1\n`, 'words')[0]?.wordSize).toBe(4);
    expect(factsOf(head, 'words')).toEqual([]);
    expect(factsOf(head, 'object')[0]?.object.words).toEqual([]);
  });
});
