import { describe, expect, it } from 'vitest';
import { seenAlso } from '../../../src/app/features/inspector/seen-also.ts';
import { mappingText, slotAt, spanText } from '../../../src/app/features/inspector/slot-facts.ts';
import { conflictRows, mappingRows, registerRows } from '../../../src/app/features/memory/fact-rows.ts';
import { meaningsOf, runCount, wordRow } from '../../../src/app/features/memory/word-rows.ts';
import { accessibleName, expectedValue, meaningOf, tagOf } from '../../../src/app/features/stack/names.ts';
import { rowText } from '../../../src/app/features/stack/row-text.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import { at, band, brokenPicture, link, picture, row } from './picture.ts';

const value = 0x30bc5b29n;
const { snapshot } = makeSnapshot({
  registers: { rbx: value, rax: 0n },
  words: [
    [0xc000001000n, value],
    [0xc000001008n, 5n],
    [0xc000002000n, value],
  ],
  mappings: [
    { start: 0x400000n, end: 0x500000n, permissions: 'r-xp', file: '/bin/app' },
    { start: 0xc000000000n, end: 0xc000400000n, permissions: 'rw-p' },
  ],
  spans: [{ base: at(0xc000100000n), limit: at(0xc000102000n), state: 'free', elementSize: 48 }],
  listings: [
    {
      function: 'main.f',
      code: [
        { text: 'mov $0x30bc5b29,%rbp', offset: 17 },
        { text: 'mov $0x30bc5b290,%rax', offset: 24 },
      ],
    },
  ],
});

describe('seenAlso', () => {
  it('finds registers, instructions and other words, not the slot itself', () => {
    const { places, more } = seenAlso(snapshot, value, 0xc000001000n);
    expect(places.map((place) => place.label)).toEqual(['RBX', 'disassembly +17', '0xc000002000']);
    expect(places[2]?.address).toBe(0xc000002000n);
    expect(more).toBe(false);
  });

  it('says nothing about small numbers, and cuts long lists', () => {
    expect(seenAlso(snapshot, 5n)).toEqual({ places: [], more: false });
    const many = makeSnapshot({ words: Array.from({ length: 20 }, (_, i) => [0x10000 + 8 * i, 0xabcdef]) }).snapshot;
    expect(seenAlso(many, 0xabcdefn).places).toHaveLength(8);
    expect(seenAlso(many, 0xabcdefn).more).toBe(true);
  });
});

describe('slotAt', () => {
  it('prefers the row of the picture, then the known word, then says it is not there', () => {
    expect(slotAt(snapshot, brokenPicture(), at(0x1040))).toMatchObject({
      value: 0x30bc5b29n,
      band: { function: 'main.middle' },
    });
    expect(slotAt(snapshot, undefined, at(0xc000001008n))).toMatchObject({ value: 5n });
    expect(slotAt(snapshot, undefined, at(0x99n)).value).toBeUndefined();
  });

  it('names mapping and span', () => {
    expect(mappingText(snapshot, 0x400010n)).toBe('r-xp /bin/app');
    expect(mappingText(snapshot, value)).toBe('none of 2 ranges');
    expect(mappingText(makeSnapshot().snapshot, value)).toBeUndefined();
    expect(spanText(snapshot, 0xc000100010n)).toBe('0xc000100000, free, elements of 48 bytes');
    expect(spanText(snapshot, 0xc000102000n)).toBeUndefined();
  });
});

describe('memory tables', () => {
  it('marks the word after a hole and counts runs', () => {
    expect(wordRow(snapshot, 1)).toMatchObject({ address: 0xc000001008n, value: 5n, afterHole: false });
    expect(wordRow(snapshot, 2).afterHole).toBe(true);
    expect(runCount(snapshot.memory)).toBe(2);
    expect(runCount(makeSnapshot().snapshot.memory)).toBe(0);
  });

  it('takes meanings from the picture', () => {
    expect(meaningsOf(brokenPicture()).get(0x1040n)).toBe('not a frame pointer');
    expect(meaningsOf(undefined).size).toBe(0);
  });

  it('lists registers, mappings and conflicts', () => {
    expect(registerRows(snapshot).map((one) => one.cells[0])).toContain('RBX');
    expect(mappingRows(snapshot)[1]?.cells).toEqual(['0xc000000000', '0xc000400000', '4 MiB', 'rw-p', '']);
    const source = { document: 0, start: 0, end: 1 };
    const words = [1n, 2n].map((one) => ({ address: at(8), value: one, source, step: 0 }));
    const torn = { ...snapshot, memory: { ...snapshot.memory, conflicts: [{ address: at(8), words }] } };
    expect(conflictRows(torn).map((one) => one.cells[1])).toEqual(['0x1', '0x2']);
  });
});

describe('slots of arm64 and slots without words', () => {
  const saved = row(0x1028, 0x1058, { role: 'saved-frame-pointer', link: 0, verdict: 'ok' });
  const callee = band('main.callee', 0x1000, 0x1030, [saved]);
  const arm = picture([callee, band('main.caller', 0x1030, 0x1060, [])], { arch: 'arm64', links: [link(0x1028, 0x1058)] });

  it('gives the top word of a callee to its caller', () => {
    expect(accessibleName(saved, callee, arm)).not.toContain('of the caller');
    expect(accessibleName({ ...saved, ofCaller: true }, callee, arm)).toContain('saved frame pointer of the caller');
  });

  it('says what an absent word must be', () => {
    const absent = row(0x1028, undefined, { role: 'saved-frame-pointer', link: 0 });
    const links = [{ slot: at(0x1028), verdict: 'unknown' as const, expected: at(0x1058), pastBreak: false }];
    expect(expectedValue(absent, { ...arm, links })).toBe(0x1058n);
    expect(meaningOf(absent, { ...arm, links })).toBe('expected: main.caller’s frame');
    expect(rowText(absent, { ...arm, links })).toMatch(/not in the paste, must be 0x1058$/);
    expect(accessibleName(absent, callee, { ...arm, links })).toContain('not in the paste, must be 0x1058');
    const returned = row(0x1000, undefined, {
      role: 'return-address',
      meaning: { kind: 'text', text: 'runtime.gopark +0xce', inferred: true },
    });
    expect(meaningOf(returned, arm)).toBe('expected: gopark +0xce');
    expect(tagOf(returned).glyph).toBe('absent');
  });

  it('does not call the words past the traceback a frame', () => {
    const past = band('not described', 0x1060, 0x1080, [row(0x1060, 1)], { frameRow: -1 });
    const whole = { ...arm, bands: [...arm.bands, past] };
    const pointer = row(0x1038, 0x1060, { meaning: { kind: 'own-stack', text: 'this stack', inferred: false } });
    expect(meaningOf(pointer, whole)).toBe('this stack');
    expect(accessibleName(past.rows[0] ?? pointer, past, whole)).toContain('past the traceback');
  });
});
