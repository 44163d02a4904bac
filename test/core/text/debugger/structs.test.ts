import { describe, expect, it } from 'vitest';
import { printedFields } from '../../../../src/core/text/debugger/print-value.ts';
import { factsOf, proseOf, read } from './support.ts';

const rows = (text: string) => printedFields(text).map(({ name, value, text: printed }) => [name, value, printed]);

describe('the value grammar of print', () => {
  it('reads nested structs, pointers to text and to functions', () => {
    const fields = printedFields(
      '{format = 0xc0002ff000 "", meta = 0x7f8e0c001b50 "\\250\\324\\307f\\216\\177", flags = 140249363978005, mu = {state = -1, ' +
        'sema = 0x0}, release = 0x7f8e59851479 <_cgo_release+21>, ok = true, gone = <optimized out>, none = {}}',
    );
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['format', 0xc0002ff000n],
      ['meta', 0x7f8e0c001b50n],
      ['flags', 140249363978005n],
      ['mu.state', 0xffffffffffffffffn],
      ['mu.sema', 0n],
      ['release', 0x7f8e59851479n],
      ['ok', 1n],
      ['gone', undefined],
      ['none', undefined],
    ]);
    expect([...(fields[1]?.bytes ?? [])]).toEqual([0xa8, 0xd4, 0xc7, 0x66, 0x8e, 0x7f]);
    expect(fields[5]?.symbol).toBe('_cgo_release+21');
    expect(fields[2]?.decimal).toBe(true);
    expect(fields[7]?.text).toBe('<optimized out>');
  });

  it('counts repeated elements and names those behind them', () => {
    const fields = printedFields(
      '{buf = {0x1, 0x0 <repeats 28 times>, 0x2}, cells = {{a = 1, b = 2} <repeats 3 times>, {a = 9, b = 8}}}',
    );
    expect(fields.map(({ name, repeats }) => [name, repeats])).toEqual([
      ['buf[0]', undefined],
      ['buf[1]', 28],
      ['buf[29]', undefined],
      ['cells[0].a', 3],
      ['cells[0].b', 3],
      ['cells[3].a', undefined],
      ['cells[3].b', undefined],
    ]);
  });

  it('reads char arrays, Go slices, casts, references and functions', () => {
    expect(rows('{name = "ab\\000", \'\\000\' <repeats 3 times>, "z", n = 3}').map(([name]) => name)).toEqual(['name', 'n']);
    expect([...(printedFields('{name = "ab", \'\\000\' <repeats 3 times>, "z"}')[0]?.bytes ?? [])]).toEqual([
      97, 98, 0, 0, 0, 122,
    ]);
    expect(
      rows("{key = []uint8 = {116 't', 101 'e'}, p = (main.T *) 0xc000010000, r = @0x7ffe: 5, f = {void (int)} 0x401136 <g>}"),
    ).toEqual([
      ['key[0]', 116n, 't'],
      ['key[1]', 101n, 'e'],
      ['p', 0xc000010000n, undefined],
      ['r', 5n, undefined],
      ['f', 0x401136n, undefined],
    ]);
  });

  it('takes any text without hanging or throwing', () => {
    for (const text of [
      '{',
      '{{{{',
      '{a = ',
      '{"',
      "{'",
      '{a = {b = }',
      '}'.repeat(50),
      '{'.repeat(5000),
      '{,,,,}',
      '{a = 1 <repeats',
    ])
      expect(Array.isArray(printedFields(text))).toBe(true);
  });
});

describe('printed structs', () => {
  it('learn type and address from the pointer printed before', () => {
    const [fact] = factsOf(
      read(`(gdb) p out
$1 = (main._Ctype_struct_Item *) 0x7ffe00001000
(gdb) p *out
$2 = {name = 0xc000123000 "x",
  next = 0x0}
`),
      'struct',
    );
    expect(fact?.struct).toMatchObject({ type: 'Item', expression: '*out', address: 0x7ffe00001000n });
    expect(fact?.struct.fields.map((field) => field.name)).toEqual(['name', 'next']);
    expect(fact?.struct.fields[0]?.offset).toBe(0);
  });

  it('learn the address from the argument of the frame', () => {
    const [fact] = factsOf(
      read(`(gdb) f 1
#1  0x00000000004878cf in main.fill (out=0x7ffe00002000, n=3) at /src/main.go:20
20		out.name = n
(gdb) p *out
$1 = {name = 0x0}
`),
      'struct',
    );
    expect(fact?.struct.address).toBe(0x7ffe00002000n);
  });

  it('read locals and arguments as rows', () => {
    const reading = read(`(gdb) info locals
h = 3
where = {x = 1, y = 2}
(gdb) info args
s = 0xc000018090
(gdb) bt full
#0  0x00000000004878cf in main.look (s=0xc000018090) at /src/main.go:20
        i = 7
#1  0x0000000000487ad3 in main.main () at /src/main.go:36
No locals.
`);
    expect(factsOf(reading, 'struct').map(({ struct }) => [struct.expression, struct.fields.map((field) => field.name)])).toEqual(
      [
        ['locals', ['h', 'where.x', 'where.y']],
        ['arguments', ['s']],
        ['locals of main.look', ['i']],
      ],
    );
    expect(proseOf(reading)).toEqual([]);
  });

  it('read the offsets of ptype /o', () => {
    const [fact] = factsOf(
      read(`(gdb) ptype /o struct batch
/* offset      |    size */  type = struct batch {
/*      0      |       4 */    uint32_t rows;
/*     16      |       8 */    char *units;
/*     24      |       8 */    void (*release)(struct batch *);

                               /* total size (bytes):   32 */
                             }
`),
      'type-layout',
    );
    expect(fact?.layout).toMatchObject({ type: 'batch' });
    expect(fact?.layout.fields.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['rows', 0, 4],
      ['units', 16, 8],
      ['release', 24, 8],
    ]);
  });
});
