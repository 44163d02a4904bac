import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupGoroutines, type Sameness } from '../../../src/core/model/grouping.ts';
import { frameAt, goroutineAt, type TableView } from '../../../src/core/model/tables.ts';
import { read } from '../text/render.ts';

interface Call {
  name: string;
  argument: string;
  line: number;
}

const calls: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom('main.a', 'main.b', 'main.c'),
  argument: fc.constantFrom('0x1', '0x2', '0x1, 0x2'),
  line: fc.integer({ min: 1, max: 2 }),
});

function viewOf(stacks: readonly (readonly Call[])[]): TableView {
  const blocks = stacks.map(
    (stack, index) =>
      `goroutine ${index + 1} [${index % 3 === 0 ? 'select' : 'sleep'}]:\n` +
      stack.map(({ name, argument, line }) => `${name}(${argument})\n\t/srv/x.go:${line} +0x1\n`).join(''),
  );
  const { columns, document } = read(blocks.join('\n'));
  return {
    strings: columns.strings.values,
    frames: columns.frames.table(),
    goroutines: columns.goroutines.table(),
    documents: [document],
  };
}

/** What makes two stacks of a group equal, written out. */
function keyOf(view: TableView, row: number, sameness: Sameness): string {
  const frames = goroutineAt(view, row).frames.map((frame) => frameAt(view, frame.row));
  switch (sameness) {
    case 'identical':
      return frames.map((frame) => `${frame.function ?? ''} ${frame.arguments ?? ''} ${frame.line ?? 0}`).join();
    case 'lines':
      return frames.map((frame) => `${frame.function ?? ''} ${frame.line ?? 0}`).join();
    case 'functions':
      return frames.map((frame) => frame.function ?? '').join();
    case 'shape':
      return frames
        .map((frame) => frame.function ?? '')
        .filter((name, index, all) => name !== all[index - 1])
        .join();
  }
}

describe('groups of goroutines', () => {
  it.each(['identical', 'lines', 'functions', 'shape'] as const)('%s', (sameness) => {
    fc.assert(
      fc.property(fc.array(fc.array(calls, { maxLength: 3 }), { maxLength: 40 }), (stacks) => {
        const view = viewOf(stacks);
        const rows = stacks.map((_unused, row) => row);
        const expected = new Map<string, number[]>();
        for (const row of rows) {
          const key = keyOf(view, row, sameness);
          expected.set(key, [...(expected.get(key) ?? []), row]);
        }
        expect(groupGoroutines(view, rows, { sameness })).toEqual([...expected.values()]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps states apart when asked, and compares no more frames than asked', () => {
    const stack = (argument: string, last: string): Call[] => [
      { name: 'main.a', argument, line: 1 },
      { name: last, argument, line: 1 },
    ];
    const view = viewOf([stack('0x1', 'main.a'), stack('0x2', 'main.b'), stack('0x3', 'main.c')]);
    const group = (options: Parameters<typeof groupGoroutines>[2]) => groupGoroutines(view, [0, 1, 2], options);
    expect(group({ sameness: 'functions' })).toEqual([[0], [1], [2]]);
    expect(group({ sameness: 'functions', mostFrames: 1 })).toEqual([[0, 1, 2]]);
    expect(group({ sameness: 'functions', mostFrames: 1, byStatus: true })).toEqual([[0], [1, 2]]);
  });

  it('groups ten thousand goroutines of which no two have the same arguments', () => {
    const stacks = Array.from({ length: 10_000 }, (_unused, i) => [{ name: 'main.a', argument: `0x${i.toString(16)}`, line: 1 }]);
    const view = viewOf(stacks);
    const rows = stacks.map((_unused, row) => row);
    expect(groupGoroutines(view, rows, { sameness: 'lines' })).toHaveLength(1);
    expect(groupGoroutines(view, rows, { sameness: 'identical' })).toHaveLength(10_000);
  });
});
