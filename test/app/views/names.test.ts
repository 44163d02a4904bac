import { describe, expect, it } from 'vitest';
import { accessibleName, displayName, meaningOf, tagOf } from '../../../src/app/features/stack/names.ts';
import { foldSummary } from '../../../src/app/features/stack/quiet.ts';
import { bandName, frameText, rowText } from '../../../src/app/features/stack/row-text.ts';
import { at, band, brokenPicture, row } from './picture.ts';

const broken = brokenPicture();
const rowAt = (address: number) => {
  for (const one of broken.bands) {
    const found = one.rows.find((word) => word.address === at(address));
    if (found !== undefined) return { band: one, row: found };
  }
  throw new Error('no such row');
};
const nameAt = (address: number) => accessibleName(rowAt(address).row, rowAt(address).band, broken);

describe('accessibleName', () => {
  it('reads address, role, value, verdict, expectation, frame', () => {
    expect(nameAt(0x1040)).toBe(
      '0x1040, saved frame pointer, value 0x30bc5b29, bogus: not in any mapping, expected 0x1070, frame main.middle',
    );
  });

  it('says where a good link leads and that a link is past the break', () => {
    expect(nameAt(0x1020)).toBe('0x1020, saved frame pointer, value 0x1040, main.middle’s frame, frame inner');
    expect(nameAt(0x1070)).toBe('0x1070, saved frame pointer, value 0x0, end of chain, past the break, frame main.outer');
  });

  it('says what is not in the paste, and which registers are here', () => {
    const absent = row(0x1000, undefined, { role: 'return-address', pointedBy: ['RSP', 'RBP'] });
    expect(accessibleName(absent, rowAt(0x1000).band, broken)).toBe(
      '0x1000, return address, not in the paste, RSP, RBP here, frame inner',
    );
  });
});

describe('tagOf', () => {
  it('tells kinds by glyph and word', () => {
    expect(tagOf(rowAt(0x1040).row)).toMatchObject({ tone: 'bad', glyph: 'bad', text: 'saved FP' });
    expect(tagOf(rowAt(0x1010).row)).toMatchObject({ tone: 'ptr', text: 'stack ptr' });
    expect(tagOf(rowAt(0x1018).row)).toMatchObject({ tone: 'zero', text: '0' });
    expect(tagOf(row(0, undefined, { role: 'return-address' }))).toMatchObject({ tone: 'absent', text: 'return' });
    expect(tagOf(row(0, 5, { role: 'return-address', verdict: 'doubtful' }))).toMatchObject({ tone: 'warn', text: 'return?' });
  });
});

describe('meaningOf', () => {
  it('names the frame that a pointer leads into', () => {
    expect(meaningOf(rowAt(0x1010).row, broken)).toBe('points into main.outer');
  });

  it('does not repeat the value that stands beside it', () => {
    const unmapped = row(0x1000, 0x18030b445f5, {
      meaning: { kind: 'unmapped', text: '0x18030b445f5 is in no mapping', inferred: false },
    });
    expect(meaningOf(unmapped, broken)).toBe('in no mapping');
  });
});

describe('foldSummary', () => {
  it('counts what points where', () => {
    expect(foldSummary(broken.bands[0]?.rows.slice(0, 4) ?? [])).toBe('locals — 1 points into this stack');
    expect(foldSummary([row(0, 0), row(8, 0)])).toBe('locals — all zero');
    expect(foldSummary([row(0, 1), row(8, undefined)])).toBe('locals — 1 word not in the paste');
  });
});

describe('text of rows and frames', () => {
  it('is one line a word', () => {
    expect(rowText(rowAt(0x1040).row, broken)).toBe('0x1040  saved FP   0x0000000030bc5b29  not a frame pointer');
    const text = frameText(rowAt(0x1040).band, broken).split('\n');
    expect(text).toHaveLength(5);
    expect(text[0]).toBe('main.middle  32 B');
  });

  it('names a row group with place, size and inlined calls', () => {
    const one = band('example.com/x/y.F', 0, 48, [], { file: '/src/x/y/z.go', line: 12, inlined: ['example.com/x/y.g'] });
    expect(bandName(one)).toBe('Frame y.F, y/z.go:12, 48 bytes, with y.g inlined');
  });

  it('shortens runtime names only', () => {
    expect(displayName('runtime.chansend1')).toBe('chansend1');
    expect(displayName('main.(*shard).add')).toBe('main.(*shard).add');
    expect(displayName('example.com/ingest/metro.Hash64')).toBe('metro.Hash64');
  });
});
