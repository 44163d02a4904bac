/** The filter box: words, `state:`, `func:`, `g:123`, `wait>10m`. All must hold. Names are compared once each, not per frame. */
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { GroupTable } from '../../../worker/protocol.ts';
import { firstMember } from './groups.ts';

/** Takes a group's number. */
type Test = (group: number) => boolean;

const minutesPer: Record<string, number> = { '': 1, m: 1, h: 60, d: 1440 };

class Filter {
  readonly #snapshot: Snapshot;
  readonly #groups: GroupTable;

  constructor(snapshot: Snapshot, groups: GroupTable) {
    this.#snapshot = snapshot;
    this.#groups = groups;
  }

  test(word: string): Test {
    const { minutes } = this.#groups;
    const wait = /^wait([<>])(\d{1,7})([mhd]?)$/.exec(word);
    if (wait !== null) {
      const limit = Number(wait[2]) * (minutesPer[wait[3] ?? ''] ?? 1);
      return wait[1] === '>' ? (group) => (minutes[group] ?? 0) > limit : (group) => (minutes[group] ?? 0) < limit;
    }
    if (word.startsWith('state:')) return this.#state(word.slice(6));
    if (word.startsWith('func:')) return this.#function(word.slice(5));
    const id = /^(?:g:)?(\d{1,20})$/.exec(word)?.[1];
    if (id !== undefined) return this.#id(BigInt.asUintN(64, BigInt(id)));
    const tests = [this.#state(word), this.#function(word), this.#thread(word)];
    const crashed = word === 'crashed' ? this.#crashed() : undefined;
    return (group) => tests.some((test) => test(group)) || crashed?.(group) === true;
  }

  /** 1 for each string that contains `word`. */
  #matches(word: string): Uint8Array {
    return Uint8Array.from(this.#snapshot.strings, (text) => (text.toLowerCase().includes(word) ? 1 : 0));
  }

  #threadOf(group: number) {
    return this.#snapshot.threads[this.#groups.thread[group] ?? -1];
  }

  #state(word: string): Test {
    const matches = this.#matches(word);
    const { status } = this.#snapshot.goroutines;
    return (group) => {
      const row = firstMember(this.#groups, group);
      return row < 0 ? 'thread'.includes(word) : matches[status[row] ?? 0] === 1;
    };
  }

  #function(word: string): Test {
    const matches = this.#matches(word);
    const { goroutines, frames } = this.#snapshot;
    return (group) => {
      const row = firstMember(this.#groups, group);
      if (row < 0) return this.#threadOf(group)?.frames.some((frame) => frame.function?.toLowerCase().includes(word)) === true;
      for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
        if (matches[frames.functionName[frame] ?? 0] === 1) return true;
      }
      return false;
    };
  }

  #id(wanted: bigint): Test {
    const { members, memberStart } = this.#groups;
    const { id } = this.#snapshot.goroutines;
    return (group) => {
      for (let at = memberStart[group] ?? 0; at < (memberStart[group + 1] ?? 0); at++) {
        if (id[members[at] ?? -1] === wanted) return true;
      }
      return false;
    };
  }

  #thread(word: string): Test {
    return (group) => this.#threadOf(group)?.name.toLowerCase().includes(word) === true;
  }

  #crashed(): Test {
    const { crash } = this.#snapshot;
    if (crash === undefined || crash.kind === 'dump') return () => false;
    return (group) => {
      const row = firstMember(this.#groups, group);
      return row < 0 ? crash.goroutine === undefined && crash.thread === this.#groups.thread[group] : row === crash.goroutine;
    };
  }
}

/** Numbers of the groups that match, in order. */
export function filterGroups(snapshot: Snapshot, groups: GroupTable, query: string): Uint32Array {
  const filter = new Filter(snapshot, groups);
  const words = query.toLowerCase().split(/\s+/);
  const tests = words.filter((word) => word !== '').map((word) => filter.test(word));
  const all = new Uint32Array(groups.length);
  for (let group = 0; group < all.length; group++) all[group] = group;
  return tests.length === 0 ? all : all.filter((group) => tests.every((test) => test(group)));
}
