/** Goroutines (and threads) as the switcher lists them: equal stacks in one group, in the order of the list. */
import { GoroutineFlag, type GoroutineTable } from '../core/model/goroutine.ts';
import { groupGoroutines } from '../core/model/grouping.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { TableView } from '../core/model/tables.ts';
import type { GroupTable } from './protocol.ts';

interface Group {
  members: readonly number[];
  thread: number;
  rank: number;
}

const rankOf = { crashed: 0, victim: 1, running: 2, waiting: 3, thread: 4 } as const;

function rank(snapshot: Snapshot, row: number): number {
  const { crash, goroutines } = snapshot;
  if (crash?.goroutine === row) return crash.kind === 'dump' ? rankOf.running : rankOf.crashed;
  if (crash?.victim === row) return rankOf.victim;
  return ((goroutines.flags[row] ?? 0) & GoroutineFlag.running) !== 0 ? rankOf.running : rankOf.waiting;
}

/** Rows that may share a group: no duplicates, and not those that stand alone. */
function* plainRows({ flags, length }: GoroutineTable, alone: ReadonlySet<number>): Generator<number> {
  for (let row = 0; row < length; row++) {
    if (((flags[row] ?? 0) & GoroutineFlag.duplicate) === 0 && !alone.has(row)) yield row;
  }
}

function threadGroups({ threads, crash }: Snapshot): Group[] {
  return threads.flatMap((thread, index): Group[] => {
    // A debugger's view of a goroutine that is in the list already.
    if (thread.goroutine !== undefined) return [];
    const crashed = crash?.goroutine === undefined && crash?.thread === index && crash.kind !== 'dump';
    return [{ members: [], thread: index, rank: crashed ? rankOf.crashed : rankOf.thread }];
  });
}

/** Crashed first, then its victim, those that ran, large groups, printed order; threads last. */
export function goroutineGroups(snapshot: Snapshot, view: TableView): GroupTable {
  const { goroutines, crash } = snapshot;
  const special = [crash?.goroutine, crash?.victim].filter(
    (row): row is number => row !== undefined && row >= 0 && row < goroutines.length,
  );
  const alone = new Set(special.filter((row) => ((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) === 0));
  const rows = groupGoroutines(view, plainRows(goroutines, alone), { sameness: 'lines', byStatus: true });
  const groups = [...[...alone].map((row) => [row]), ...rows]
    .map((members): Group => ({ members, thread: -1, rank: rank(snapshot, members[0] ?? 0) }))
    .concat(threadGroups(snapshot));
  const first = (group: Group) => group.members[0] ?? goroutines.length + group.thread;
  groups.sort((a, b) => a.rank - b.rank || b.members.length - a.members.length || first(a) - first(b));
  return toColumns(groups, goroutines);
}

function toColumns(groups: readonly Group[], { waitMinutes }: GoroutineTable): GroupTable {
  const table: GroupTable = {
    length: groups.length,
    memberStart: new Uint32Array(groups.length + 1),
    members: new Uint32Array(groups.reduce((sum, { members }) => sum + members.length, 0)),
    minutes: new Uint32Array(groups.length),
    thread: Int32Array.from(groups, ({ thread }) => thread),
  };
  let at = 0;
  for (const [index, { members }] of groups.entries()) {
    let longest = 0;
    for (const row of members) {
      table.members[at++] = row;
      longest = Math.max(longest, waitMinutes[row] ?? 0);
    }
    table.minutes[index] = longest;
    table.memberStart[index + 1] = at;
  }
  return table;
}
