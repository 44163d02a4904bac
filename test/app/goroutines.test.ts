import { beforeAll, describe, expect, it } from 'vitest';
import { filterGroups } from '../../src/app/features/goroutines/filter.ts';
import { doing, groupGoroutines, type GoroutineGroup } from '../../src/app/features/goroutines/groups.ts';
import type { Snapshot } from '../../src/core/model/snapshot.ts';
import { openCase, session } from './open-case.ts';

let snapshot: Snapshot;
let groups: GoroutineGroup[];

beforeAll(async () => {
  const view = await openCase(session);
  const first = view.snapshots[0];
  if (first === undefined) throw new Error('no snapshot');
  snapshot = first.snapshot;
  groups = groupGoroutines(snapshot);
});

describe('groups', () => {
  it('puts the crashed goroutine first and equal stacks together', () => {
    expect(groups.map(({ owner, members, crashed }) => [owner, members.length, crashed])).toEqual([
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
  const owners = (query: string) => filterGroups(groups, query, snapshot).map((group) => group.owner);

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
