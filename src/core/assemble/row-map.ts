/** Rows of the case's tables that a snapshot takes, as ranges: a dump's rows are one range, whatever their number. */

export interface RowRange {
  start: number;
  end: number;
}

/** Gathers ranges in any order, also overlapping ones. */
export class RowRanges {
  #ranges: RowRange[] = [];
  #sorted = true;

  add(start: number, end: number): void {
    if (end <= start) return;
    const last = this.#ranges.at(-1);
    if (last !== undefined && start >= last.start && start <= last.end) {
      last.end = Math.max(last.end, end);
      return;
    }
    if (last !== undefined && start < last.start) this.#sorted = false;
    this.#ranges.push({ start, end });
  }

  /** Ascending, disjoint, none touching the next. */
  finish(): RowRange[] {
    if (this.#sorted) return this.#ranges;
    const merged = new RowRanges();
    for (const { start, end } of this.#ranges.sort((a, b) => a.start - b.start)) merged.add(start, end);
    return merged.finish();
  }
}

/** Where each taken row lands: rows keep their order. */
export class RowMap {
  readonly ranges: readonly RowRange[];
  /** Rows taken. */
  readonly length: number;
  /** New row of each range's first row. */
  readonly #target: number[] = [];

  constructor(ranges: readonly RowRange[]) {
    this.ranges = ranges;
    let length = 0;
    for (const { start, end } of ranges) {
      this.#target.push(length);
      length += end - start;
    }
    this.length = length;
  }

  /** True when every taken row keeps its number: the first rows of the table, or none. */
  get keepsNumbers(): boolean {
    return this.ranges.length === 0 || (this.ranges.length === 1 && this.ranges[0]?.start === 0);
  }

  /** New row of `row`; -1 when it was not taken. */
  to(row: number): number {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.ranges[middle]?.start ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const range = this.ranges[low];
    return range === undefined || row < range.start || row >= range.end ? -1 : (this.#target[low] ?? 0) + row - range.start;
  }
}
