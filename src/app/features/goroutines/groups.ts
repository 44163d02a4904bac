/** Goroutines (and threads) as rows of the switcher: identical stacks share one group. */
import { shortFunctionName, isUserFunction } from '../../../core/model/function-name.ts';
import { GoroutineFlag } from '../../../core/model/goroutine.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';

export interface GoroutineGroup {
  /** Unique in the list. */
  key: string;
  /** Rows of the GoroutineTable with this stack and state, in printed order; empty for a thread. */
  members: number[];
  /** Owner id of the first member, or the thread's name. */
  owner: string;
  /** 'chan receive', 'running' … */
  state: string;
  /** What it is doing, in two names at most: `runtime.chanrecv1 ← main.main`. */
  doing: string;
  /** Names of all its functions, lower case, for the filter. */
  functions: string;
  /** Longest wait of a member, in minutes. */
  minutes: number;
  crashed: boolean;
  victim: boolean;
  running: boolean;
  thread: boolean;
}

/** Two 32-bit FNV-1a hashes over the interned names and lines: equal stacks meet, others in practice never do. */
function stackKey(snapshot: Snapshot, row: number): string {
  const { goroutines, frames } = snapshot;
  const end = goroutines.frameEnd[row] ?? 0;
  let one = 0x811c9dc5;
  let two = 0x01000193;
  for (let frame = goroutines.frameStart[row] ?? 0; frame < end; frame++) {
    const name = frames.functionName[frame] ?? 0;
    const line = frames.line[frame] ?? 0;
    one = Math.imul(Math.imul(one ^ name, 0x01000193) ^ line, 0x01000193);
    two = Math.imul(Math.imul(two ^ line, 0x85ebca6b) ^ name, 0xc2b2ae35);
  }
  return `${goroutines.status[row] ?? 0}/${one}/${two}/${end - (goroutines.frameStart[row] ?? 0)}`;
}

/** The bottom of every goroutine's stack, and the wrapper of a `go` statement: they say nothing of what it does. */
const bottom = /^runtime\.goexit(?:\.|$)|\.gowrap\d+$/;

/**
 * What a stack does, in two names at most: the innermost function of the user's own code, and before it the one that it
 * called (where it waits, unless it crashed). Without own code, the outermost function: `runtime.bgsweep`.
 */
export function doing(functions: readonly { name: string; file: string }[], crashed = false): string {
  const own = functions.findIndex(({ name, file }) => isUserFunction(name, file));
  const at = own < 0 ? functions.findLastIndex(({ name }) => !bottom.test(name)) : own;
  const name = functions[at]?.name;
  if (name === undefined) return 'no frames';
  const called = functions[at - 1]?.name;
  if (own < 1 || crashed || called === undefined) return shortFunctionName(name);
  return `${shortFunctionName(called)} ← ${shortFunctionName(name)}`;
}

function functionsOf(snapshot: Snapshot, start: number, end: number): { name: string; file: string }[] {
  const functions: { name: string; file: string }[] = [];
  for (let row = start; row < end; row++) {
    const name = snapshot.strings[snapshot.frames.functionName[row] ?? 0] ?? '';
    functions.push({ name, file: snapshot.strings[snapshot.frames.file[row] ?? 0] ?? '' });
  }
  return functions;
}

function goroutineGroup(snapshot: Snapshot, key: string, members: number[]): GoroutineGroup {
  const { goroutines, crash } = snapshot;
  const row = members[0] ?? 0;
  const functions = functionsOf(snapshot, goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0);
  return {
    key,
    members,
    owner: (goroutines.id[row] ?? 0n).toString(),
    state: snapshot.strings[goroutines.status[row] ?? 0] ?? '',
    doing: doing(functions, crash?.goroutine === row),
    functions: functions
      .map(({ name }) => name)
      .join('\n')
      .toLowerCase(),
    minutes: members.reduce((longest, member) => Math.max(longest, goroutines.waitMinutes[member] ?? 0), 0),
    crashed: crash?.goroutine === row && crash.kind !== 'dump',
    victim: crash?.victim === row && crash.goroutine !== row,
    running: crash?.goroutine === row || ((goroutines.flags[row] ?? 0) & GoroutineFlag.running) !== 0,
    thread: false,
  };
}

const rank = (group: GoroutineGroup): number => {
  if (group.crashed) return 0;
  if (group.victim) return 1;
  if (group.running) return 2;
  return group.thread ? 4 : 3;
};

/** Crashed first, then its victim, those that ran, large groups, printed order; threads last. */
export function groupGoroutines(snapshot: Snapshot): GoroutineGroup[] {
  const { goroutines, crash, threads } = snapshot;
  const byStack = new Map<string, number[]>();
  for (let row = 0; row < goroutines.length; row++) {
    if ((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) continue;
    const special = row === crash?.goroutine || row === crash?.victim;
    const key = special ? `row ${row}` : stackKey(snapshot, row);
    const members = byStack.get(key);
    if (members === undefined) byStack.set(key, [row]);
    else members.push(row);
  }
  const groups = [...byStack].map(([key, members]) => goroutineGroup(snapshot, key, members));
  for (const [index, thread] of threads.entries()) {
    // A debugger's view of a goroutine that is in the list already.
    if (thread.goroutine !== undefined) continue;
    const functions = thread.frames.map(({ function: name = '', file = '' }) => ({ name, file }));
    groups.push({
      key: `thread ${index}`,
      members: [],
      owner: thread.name,
      state: 'thread',
      doing: doing(functions),
      functions: functions
        .map(({ name }) => name)
        .join('\n')
        .toLowerCase(),
      minutes: 0,
      crashed: crash?.goroutine === undefined && crash?.thread === index && crash.kind !== 'dump',
      victim: false,
      running: false,
      thread: true,
    });
  }
  return groups
    .map((group, order) => ({ group, order }))
    .sort((a, b) => rank(a.group) - rank(b.group) || b.group.members.length - a.group.members.length || a.order - b.order)
    .map(({ group }) => group);
}
