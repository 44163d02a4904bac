import { describe, expect, it } from 'vitest';
import { factsOf, proseOf, quoted, read } from './support.ts';

function wordsOf(text: string) {
  return factsOf(read(text), 'words').flatMap((fact) => fact.words.map((word) => [word.address, word.value]));
}

describe('x/ output', () => {
  const expected = [
    [0xc000067ec0n, 0xc00001c200n],
    [0xc000067ec8n, 0x40n],
  ];

  it.each([
    ['x/2xg', '0xc000067ec0:\t0x000000c00001c200\t0x0000000000000040'],
    ['x/4wx', '0xc000067ec0:\t0x0001c200\t0x000000c0\t0x00000040\t0x00000000'],
    ['x/8xh', '0xc000067ec0:\t0xc200\t0x0001\t0x00c0\t0x0000\t0x0040\t0x0000\t0x0000\t0x0000'],
    [
      'x/16xb',
      '0xc000067ec0:\t0x00\t0xc2\t0x01\t0x00\t0xc0\t0x00\t0x00\t0x00\n0xc000067ec8:\t0x40\t0x00\t0x00\t0x00\t0x00\t0x00\t0x00\t0x00',
    ],
    ['x/2a', '0xc000067ec0:\t0xc00001c200\t0x40'],
    ['x/2dg', '0xc000067ec0:\t824633836032\t64'],
  ])('%s gives the same words, with its command or without', (command, output) => {
    expect(wordsOf(`(gdb) ${command} $rsp\n${output}\n`)).toEqual(expected);
    expect(wordsOf(`${output}\n`)).toEqual(expected);
    expect(wordsOf(`${output.replaceAll('\t', '       ')}\n`)).toEqual(expected);
  });

  it('joins parts over lines and drops what makes no whole word', () => {
    expect(wordsOf('0xc000067ec4:\t0x000000c0\t0x00000040\t0x00000000\n0xc000067ed0:\t0x11223344\t0x55667788\t0x1\n')).toEqual([
      [0xc000067ec8n, 0x40n],
      [0xc000067ed0n, 0x5566778811223344n],
    ]);
    expect(wordsOf('0xc000067ec1:\t0x01\t0x02\t0x03\t0x04\t0x05\t0x06\t0x07\t0x08\n')).toEqual([
      [0xc000067ec1n, 0x0807060504030201n],
    ]);
  });

  it('joins a row that was wrapped in front of its last value', () => {
    expect(
      wordsOf(
        '0x96690 <main.fillNeon+64>:\t0x9100c3ffa97ffbfd\n0xf90007e0d65f03c0\n0x966a0 <main.fillNeon+80>:\t0x0000000000000001\n',
      ),
    ).toEqual([
      [0x96690n, 0x9100c3ffa97ffbfdn],
      [0x96698n, 0xf90007e0d65f03c0n],
      [0x966a0n, 1n],
    ]);
  });

  it('tells outputs of different sizes apart when the commands between them are missing', () => {
    expect(
      wordsOf(`0xc000067ef0:	0x000000c000067fa8	0x0000000000487ad3
0xc000067ec0:	0x0001c200	0x000000c0	0x00000040	0x00000000
0xc000067f00:	0xc0000b4080	0x40
0xc000067f10:	0x2	0x3
`),
    ).toEqual([
      [0xc000067ef0n, 0xc000067fa8n],
      [0xc000067ef8n, 0x487ad3n],
      [0xc000067ec0n, 0xc00001c200n],
      [0xc000067ec8n, 0x40n],
      [0xc000067f00n, 0xc0000b4080n],
      [0xc000067f08n, 0x40n],
      [0xc000067f10n, 0x2n],
      [0xc000067f18n, 0x3n],
    ]);
  });

  it('reads negative decimals as words', () => {
    expect(wordsOf('(gdb) x/1dg $sp\n0xc000067ec0:\t-1\n')).toEqual([[0xc000067ec0n, 0xffffffffffffffffn]]);
    expect(wordsOf('(gdb) x/2dw $sp\n0xc000067ec0:\t-1\t1\n')).toEqual([[0xc000067ec0n, 0x1ffffffffn]]);
  });

  it('remembers format and size for a bare x', () => {
    expect(wordsOf('(gdb) x/2dw $sp\n0x4100:\t1\t2\n(gdb) x 0x4108\n0x4108:\t3\n(gdb) x\n0x410c:\t4\n')).toEqual([
      [0x4100n, 0x200000001n],
    ]);
  });

  it('keeps symbols beside words and learns where functions begin, once', () => {
    const reading = read(`(gdb) x/2a $rbp
0xc00006cef0:	0xc00006cfa8	0x487ad3 <main.worker+275>
(gdb) x/2xg $x29
0x96690 <main.fillNeon+64>:	0x9100c3ffa97ffbfd	0xf90007e0d65f03c0
(gdb) x/a $sp
0xc00006cf00:	0x487ad4 <main.worker+276>
`);
    const words = factsOf(reading, 'words').flatMap((fact) => fact.words);
    expect(words[1]).toMatchObject({ address: 0xc00006cef8n, value: 0x487ad3n, symbol: 'main.worker+275' });
    expect(words[1] === undefined ? '' : quoted(reading, words[1].source)).toBe('0x487ad3 <main.worker+275>');
    expect(factsOf(reading, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start])).toEqual([
      ['main.worker', 0x4879c0n],
      ['main.fillNeon', 0x96650n],
    ]);
  });

  it('tells unreadable memory', () => {
    const reading = read(`(gdb) x/2xg 0x30bc5b29
0x30bc5b29:	Cannot access memory at address 0x30bc5b29
(gdb) x/4xg 0xc000000ff0
0xc000000ff0:	0x0000000000000001	0x0000000000000002
0xc000001000:	Cannot access memory at address 0xc000001000
(gdb) x/3i 0x7ffff7e25000
   0x7ffff7e25000:	Cannot access memory at address 0x7ffff7e25000
Cannot access memory at address 0x8
`);
    expect(factsOf(reading, 'unreadable').map((fact) => fact.address)).toEqual([0x30bc5b29n, 0xc000001000n, 0x7ffff7e25000n, 8n]);
    expect(factsOf(reading, 'words').flatMap((fact) => fact.words)).toHaveLength(2);
    expect(proseOf(reading)).toEqual([]);
  });

  it('reads strings and less than a word of characters without making words of them', () => {
    const reading = read(`(gdb) x/s 0x7fffffffddcd
0x7fffffffddcd:	"go"
(gdb) x/2cb $sp
0xc000067ec0:	103 'g'	111 'o'
`);
    expect(factsOf(reading, 'words')).toEqual([]);
    expect(proseOf(reading)).toEqual([]);
  });

  it("leaves the runtime's own hexdump rows alone", () => {
    const lines = [
      '0x000000c000076ba0:  0x000000c000076c50  0x00000000004cd6c6 ',
      '000000c000076bb0:  00000000004dd160  000000000052bb98 ',
    ];
    expect(proseOf(read(lines.join('\n')))).toEqual(lines);
  });
});

