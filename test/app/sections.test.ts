import { describe, expect, it } from 'vitest';
import { frameItems, sectionItems } from '../../src/app/features/frames/frame-items.ts';
import { sectionsOf } from '../../src/app/features/frames/sections.ts';
import { framesBetween } from '../../src/core/model/tables.ts';
import { openCase } from './open-case.ts';

const access = (kind: string, goroutine: number, names: readonly string[]) => [
  `${kind} at 0x00c00001c0b8 by goroutine ${goroutine}:`,
  ...names.flatMap((name, line) => [`  ${name}()`, `      /src/gauge/main.go:${10 + line} +0x30`]),
  '',
];
const report = (first: readonly string[], second: readonly string[]) =>
  [
    '==================',
    'WARNING: DATA RACE',
    ...access('Write', 8, first),
    ...access('Previous read', 7, second),
    '==================',
  ].join('\n');

describe('stacks without goroutines', () => {
  it('are cut where another begins, under the line before them', async () => {
    const view = await openCase(`${report(['main.a', 'main.b'], ['main.c'])}\n${report(['main.d'], ['main.e'])}\n`);
    const snapshot = view.snapshots[0]?.snapshot;
    if (snapshot === undefined) throw new Error('no snapshot');
    const tables = {
      strings: snapshot.strings,
      frames: snapshot.frames,
      goroutines: snapshot.goroutines,
      documents: view.documents,
    };
    const loose = framesBetween(tables, 0, snapshot.frames.length);
    const sections = sectionsOf(tables, loose, snapshot.races);
    expect(sections.map(({ heading, frames }) => [heading, frames.map((frame) => frame.function)])).toEqual([
      ['Race 1 of 2 · Write at 0x00c00001c0b8 by goroutine 8', ['main.a', 'main.b']],
      ['Previous read at 0x00c00001c0b8 by goroutine 7', ['main.c']],
      ['Race 2 of 2 · Write at 0x00c00001c0b8 by goroutine 8', ['main.d']],
      ['Previous read at 0x00c00001c0b8 by goroutine 7', ['main.e']],
    ]);
    const items = sectionItems(sections, new Set());
    expect(items.map((item) => item.kind)).toEqual([
      'heading',
      'frame',
      'frame',
      'heading',
      'frame',
      'heading',
      'frame',
      'heading',
      'frame',
    ]);
    expect(sectionItems([{ heading: '', frames: loose }], new Set())).toEqual(frameItems({ frames: loose }, new Set()));
  });
});
