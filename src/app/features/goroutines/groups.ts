/** Groups of goroutines (and threads) as rows of the switcher; each becomes an object only when it is shown. */
import { shortFunctionName, isUserFunction } from '../../../core/model/function-name.ts';
import { GoroutineFlag } from '../../../core/model/goroutine.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { GroupTable } from '../../../worker/protocol.ts';

export interface GoroutineGroup {
  /** Owner id of the first member, or the thread's name. */
  owner: string;
  /** Goroutines with this stack and state; 0 for a thread. */
  size: number;
  /** 'chan receive', 'running' … */
  state: string;
  /** What it is doing, in two names at most: `runtime.chanrecv1 ← main.main`. */
  doing: string;
  /** Longest wait of a member, in minutes. */
  minutes: number;
  crashed: boolean;
  victim: boolean;
  running: boolean;
}

interface Called {
  name: string;
  file: string;
}

/** The bottom of every goroutine's stack, and the wrapper of a `go` statement: they say nothing of what it does. */
const bottom = /^runtime\.goexit(?:\.|$)|\.gowrap\d+$/;

/** A function line can be lost, or a debugger not know it. */
function named({ name }: Called): boolean {
  return name !== '';
}

/**
 * What a stack does, in two names at most: the innermost function of the user's own code, and before it the one that it
 * called (where it waits, unless it crashed). Without own code, the outermost function (`runtime.bgsweep`), of a crash the innermost.
 */
export function doing(functions: readonly Called[], crashed = false): string {
  const own = functions.findIndex(({ name, file }) => isUserFunction(name, file));
  const at =
    own >= 0
      ? own
      : crashed
        ? functions.findIndex(named)
        : functions.findLastIndex((one) => named(one) && !bottom.test(one.name));
  const name = functions[at]?.name;
  if (name === undefined) return functions.length === 0 ? 'no frames' : 'functions unknown';
  const called = functions[at - 1]?.name;
  if (own < 1 || crashed || called === undefined) return shortFunctionName(name);
  return `${shortFunctionName(called)} ← ${shortFunctionName(name)}`;
}

/** Frames of a stack that are looked at for what it does: the innermost, and the outermost. */
const innermost = 200;
const outermost = 20;

function functionsOf({ strings, frames }: Snapshot, start: number, end: number): Called[] {
  const functions: Called[] = [];
  for (let row = start; row < end; row++) {
    if (row === start + innermost) row = Math.max(row, end - outermost);
    functions.push({ name: strings[frames.functionName[row] ?? 0] ?? '', file: strings[frames.file[row] ?? 0] ?? '' });
  }
  return functions;
}

/** Row in the GoroutineTable of the first member; -1 for a thread. */
export function firstMember(groups: GroupTable, group: number): number {
  return (groups.thread[group] ?? -1) >= 0 ? -1 : (groups.members[groups.memberStart[group] ?? 0] ?? -1);
}

export function groupSize({ memberStart }: GroupTable, group: number): number {
  return (memberStart[group + 1] ?? 0) - (memberStart[group] ?? 0);
}

/** Owner id of goroutine `row`. */
export function ownerOf({ goroutines }: Snapshot, row: number): string {
  return (goroutines.id[row] ?? 0n).toString();
}

/** Where its first member was printed, as one number: the same in the beginning of an input and in the whole; threads below zero. */
export function groupKey({ goroutines }: Snapshot, groups: GroupTable, group: number): number {
  const row = firstMember(groups, group);
  if (row < 0) return -1 - (groups.thread[group] ?? 0);
  return (goroutines.document[row] ?? 0) * 2 ** 32 + (goroutines.headerLine[row] ?? 0);
}

export function groupAt(snapshot: Snapshot, groups: GroupTable, group: number): GoroutineGroup {
  const { goroutines, crash, threads, strings } = snapshot;
  const row = firstMember(groups, group);
  if (row < 0) {
    const index = groups.thread[group] ?? 0;
    const thread = threads[index];
    const crashed = crash?.goroutine === undefined && crash?.thread === index && crash.kind !== 'dump';
    const functions = (thread?.frames ?? []).map(({ function: name = '', file = '' }) => ({ name, file }));
    const owner = thread?.name ?? '';
    return {
      owner,
      size: 0,
      state: 'thread',
      doing: doing(functions, crashed),
      minutes: 0,
      crashed,
      victim: false,
      running: false,
    };
  }
  const functions = functionsOf(snapshot, goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0);
  return {
    owner: ownerOf(snapshot, row),
    size: groupSize(groups, group),
    state: strings[goroutines.status[row] ?? 0] ?? '',
    doing: doing(functions, crash?.goroutine === row),
    minutes: groups.minutes[group] ?? 0,
    crashed: crash?.goroutine === row && crash.kind !== 'dump',
    victim: crash?.victim === row && crash.goroutine !== row,
    running: crash?.goroutine === row || ((goroutines.flags[row] ?? 0) & GoroutineFlag.running) !== 0,
  };
}

/** Groups as objects, each made once, when it is first shown. */
export class ShownGroups {
  readonly #snapshot: Snapshot;
  readonly #groups: GroupTable;
  readonly #made = new Map<number, GoroutineGroup>();

  constructor(snapshot: Snapshot, groups: GroupTable) {
    this.#snapshot = snapshot;
    this.#groups = groups;
  }

  at(group: number): GoroutineGroup {
    let made = this.#made.get(group);
    if (made === undefined) this.#made.set(group, (made = groupAt(this.#snapshot, this.#groups, group)));
    return made;
  }
}
