/** `x/c`, `x/t`, `x/o`, `x/f` and `x/d` at every unit, as gdb 13 printed them of known arrays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatBits } from '../../../../src/core/text/debugger/float-bits.ts';
import { factsOf, proseOf, read } from './support.ts';

function wordsOf(text: string): [bigint, bigint][] {
  const reading = read(`(gdb) p $rip\n$1 = (void (*)()) 0x401150 <leaf>\n${text}`);
  expect(proseOf(reading)).toEqual([]);
  return factsOf(reading, 'words').flatMap((fact) => fact.words.map(({ address, value }): [bigint, bigint] => [address, value]));
}

const bytes = 0x77ff016f6c6c6568n;

describe('characters', () => {
  const rows = `0x5040 <bs>:\t104 'h'\t101 'e'\t108 'l'\t108 'l'\t111 'o'\t1 '\\001'\t-1 '\\377'\t119 'w'
0x5048 <bs+8>:\t39 '\\''\t92 '\\\\'\t9 '\\t'\t32 ' '\t0 '\\000'\t0 '\\000'\t0 '\\000'\t0 '\\000'
`;
  const words = [
    [0x5040n, bytes],
    [0x5048n, 0x20095c27n],
  ];

  it('are bytes, also where the command named no unit or is not known', () => {
    expect(wordsOf(`(gdb) x/16cb bs\n${rows}`)).toEqual(words);
    expect(wordsOf(`(gdb) x/2xg bs\n(gdb) x/16c bs\n${rows}`)).toEqual(words);
    expect(wordsOf(rows)).toEqual(words);
  });

  it('of larger units are the lowest byte of each, which is no word', () => {
    expect(wordsOf("(gdb) x/4cw ls\n0x5060 <ls>:\t1 '\\001'\t0 '\\000'\t-1 '\\377'\t-1 '\\377'\n")).toEqual([]);
    expect(wordsOf("(gdb) x/2cg ls\n0x5060 <ls>:\t1 '\\001'\n0x5068 <ls+8>:\t2 '\\002'\n")).toEqual([]);
  });
});

describe('bits', () => {
  const bits = (value: bigint, size: number): string => value.toString(2).padStart(size, '0');

  it.each([
    ['b', '0x5040:\t01101000\t01100101\t01101100\t01101100\t01101111\t00000001\t11111111\t01110111', bytes],
    ['h', '0x5040:\t0000000000000001\t1111111111111110\t0000000000000011\t0000000000000100', 0x40003fffe0001n],
    ['w', `0x5040:\t${bits(1n, 32)}\t${bits(0xfffffffen, 32)}`, 0xfffffffe00000001n],
    ['g', `0x5040:\t${bits(0x7fff1234n, 64)}`, 0x7fff1234n],
  ])('tell their unit: %s', (unit, row, value) => {
    expect(wordsOf(`(gdb) x/8t${unit} 0x5040\n${row}\n`)).toEqual([[0x5040n, value]]);
  });

  it('are not taken where the command asked for another unit', () => {
    expect(wordsOf(`(gdb) x/1tg 0x5040\n0x5040:\t${bits(5n, 32)}\t${bits(5n, 32)}\n`)).toEqual([]);
  });
});

describe('octal numbers', () => {
  it.each([
    ['b', '0x5040:\t0150\t0145\t0154\t0154\t0157\t01\t0377\t0167', [[0x5040n, bytes]]],
    ['h', '0x5040:\t01\t0177776\t03\t04', [[0x5040n, 0x40003fffe0001n]]],
    ['w', '0x5040:\t01\t037777777776', [[0x5040n, 0xfffffffe00000001n]]],
    [
      'g',
      '0x5040:\t01\t01777777777777777777777\n0x5050:\t017777611064\t0',
      [
        [0x5040n, 1n],
        [0x5048n, 0xffffffffffffffffn],
        [0x5050n, 0x7fff1234n],
        [0x5058n, 0n],
      ],
    ],
  ])('have the unit that was asked for: %s', (unit, rows, words) => {
    expect(wordsOf(`(gdb) x/8o${unit} 0x5040\n${rows}\n`)).toEqual(words);
  });

  it('that no unit of that size holds give none', () => {
    expect(wordsOf('(gdb) x/8ob 0x5040\n0x5040:\t0150\t0145\t0154\t0154\t0157\t01\t0777\t0167\n')).toEqual([]);
  });

  it('are not taken for decimal ones where no command is known', () => {
    expect(wordsOf('0x5040:\t0150\t0145\n0x5050:\t0154\t01\n')).toEqual([]);
  });
});

describe('decimal numbers', () => {
  it('of a row alone need a command that tells their unit', () => {
    expect(wordsOf('0x5040:\t1\t-2\n')).toEqual([]);
    expect(wordsOf('0x5040:\t1\t-2\n0x5050:\t3\t4\n')).toHaveLength(4);
    expect(wordsOf('(gdb) x/4dh 0x5040\n0x5040:\t1\t-2\t3\t4\n')).toEqual([[0x5040n, 0x40003fffe0001n]]);
  });

  it('are bytes behind a string', () => {
    const rows = '0x5040 <bs>:\t104\t101\t108\t108\t111\t1\t-1\t119\n';
    expect(wordsOf(`(gdb) x/4xg bs\n(gdb) x/s 0x6000\n0x6000:\t"go"\n(gdb) x/8d bs\n${rows}`)).toEqual([[0x5040n, bytes]]);
  });
});

describe('floats', () => {
  it('are the bits of doubles', () => {
    const rows = '0x50e0 <fs>:\t1.5\t-2.25\n0x50f0 <fs+16>:\t3\t1.0000000000000001e+300\n';
    const words = [
      [0x50e0n, 0x3ff8000000000000n],
      [0x50e8n, 0xc002000000000000n],
      [0x50f0n, 0x4008000000000000n],
      [0x50f8n, 0x7e37e43c8800759cn],
    ];
    expect(wordsOf(`(gdb) x/4fg fs\n${rows}`)).toEqual(words);
    expect(wordsOf(`(gdb) x/8xb fs\n(gdb) x/4f fs\n${rows}`)).toEqual(words);
  });

  it('are the bits of singles', () => {
    expect(wordsOf('(gdb) x/4fw gs\n0x50b0 <gs>:\t1.5\t2.5\t0.100000001\t1.00000002e+30\n')).toEqual([
      [0x50b0n, 0x402000003fc00000n],
      [0x50b8n, 0x7149f2ca3dcccccdn],
    ]);
  });

  it('whose digits do not tell every bit leave their word out', () => {
    expect(wordsOf('(gdb) x/2fg fs\n0x50e0 <fs>:\t0.1\t-2.25\n')).toEqual([[0x50e8n, 0xc002000000000000n]]);
  });

  it('of other units are whole numbers, and give none', () => {
    expect(wordsOf('(gdb) x/4fh hs\n0x5090 <hs>:\t1\t-2\t3\t4\n')).toEqual([]);
  });
});

describe('floatBits', () => {
  const view = new DataView(new ArrayBuffer(8));

  it.each([
    ['0', 8, 0n],
    ['-0', 8, 1n << 63n],
    ['inf', 8, 0x7ff0000000000000n],
    ['-inf', 4, 0xff800000n],
    ['-nan(0xfffffffffffff)', 8, 0xffffffffffffffffn],
    ['nan(0x400000)', 4, 0x7fc00000n],
    ['4.9406564584124654e-324', 8, 1n],
    ['0.0001', 4, undefined],
    ['9.99999975e-05', 4, 0x38d1b717n],
    ['nan(0x0)', 8, undefined],
    ['nan(0xfffffffff)', 4, undefined],
    ['1e400', 8, undefined],
    ['1.50', 8, undefined],
  ] as const)('of %s in %d bytes', (text, size, bits) => {
    expect(floatBits(text, size)).toBe(bits);
  });

  it('gives back every double that is printed with all its digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0.0001, max: 9007199254740991 }), (value) => {
        const [whole = '', fraction = ''] = Number(value.toPrecision(17)).toString().includes('e')
          ? ['']
          : value.toPrecision(17).split('.');
        if (whole === '') return;
        const shown = fraction.replace(/0+$/, '');
        view.setFloat64(0, value);
        expect(floatBits(shown === '' ? whole : `${whole}.${shown}`, 8)).toBe(view.getBigUint64(0));
      }),
    );
  });
});