describe('mappings', () => {
  it('reads rows without Perms and joins names that a mail broke off', () => {
    const reading = read(`(rr) info proc map
process 1446086
Mapped address spaces:

          Start Addr           End Addr       Size     Offset objfile
          0x68000000         0x68200000   0x200000        0x0
          0x6fffd000         0x70001000     0x4000        0x0 
/usr/lib/rr/librrpage.so
        0xc000000000       0xc000400000   0x400000        0x0
(rr) bt
`);
    const mappings = factsOf(reading, 'mappings').flatMap((fact) => fact.mappings);
    expect(mappings.map((mapping) => [mapping.start, mapping.permissions, mapping.file])).toEqual([
      [0x68000000n, undefined, undefined],
      [0x6fffd000n, undefined, '/usr/lib/rr/librrpage.so'],
      [0xc000000000n, undefined, undefined],
    ]);
    expect(factsOf(reading, 'process')[0]?.facts.pid).toBe(1446086);
    expect(proseOf(reading)).toEqual([]);
  });

  it('reads rows alone and /proc/PID/maps', () => {
    const reading = read(`      0x7ffff7e25000     0x7ffff7e26000     0x1000        0x0  --xp   [uprobes]

55e23d2df000-55e23d2e1000 r--p 00001000 fe:00 247766                     /usr/bin/sleep
c000000000-c000400000 rw-p 00000000 00:00 0 
`);
    const mappings = factsOf(reading, 'mappings').flatMap((fact) => fact.mappings);
    expect(mappings).toMatchObject([
      { start: 0x7ffff7e25000n, permissions: '--xp', file: '[uprobes]' },
      { start: 0x55e23d2df000n, end: 0x55e23d2e1000n, permissions: 'r--p', fileOffset: 0x1000n, file: '/usr/bin/sleep' },
      { start: 0xc000000000n, permissions: 'rw-p' },
    ]);
  });

  it('reads past a header that was wrapped', () => {
    const reading = read(`process 7153
Mapped address spaces:

          Start Addr           End Addr       Size     Offset  Perms
objfile
            0x400000           0x472000    0x72000        0x0  r-xp
/home/dev/ingest/ingest
`);
    expect(factsOf(reading, 'process')[0]?.facts.pid).toBe(7153);
    expect(factsOf(reading, 'mappings')[0]?.mappings[0]?.file).toBe('/home/dev/ingest/ingest');
    expect(proseOf(reading)).toEqual([]);
  });

  it('wants the size to fit', () => {
    const line = '  0x400000  0x488000  0x1234  0x0  r-xp   /bin/x';
    expect(proseOf(read(line))).toEqual([line]);
  });
});

describe('find', () => {
  it('gives hits with value and symbols, and an empty result', () => {
    const reading = read(`(gdb) find /w &'runtime.text', &'runtime.etext', 0x30bc5b29
0x487df0 <main.mix+48>
1 pattern found.
(gdb) find /g 0xc000000000, 0xc000800000, 0xc001500000
Pattern not found.
`);
    expect(factsOf(reading, 'search').map((fact) => fact.search)).toMatchObject([
      { value: 0x30bc5b29n, hits: [{ address: 0x487df0n, symbol: 'main.mix+48' }] },
      { value: 0xc001500000n, hits: [] },
    ]);
    expect(factsOf(reading, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start])).toEqual([['main.mix', 0x487dc0n]]);
  });

  it('knows hits by their count when the command is missing, and leaves other addresses alone', () => {
    const reading = read('0xc00004fd18\n0xc000305000\n2 patterns found.\n\n0xc00004fd18\n0xc000305000\nand so on\n');
    expect(factsOf(reading, 'search').map((fact) => fact.search.hits.length)).toEqual([2]);
    expect(proseOf(reading)).toEqual(['0xc00004fd18', '0xc000305000', 'and so on']);
  });
});
