/** The posts as another process and another poster would have them: the same cause, the values moved alike, nothing else accused. */
import { describe, expect, it } from 'vitest';
import { halves, inMarkdown, movedBy, quoted, relocated, renamed, wrapped, type Move } from '../../scripts/mutations.mjs';
import { allReports, fixture, run } from './run.ts';

interface Post {
  name: string;
  rules: string[];
  moves: Move[];
  names: [string, string][];
}

const posts: Post[] = [
  {
    name: 'one-line-dump',
    rules: ['FP-04', 'FP-05'],
    moves: [[0x400000n, 0x800000n, 0x20000n]],
    names: [['fill_pattern_neon', 'stamp_rows_neon']],
  },
  {
    name: 'several-crashes',
    rules: ['MC-01'],
    moves: [
      [0xc420000000n, 0xc424000000n, 0x600000n],
      [0x401000n, 0x800000n, 0x20000n],
    ],
    names: [],
  },
  {
    name: 'return-probe',
    rules: ['RA-01'],
    moves: [
      [0xc000000000n, 0xc004000000n, 0x2000000n],
      [0x401000n, 0x560000n, 0x30000n],
    ],
    names: [['main.collect', 'main.gather']],
  },
  {
    name: 'uninitialised-c-memory',
    rules: ['CGO-01', 'GC-03'],
    // The borders of mappings stay.
    moves: [[0xc000001000n, 0xc0003c0000n, 0x40000n]],
    names: [['headExporter', 'rowWriter']],
  },
];

const valuesOf = async (text: string) => {
  const { report } = await run(text, 'post.txt');
  const bogus = allReports(report).flatMap(({ bogusPointers }) => bogusPointers.map(({ value }) => BigInt(value)));
  return { report, bogus };
};

describe.each(posts)('$name', ({ name, rules, moves, names }) => {
  const source = fixture(`acceptance/posts/${name}.txt`);

  it('tells its story at other addresses, with other names', async () => {
    const text = renamed(relocated(source, moves), names);
    expect(text).not.toBe(source);
    const [before, after] = [await valuesOf(source), await valuesOf(text)];
    expect(rules).toContain(after.report.findings[0]?.rule);
    expect(after.bogus).toEqual(before.bogus.map((value) => movedBy(value, moves)));
    for (const [from, to] of names)
      if (JSON.stringify(before.report.findings[0]).includes(from))
        expect(JSON.stringify(after.report.findings[0])).toContain(to);
  });

  it.each([
    ['wrapped by a mail', wrapped],
    ['quoted', quoted],
    ['in the code block of an issue', inMarkdown],
    ['wrapped and quoted', (text: string) => quoted(wrapped(text))],
  ])('tells it %s', async (_form, reshape) => {
    const [before, after] = [await valuesOf(source), await valuesOf(reshape(source))];
    expect(rules).toContain(after.report.findings[0]?.rule);
    expect(after.bogus).toEqual(before.bogus);
    expect(after.report.coverage.unrecognised).toEqual([]);
  });

  it('names no value as bogus in a half that the whole does not name', async () => {
    const whole = await valuesOf(source);
    for (const half of halves(source)) {
      const { bogus } = await valuesOf(half);
      expect(bogus.filter((value) => !whole.bogus.includes(value))).toEqual([]);
    }
  });
});
