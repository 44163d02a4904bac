import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../src/core/model/address.ts';
import type { ChainLink } from '../../../src/core/model/chain.ts';
import type { StackBand, StackPicture, StackRow } from '../../../src/core/model/picture.ts';
import { drawDiagram } from '../../../src/core/report/diagram.ts';
import { paintFor } from '../../../src/core/report/paint.ts';
import { widthOf } from '../../../src/core/report/plain.ts';

const base = 0xc000040e00;
const row = (offset: number, role: StackRow['role'], more: Partial<StackRow> = {}): StackRow => ({
  address: toAddress(base + offset),
  value: 0n,
  role,
  verdict: 'none',
  pointedBy: [],
  ...more,
});
const link = (offset: number, verdict: ChainLink['verdict'], pastBreak = false): ChainLink => ({
  slot: toAddress(base + offset),
  verdict,
  pastBreak,
});
const band = (name: string, start: number, end: number, rows: StackRow[], more: Partial<StackBand> = {}): StackBand => ({
  frameRow: 0,
  function: name,
  inlined: [],
  kind: 'go',
  user: false,
  start: toAddress(base + start),
  end: toAddress(base + end),
  placed: 'printed',
  rows,
  gaps: [],
  ...more,
});

const picture: StackPicture = {
  owner: '2',
  arch: 'amd64',
  chain: 0,
  wordSize: 8,
  wordsKnown: 12,
  links: [link(0x40, 'ok'), link(0x58, 'bogus'), link(0x78, 'ok', true), link(0x80, 'end', true)],
  bounds: { lo: toAddress(base - 0x800), hi: toAddress(base + 0x200), known: 'guessed', unused: 0x800 },
  callouts: [
    {
      address: toAddress(base + 0x58),
      title: 'Not a frame pointer',
      expected: '`0xc000040e78`',
      found: '0x30bc5b29, in no mapping',
    },
  ],
  bands: [
    band('runtime.chansend1', 0, 0x50, [
      row(0x00, 'local'),
      row(0x08, 'local'),
      row(0x10, 'local'),
      row(0x18, 'local', { pointedBy: ['RSP'] }),
      row(0x40, 'saved-frame-pointer', { link: 0, verdict: 'ok', value: BigInt(base + 0x58) }),
      row(0x48, 'return-address', { verdict: 'ok', value: 0x471915n }),
    ]),
    band(
      'example.com/a/very/long/import/path/that/does/not/fit.(*shardWithAnEquallyLongName[go.shape.int]).addEverything',
      0x50,
      0x90,
      [
        row(0x58, 'saved-frame-pointer', {
          link: 1,
          verdict: 'bogus',
          value: 0x30bc5b29n,
          meaning: {
            kind: 'unmapped',
            text: '`0x30bc5b29` is in no mapping of the process at that time\u001b[2J',
            inferred: true,
          },
        }),
        row(0x78, 'saved-frame-pointer', { link: 2, verdict: 'ok' }),
        row(0x80, 'saved-frame-pointer', { link: 3, verdict: 'ok' }),
      ],
      {
        user: true,
        file: '/home/someone/a/long/way/down/main.go',
        line: 15,
        inlined: ['main.small'],
        gaps: [{ start: toAddress(base + 0x60), bytes: 24, command: 'x/3xg 0xc000040e60' }],
      },
    ),
  ],
};

const draw = (width: number, ascii = false, color = false) => drawDiagram(picture, { width, ascii, paint: paintFor(color) });

