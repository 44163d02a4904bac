import { beforeAll, describe, expect, it } from 'vitest';
import { filterGroups } from '../../src/app/features/goroutines/filter.ts';
import { doing, groupAt, type GoroutineGroup } from '../../src/app/features/goroutines/groups.ts';
import type { SnapshotView } from '../../src/worker/protocol.ts';
import { openCase, session } from './open-case.ts';

let shown: SnapshotView;
let groups: GoroutineGroup[];

beforeAll(async () => {
  const view = await openCase(session);
  const first = view.snapshots[0];
  if (first === undefined) throw new Error('no snapshot');
  shown = first;
  groups = Array.from({ length: first.groups.length }, (_, group) => groupAt(first.snapshot, first.groups, group));
});

describe('groups', () => {
  it('puts the crashed goroutine first and equal stacks together', () => {
    expect(groups.map(({ owner, size, crashed }) => [owner, size, crashed])).toEqual([
      ['2', 1, true],
      ['17', 2, false],
    ]);
  });

  it('says what a stack does, and its longest wait', () => {
    expect(groups.map((group) => group.doing)).toEqual(['main.(*shard).add', 'runtime.gopark ← main.serve']);
    expect(groups[1]?.minutes).toBe(12);
    expect(groups[1]?.state).toContain('select');
  });

  it('names the outermost function where there is no own code', () => {
    const names = ['runtime.gopark', 'runtime.bgsweep', 'runtime.gcenable.gowrap1', 'runtime.goexit'];
    expect(doing(names.map((name) => ({ name, file: '' })))).toBe('runtime.bgsweep');
    expect(doing([])).toBe('no frames');
  });
});

describe('filter', () => {
  const owners = (query: string) =>
    Array.from(filterGroups(shown.snapshot, shown.groups, query), (group) => groups[group]?.owner);

  it('takes words, and all of them must hold', () => {
    expect(owners('')).toEqual(['2', '17']);
    expect(owners('MAIN.serve')).toEqual(['17']);
    expect(owners('crashed')).toEqual(['2']);
    expect(owners('serve shard')).toEqual([]);
  });

  it('finds members of a group by id', () => {
    expect(owners('g:18')).toEqual(['17']);
    expect(owners('18')).toEqual(['17']);
    expect(owners('g:99')).toEqual([]);
  });

  it('takes state, func and wait', () => {
    expect(owners('state:select')).toEqual(['17']);
    expect(owners('func:chansend')).toEqual(['2']);
    expect(owners('wait>10m')).toEqual(['17']);
    expect(owners('wait>1h')).toEqual([]);
    expect(owners('wait<1m')).toEqual(['2']);
  });
});
