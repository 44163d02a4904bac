/** The numbers that `/proc/PID/smaps` prints below each mapping, from bytes: `Private_Dirty:         0 kB`. */
import { ascii, startsWith } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { behindDigits } from '../debugger/runs/number.ts';

/** In the order in which kernels print them (fs/proc/task_mmu.c, 6.x). */
const names = (
  'Size KernelPageSize MMUPageSize Rss Pss Pss_Dirty Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Anonymous KSM ' +
  'LazyFree AnonHugePages ShmemPmdMapped FilePmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss Locked'
)
  .split(' ')
  .map((name) => ascii(`${name}:`));
const unit = ascii(' kB\n');
const mostDigits = 15;
const space = 32;

/** Tells such lines; each is most often the one that follows the last. */
export class SmapsDetails {
  #next = 0;

  /** Whether line `index` is one; false also where it needs a closer look. */
  has(cursor: LineCursor, index: number): boolean {
    const start = cursor.start(index);
    const { bytes } = cursor;
    const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base;
    const behind = this.#behindName(bytes, start, end);
    if (behind < 0) return false;
    let at = behind;
    while (bytes[at] === space) at++;
    const digits = behindDigits(bytes, at);
    if (at === behind || digits === at || digits - at > mostDigits) return false;
    return digits + unit.length === end && startsWith(bytes, digits, end, unit);
  }

  #behindName(bytes: Uint8Array, start: number, end: number): number {
    for (let tried = 0; tried < names.length; tried++) {
      const at = (this.#next + tried) % names.length;
      const name = names[at];
      if (name === undefined || !startsWith(bytes, start, end, name)) continue;
      this.#next = at + 1;
      return start + name.length;
    }
    return -1;
  }
}