describe('the stack in characters', () => {
  const lines = draw(80);
  const find = (text: string) => lines.find((line) => line.includes(text)) ?? '';

  it('is never wider than asked for', () => {
    for (const width of [40, 60, 80, 120]) for (const line of draw(width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  it('lets nothing through that a terminal obeys', () => {
    expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('marks good, broken, hollow and last links in the lane', () => {
    expect(find('0xc000040e40')).toMatch(/^ ● /);
    expect(find('0xc000040e58')).toMatch(/^ ◆ .*✕/);
    expect(find('0xc000040e78 saved FP')).toMatch(/^ ○ /);
    expect(find('0xc000040e80')).toMatch(/^ ■ /);
    expect(find('0xc000040e48')).toMatch(/^ │ /);
    expect(find('24 bytes')).toMatch(/^ ╎ /);
  });

  it('shows whole addresses and values', () => {
    expect(find('0xc000040e58')).toContain('0x0000000030bc5b29');
    expect(find('0xc000040e48')).toContain('return   0x0000000000471915');
  });

  it('folds quiet words and keeps those that a register points at', () => {
    expect(find('3 words, locals')).toContain('0xc000040e00');
    expect(find('0xc000040e18')).toContain('◂RSP');
    expect(find('0xc000040e08')).toBe('');
  });

  it('sets the callout under the bad slot', () => {
    const at = lines.findIndex((line) => line.includes('0xc000040e58'));
    expect(lines[at + 1]).toContain('Not a frame pointer');
    expect(lines[at + 2]).toContain('expected 0xc000040e78');
    expect(lines[at + 3]).toContain('found    0x30bc5b29, in no mapping');
  });

  it('offers the command for missing words', () => {
    expect(find('24 bytes')).toContain('24 bytes not in the input: x/3xg 0xc000040e60');
  });

  it('labels both ends', () => {
    expect(lines[0]).toContain('lower addresses, stack.lo 0xc000040600 (guessed), 2048 bytes unused');
    expect(lines.at(-1)).toContain('higher addresses, stack.hi 0xc000041000 (guessed)');
  });

  it('says where another stack begins, and whose bounds are known', () => {
    const [first, ...rest] = picture.bands;
    if (first === undefined || picture.bounds === undefined) throw new Error('no bands');
    const signal = {
      ...first,
      start: toAddress(0x10n),
      end: toAddress(0x20n),
      rows: [],
      gaps: [],
      stack: 'signal stack',
      partial: true as const,
    };
    const lines = drawDiagram(
      { ...picture, bands: [signal, { ...first, stack: 'the goroutine’s stack' }, ...rest] },
      { width: 80, paint: paintFor(false) },
    );
    expect(lines[0]).toMatch(/lower addresses, signal stack$/);
    expect(lines[1]).toMatch(/start not known$/);
    expect(lines[2]).toMatch(/^ {3}◇ the goroutine’s stack, stack\.lo 0x/);
  });

  it('draws with ASCII alone', () => {
    expect(
      draw(80, true)
        .join('\n')
        .replace(/…|\ufffd/g, ''),
    ).toMatch(/^[\u0000-\u007f]*$/);
  });

  it('colours without moving anything', () => {
    expect(draw(80, false, true).map((line) => line.replace(/\u001b\[[\d;]*m/g, '').trimEnd())).toEqual(lines);
  });

  it('folds the quiet middle of a deep stack', () => {
    const quiet = Array.from({ length: 100 }, (_, index) => band(`main.f${index}`, 0x100, 0x100, []));
    const bands = [...quiet.slice(0, 50), ...picture.bands, ...quiet.slice(50)];
    const text = drawDiagram({ ...picture, bands }, { width: 80, paint: paintFor(false) }).join('\n');
    expect(text).toContain('17 more frames without anything unusual');
    expect(text).toContain('0xc000040e58');
    expect(text).toContain('main.f99');
    expect(text).not.toContain('main.f60');
  });

  it('folds recursion of which no word is known', () => {
    const unread = row(0x58, 'saved-frame-pointer');
    delete unread.value;
    const again = Array.from({ length: 9 }, () => band('main.walk', 0x50, 0x60, [unread]));
    const bands = [band('main.leaf', 0x40, 0x50, []), ...again, band('main.main', 0x60, 0x70, [])];
    const text = drawDiagram({ ...picture, bands, callouts: [] }, { width: 80, paint: paintFor(false) }).join('\n');
    expect(text).toContain('7 more frames of main.walk');
    expect(text.match(/[┌┏] main\.walk/g)).toHaveLength(2);
    expect(text).toContain('main.main');
  });
});
