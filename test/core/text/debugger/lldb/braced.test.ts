/** Arrays and structs that LLDB 14 printed on one line, and in lines. */
import { describe, expect, it } from 'vitest';
import { braced } from '../../../../../src/core/text/debugger/lldb/braced.ts';
import { read } from '../../render.ts';
import { facts, proseOf } from '../../support.ts';

const whole = `(lldb) p *p
(st) $0 = {
  id = 7
  v = ([0] = 824633982976, [1] = 2, [2] = 3)
  in = {
    [0] = (a = 1, s = "a (b)")
    [1] = (a = 2, s = 0x0000000000000000)
  }
  m = {
    [0] = ([0] = 1, [1] = 2)
    [1] = ([0] = 3, [1] = 4)
  }
  p = ([0] = 0x0000000000000000, [1] = 0x0000555555558040)
}
`;

function structsOf(text: string) {
  const reading = read(text);
  expect(proseOf(reading)).toEqual([]);
  return facts(reading, 'struct').map(({ struct }) => ({
    expression: struct.expression,
    fields: struct.fields.map(({ name, value, text: printed }) => [name, value ?? printed]),
  }));
}

describe('arrays in parentheses', () => {
  it('are fields of the struct that holds them, one by one', () => {
    expect(structsOf(whole)).toEqual([
      {
        expression: '*p',
        fields: [
          ['id', 7n],
          ['v[0]', 0xc000040000n],
          ['v[1]', 2n],
          ['v[2]', 3n],
          ['in[0].a', 1n],
          ['in[0].s', 'a (b)'],
          ['in[1].a', 2n],
          ['in[1].s', 0n],
          ['m[0][0]', 1n],
          ['m[0][1]', 2n],
          ['m[1][0]', 3n],
          ['m[1][1]', 4n],
          ['p[0]', 0n],
          ['p[1]', 0x555555558040n],
        ],
      },
    ]);
  });

  it('are values of their own', () => {
    const text = '(lldb) p/x g.v\n(unsigned long[2]) $3 = ([0] = 0x000000c000040000, [1] = 0x0000000000000002)\n';
    expect(structsOf(text)).toEqual([
      {
        expression: 'g.v',
        fields: [
          ['[0]', 0xc000040000n],
          ['[1]', 2n],
        ],
      },
    ]);
  });

  it('stand among the variables of a frame', () => {
    const text =
      '(lldb) frame variable\n(st *) p = 0x0000555555558040\n(int[3]) loc = ([0] = 9, [1] = 8, [2] = -7)\n(int) n = 4\n';
    expect(structsOf(text)).toEqual([
      {
        expression: 'loc',
        fields: [
          ['loc[0]', 9n],
          ['loc[1]', 8n],
          ['loc[2]', 0xfffffffffffffff9n],
        ],
      },
      {
        expression: 'locals',
        fields: [
          ['p', 0x555555558040n],
          ['n', 4n],
        ],
      },
    ]);
  });

  it('keep the place of each value', () => {
    const reading = read(whole);
    const fields = facts(reading, 'struct')[0]?.struct.fields ?? [];
    const sources = fields.map(({ source }) => whole.slice(source.start, source.end));
    expect(sources[1]).toContain('824633982976');
    expect(sources[7]).toContain('s = 0x0000000000000000');
  });
});

describe('braced', () => {
  it.each([
    ['([0] = 1, [1] = (2))', '{[0] = 1, [1] = (2)}'],
    ['{a = (x = ")", y = (int) 3), b = f(x = 1)}', '{a = {x = ")", y = (int) 3}, b = f(x = 1)}'],
    ['(main.T *) 0x1', '(main.T *) 0x1'],
    ['([0] = "unended (', '{[0] = "unended ('],
    [')) = ((', ')) = (('],
  ])('%s', (text, expected) => {
    expect(braced(text)).toBe(expected);
    expect(expected).toHaveLength(text.length);
  });
});
