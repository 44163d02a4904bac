import { describe, expect, it } from 'vitest';
import { groupKey } from '../../src/app/features/goroutines/groups.ts';
import { groupHeight, memberHeight, TreeRows } from '../../src/app/features/goroutines/tree-rows.ts';
import { placeIn } from '../../src/app/keep-place.ts';
import type { SnapshotView } from '../../src/worker/protocol.ts';
import { openCase } from './open-case.ts';

const block = (id: number, name: string, line = 1) =>
  `goroutine ${id} [select]:\nmain.${name}(0x1)\n\t/srv/x.go:${line} +0x1\nmain.main()\n\t/srv/x.go:90 +0x1\n\n`;

async function viewOf(...blocks: string[]) {
  const view = await openCase(`SIGQUIT: quit\nPC=0x46a561 m=0 sigcode=0\n\n${blocks.join('')}`);
  const [first] = view.snapshots;
  if (first === undefined) throw new Error('no snapshot');
  return { view, first };
}

const keysOf = ({ snapshot, groups }: SnapshotView) =>
  Array.from({ length: groups.length }, (_, group) => groupKey(snapshot, groups, group));

describe('the groups of a dump', () => {
  it('hold every goroutine once: what the signal met, large groups, printed order; another line is another group', async () => {
    const { first } = await viewOf(block(1, 'a'), block(2, 'b'), block(3, 'b'), block(4, 'a', 2), block(5, 'b'));
    const { memberStart, members } = first.groups;
    const ids = Array.from(members, (row) => Number(first.snapshot.goroutines.id[row]));
    expect(Array.from(memberStart.subarray(1), (end, at) => ids.slice(memberStart[at], end))).toEqual([[1], [2, 3, 5], [4]]);
  });

  it('are known again in the whole of an input', async () => {
    const beginning = [block(1, 'a'), block(2, 'b'), block(3, 'c')];
    const { first: head } = await viewOf(...beginning);
    const { first: whole } = await viewOf(...beginning, block(4, 'c'), block(5, 'c'), block(6, 'b'));
    expect(keysOf(whole)).not.toEqual(keysOf(head));
    expect(new Set(keysOf(whole))).toEqual(new Set(keysOf(head)));
  });
});

describe('rows of the tree', () => {
  it('are counted and placed with the members of open groups', async () => {
    const { first } = await viewOf(block(1, 'a'), block(2, 'b'), block(3, 'b'), block(4, 'c'), block(5, 'b'));
    const all = Uint32Array.of(0, 1, 2);
    const rows = new TreeRows(first.snapshot, first.groups, all, (group) => group === 1);
    expect(rows.length).toBe(6);
    expect(rows.height).toBe(3 * groupHeight + 3 * memberHeight);
    expect(Array.from({ length: 6 }, (_, row) => rows.at(row))).toEqual([
      { group: 0, member: -1 },
      { group: 1, member: -1 },
      { group: 1, member: 0 },
      { group: 1, member: 1 },
      { group: 1, member: 2 },
      { group: 2, member: -1 },
    ]);
    for (let row = 0; row < rows.length; row++) {
      expect(rows.rowAt(rows.topOf(row))).toBe(row);
      expect(rows.rowAt(rows.topOf(row + 1) - 1)).toBe(row);
      const { group, member } = rows.at(row);
      expect(rows.find(group, member)).toBe(row);
    }
    expect(rows.find(7)).toBe(-1);
    expect(new TreeRows(first.snapshot, first.groups, Uint32Array.of(2), () => false).find(0)).toBe(-1);
  });
});

describe('a selection of a preview', () => {
  it('is found in the whole: goroutine and frame, but no finding that is gone', async () => {
    const beginning = [block(1, 'a'), block(2, 'b')];
    const { first: head } = await viewOf(...beginning);
    const { view } = await viewOf(...beginning, block(3, 'b'));
    const place = placeIn(view, head, { goroutine: '2', frameRow: 2, finding: 'NOT-THERE' });
    expect(place).toEqual({ snapshot: 0, selection: { goroutine: '2', frameRow: 2, finding: undefined } });
  });

  it('is given up where the goroutine stands elsewhere, and a frame where another is', async () => {
    const { first: head } = await viewOf(block(1, 'a'), block(2, 'b'));
    const { view: moved } = await viewOf(block(7, 'x'), block(1, 'a'), block(2, 'b'));
    expect(placeIn(moved, head, { goroutine: '2' })).toBeUndefined();
    const { view: other } = await viewOf(block(1, 'a'), block(2, 'c'));
    expect(placeIn(other, head, { goroutine: '2', frameRow: 2 })?.selection.frameRow).toBeUndefined();
    expect(placeIn(other, head, { goroutine: '9' })).toBeUndefined();
  });
});
