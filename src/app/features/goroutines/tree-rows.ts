/** Rows of the tree, counted and placed without an object for each: groups, and the members of those that are open. */
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { GroupTable } from '../../../worker/protocol.ts';
import { groupSize } from './groups.ts';

export const groupHeight = 46;
export const memberHeight = 26;

export interface TreeRow {
  /** Number of the group in the GroupTable. */
  group: number;
  /** Which member of it; -1 = the group itself. */
  member: number;
}

export class TreeRows {
  /** Rows in all, and their height in pixels. */
  readonly length: number;
  readonly height: number;
  readonly snapshot: Snapshot;
  readonly groups: GroupTable;
  readonly #shown: Uint32Array;
  /** Row of each shown group, and one past the end. */
  readonly #first: Uint32Array;

  /** `shown`: numbers of the groups, in order. */
  constructor(snapshot: Snapshot, groups: GroupTable, shown: Uint32Array, isOpen: (group: number) => boolean) {
    this.snapshot = snapshot;
    this.groups = groups;
    this.#shown = shown;
    this.#first = new Uint32Array(shown.length + 1);
    for (const [at, group] of shown.entries()) {
      this.#first[at + 1] = (this.#first[at] ?? 0) + 1 + (isOpen(group) ? groupSize(groups, group) : 0);
    }
    this.length = this.#first[shown.length] ?? 0;
    this.height = this.topOf(this.length);
  }

  at(row: number): TreeRow {
    const at = this.#groupOf(row);
    return { group: this.#shown[at] ?? 0, member: row - (this.#first[at] ?? 0) - 1 };
  }

  /** The row of a group, or of a member of it; -1 when it is not shown. */
  find(group: number, member = -1): number {
    const at = this.#shown.indexOf(group);
    if (at < 0) return -1;
    const row = (this.#first[at] ?? 0) + 1 + member;
    return row < (this.#first[at + 1] ?? 0) ? row : (this.#first[at] ?? 0);
  }

  /** First pixel of a row; of the row past the last, the height of all. */
  topOf(row: number): number {
    const at = row >= (this.#first[this.#shown.length] ?? 0) ? this.#shown.length : this.#groupOf(row);
    const members = (this.#first[at] ?? 0) - at;
    const inside = row - (this.#first[at] ?? 0);
    return at * groupHeight + members * memberHeight + (inside > 0 ? groupHeight + (inside - 1) * memberHeight : 0);
  }

  /** The row that holds pixel `top`. */
  rowAt(top: number): number {
    let low = 0;
    let high = Math.max(0, this.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.topOf(middle) <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Which shown group row `row` belongs to. */
  #groupOf(row: number): number {
    let low = 0;
    let high = Math.max(0, this.#shown.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#first[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
