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
  const { names, files, rowless } = namesOf(threads, frames, strings.length);
  const passing = (used: readonly number[], test: NameTest): Uint8Array | undefined => {
    let passes: Uint8Array | undefined;
    for (const index of used) if (test(strings[index] ?? '')) (passes ??= new Uint8Array(strings.length))[index] = 1;
    return passes;
  };
  const byName = passing(names, named);
  const byFile = filed === undefined ? undefined : passing(files, filed);
  // Most questions are about functions that no stack has.
  if (byName === undefined && byFile === undefined && !rowless) return [];
  return threads.filter((thread) => {
    if (thread.rows === undefined)
      return thread.frames.some((frame) => named(frame.function ?? '') || filed?.(frame.file ?? '') === true);
    for (let row = thread.rows.start; row < thread.rows.end; row++) {
      if (byName?.[frames.functionName[row] ?? 0] === 1 || byFile?.[frames.file[row] ?? 0] === 1) return true;
    }
    return false;
  });
}

/** Functions and files of the frames of threads, as indexes of strings, each once. */
interface Names {
  names: readonly number[];
  files: readonly number[];
  /** Some threads have frames that are no rows. */
  rowless: boolean;
  /** Threads that were looked at, and the table of their frames. */
  length: number;
  frames: FrameTable;
}

const namesKept = new WeakMap<readonly Thread[], Names>();

function namesOf(threads: readonly Thread[], frames: FrameTable, strings: number): Names {
  const known = namesKept.get(threads);
  if (known?.length === threads.length && known.frames === frames) return known;
  const seenNames = new Uint8Array(strings);
  const seenFiles = new Uint8Array(strings);
  const [names, files]: [number[], number[]] = [[], []];
  let rowless = false;
  for (const { rows } of threads) {
    if (rows === undefined) rowless = true;
    for (let row = rows?.start ?? 0; row < (rows?.end ?? 0); row++) {
      const name = frames.functionName[row] ?? 0;
      const file = frames.file[row] ?? 0;
      if (seenNames[name] === 0) names.push(name);
      if (seenFiles[file] === 0) files.push(file);
      seenNames[name] = seenFiles[file] = 1;
    }
  }
  const found: Names = { names, files, rowless, length: threads.length, frames };
  namesKept.set(threads, found);
  return found;
}
