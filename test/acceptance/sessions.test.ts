/**
 * Debugger sessions, as recorded and as another process would have printed them: moved, with other names, under another prompt,
 * wrapped by a mail, or only half of them.
 */
import { describe, expect, it } from 'vitest';
import { fixture, run } from './run.ts';

interface Case {
  name: string;
  rules: string[];
  culprit?: string;
  bad?: bigint;
  /** Ranges that a moved process has elsewhere: start, end, by. */
  moves: [bigint, bigint, bigint][];
  names: [string, string][];
}

const heapMove: [bigint, bigint, bigint] = [0xc000000000n, 0xc004000000n, 0x2000000n];
const textMove: [bigint, bigint, bigint] = [0x400000n, 0x5a0000n, 0x30000n];
const cgoNames: [string, string][] = [
  ['goFillSchema', 'goFillLedger'],
  ['import_schema', 'load_ledger'],
  ['leave_stale', 'dirty_words'],
  ['pull_schema', 'walk_ledger'],
  ['SchemaOut', 'LedgerRow'],
  ['streamexport', 'bookings'],
];

const cases: Case[] = [
  {
    name: 'cgo-wb.wbbuf-reverse',
    rules: ['CGO-01', 'GC-03'],
    culprit: 'goFillSchema',
    bad: 0xc001580200n,
    moves: [heapMove, textMove, [0x7fffffff0000n, 0x7ffffffff000n, -0x2000n]],
    names: cgoNames,
  },
  {
    name: 'cgo-wb.writer-reverse',
    rules: ['CGO-01', 'GC-03', 'DBG-02'],
    culprit: 'import_schema',
    bad: 0xc001500000n,
    moves: [heapMove, textMove, [0x7fffffff0000n, 0x7ffffffff000n, -0x2000n]],
    names: cgoNames,
  },
  {
    name: 'lrslot-arm64.store',
    rules: ['FP-04', 'FP-05'],
    culprit: 'main._fill',
    bad: 0x96690n,
    moves: [[0x4000000000n, 0x4004000000n, 0x10000n]],
    names: [
      ['main._fill', 'main._stamp'],
      ['main[fillNeon]', 'main[stampNeon]'],
      ['main.fillNeon', 'main.stampNeon'],
      ['fillarm', 'stamper'],
    ],
  },
  {
    name: 'fpclobber-amd64.before-after',
    rules: ['FP-01', 'FP-02'],
    culprit: 'main.mix',
    bad: 0x30bc5b29n,
    moves: [heapMove, textMove],
    names: [
      ['main.mix', 'main.whirl'],
      ['main.(*shard).lookup', 'main.(*ring).probe'],
      ['hashload', 'ringload'],
    ],
  },
];

const source = ({ name }: Case): string => fixture(`acceptance/sessions/${name}.gdb.txt`);

function moved(value: bigint, moves: Case['moves']): bigint {
  for (const [start, end, by] of moves) if (value >= start && value < end) return value + by;
  return value;
}

/** Every address moved, printed as wide as before; decimals of pointers and of their low halves follow. */
function relocated(text: string, one: Case): string {
  const lowHalves = new Map<bigint, bigint>();
  const hex = text.replace(/0x[0-9a-f]+/g, (printed) => {
    const value = BigInt(printed);
    const to = moved(value, one.moves);
    if (to !== value && value > 0xffffffffn) lowHalves.set(value & 0xffffffffn, to & 0xffffffffn);
    const digits = to.toString(16);
    return `0x${printed.startsWith('0x0') ? digits.padStart(printed.length - 2, '0') : digits}`;
  });
  return hex.replace(/(?<![\w.:])\d{7,}(?![\w.])/g, (printed) => {
    const value = BigInt(printed);
    const to = value > 0xffffffffn ? moved(value, one.moves) : (lowHalves.get(value) ?? value);
    return to.toString();
  });
}

const renamed = (text: string, one: Case): string => one.names.reduce((all, [from, to]) => all.replaceAll(from, to), text);
const newName = (name: string, one: Case): string => renamed(name, one);

/** As a mail breaks lines: at blanks, before 78 columns. */
function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const parts: string[] = [];
      let rest = line;
      while (rest.length > 78) {
        const at = rest.lastIndexOf(' ', 78);
        if (at <= 20) break;
        parts.push(rest.slice(0, at + 1));
        rest = rest.slice(at + 1);
      }
      return [...parts, rest].join('\n');
    })
    .join('\n');
}

async function expectStory(text: string, one: Case, bad = one.bad, culprit = one.culprit): Promise<void> {
  const { report, main } = await run(text, 'session.txt');
  expect(one.rules).toContain(report.findings[0]?.rule);
  expect(report.bogusPointers.map((pointer) => BigInt(pointer.value))).toContain(bad);
  if (culprit !== undefined) expect(main.findings[0]?.headline).toContain(culprit);
}

describe.each(cases)('$name', (one) => {
  it('tells its story', async () => {
    await expectStory(source(one), one);
  });

  it('tells it at other addresses', async () => {
    const text = relocated(source(one), one);
    expect(text).not.toBe(source(one));
    await expectStory(text, one, moved(one.bad ?? 0n, one.moves));
  });

  it('tells it with other names', async () => {
    await expectStory(renamed(source(one), one), one, one.bad, newName(one.culprit ?? '', one));
  });

  it.each(['(rr) ', 'gef➤  ', 'pwndbg> '])('tells it under the prompt %s', async (prompt) => {
    await expectStory(source(one).replaceAll('(gdb) ', prompt), one);
  });

  it('tells it wrapped by a mail', async () => {
    await expectStory(wrapped(source(one)), one);
  });

  it('tells it behind quote marks and with line ends of another system', async () => {
    const quoted = source(one)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    await expectStory(quoted, one);
  });

  it('accuses nothing else when half of it is missing', async () => {
    const lines = source(one).split('\n');
    const half = lines.length >> 1;
    for (const part of [lines.slice(0, half), lines.slice(half)]) {
      const { report } = await run(part.join('\n'), 'half.txt');
      const first = report.findings[0];
      if (first !== undefined && first.confidence !== 'possible') expect(one.rules).toContain(first.rule);
    }
  });
});
