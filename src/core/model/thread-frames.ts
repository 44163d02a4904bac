/** The frames of threads: made when they are looked at, for a long session prints thousands of stacks of which few are. */
import { FrameFlag, type Frame, type FrameTable } from './goroutine.ts';
import { framesBetween, type TableView } from './tables.ts';
import type { Thread } from './thread.ts';

/** A thread with the frames in rows [start, end) of `view`. */
export function threadOfRows(view: TableView, start: number, end: number, told: Omit<Thread, 'frames' | 'rows'>): Thread {
  let frames: Frame[] | undefined;
  return {
    ...told,
    rows: { start, end },
    get frames() {
      return (frames ??= framesBetween(view, start, end));
    },
  };
}

/** Frames of `thread`, counted without making them. */
export function frameCount(thread: Thread): number {
  return thread.rows === undefined ? thread.frames.length : Math.max(0, thread.rows.end - thread.rows.start);
}

/** Row of the innermost frame; undefined for a thread without frames. */
export function innermostRow(thread: Thread): number | undefined {
  if (thread.rows === undefined) return thread.frames[0]?.row;
  return frameCount(thread) > 0 ? thread.rows.start : undefined;
}

/** Printed pc of the innermost frame. */
export function innermostPc({ pc, flags }: FrameTable, thread: Thread): bigint | undefined {
  const row = innermostRow(thread);
  return row === undefined || ((flags[row] ?? 0) & FrameFlag.hasPc) === 0 ? undefined : pc[row];
}

interface Stacks {
  threads: readonly Thread[];
  frames: FrameTable;
  strings: readonly string[];
}

type NameTest = (name: string) => boolean;

/**
 * Threads that have a frame whose function is `named`, or whose file is `filed`; '' stands for what is not known. Each name is asked about
 * once, and no frame is made.
 */
export function threadsWith({ threads, frames, strings }: Stacks, named: NameTest, filed?: NameTest): Thread[] {
  if (threads.length === 0) return [];
  const asked = (test: NameTest): ((index: number) => boolean) => {
    /** By name: 0 = not asked yet, 1 = no, 2 = yes. */
    const known = new Uint8Array(strings.length);
    return (index) => {
      if (known[index] === 0) known[index] = test(strings[index] ?? '') ? 2 : 1;
      return known[index] === 2;
    };
  };
  const byName = asked(named);
  const byFile = filed === undefined ? undefined : asked(filed);
  return threads.filter((thread) => {
    if (thread.rows === undefined)
      return thread.frames.some((frame) => named(frame.function ?? '') || filed?.(frame.file ?? '') === true);
    for (let row = thread.rows.start; row < thread.rows.end; row++) {
      if (byName(frames.functionName[row] ?? 0) || byFile?.(frames.file[row] ?? 0) === true) return true;
    }
    return false;
  });
}
