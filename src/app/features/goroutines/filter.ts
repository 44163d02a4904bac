/** The filter box: words, `state:`, `func:`, `g:123`, `wait>10m`. All must hold. */
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { GoroutineGroup } from './groups.ts';

type Test = (group: GoroutineGroup) => boolean;

const minutesPer: Record<string, number> = { '': 1, m: 1, h: 60, d: 1440 };

function testOf(word: string, snapshot: Snapshot): Test {
  const wait = /^wait([<>])(\d{1,7})([mhd]?)$/.exec(word);
  if (wait !== null) {
    const limit = Number(wait[2]) * (minutesPer[wait[3] ?? ''] ?? 1);
    return wait[1] === '>' ? (group) => group.minutes > limit : (group) => group.minutes < limit;
  }
  if (word.startsWith('state:')) return (group) => group.state.toLowerCase().includes(word.slice(6));
  if (word.startsWith('func:')) return (group) => group.functions.includes(word.slice(5));
  const id = /^(?:g:)?(\d+)$/.exec(word)?.[1];
  if (id !== undefined) {
    const wanted = BigInt(id);
    return (group) => group.members.some((row) => snapshot.goroutines.id[row] === wanted);
  }
  return (group) =>
    group.functions.includes(word) ||
    group.state.toLowerCase().includes(word) ||
    group.owner.toLowerCase().includes(word) ||
    (group.crashed && word === 'crashed');
}

export function filterGroups(groups: readonly GoroutineGroup[], query: string, snapshot: Snapshot): GoroutineGroup[] {
  const tests = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => testOf(word, snapshot));
  return groups.filter((group) => tests.every((test) => test(group)));
}
