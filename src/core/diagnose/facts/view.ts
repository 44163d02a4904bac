/** Rows of a snapshot's tables as objects, for rules. */
import { isUserFunction } from '../../model/function-name.ts';
import type { Frame, Goroutine } from '../../model/goroutine.ts';
import { frameAt, framesBetween, goroutineAt, type TableView } from '../../model/tables.ts';
import type { RuleContext } from '../rule.ts';

/** Most frames of one goroutine that a rule looks at; the runtime prints 100, recordings may hold more. */
export const mostFrames = 2000;

export function viewOf(context: RuleContext): TableView {
  const { strings, frames, goroutines } = context.snapshot;
  return { strings, frames, goroutines, documents: context.documents };
}

export function frameOf(context: RuleContext, row: number | undefined): Frame | undefined {
  return row === undefined || row < 0 || row >= context.snapshot.frames.length ? undefined : frameAt(viewOf(context), row);
}

/** Rows [start, end) of the frames of goroutine `row`, at most `mostFrames` of them. */
export function frameRowsOf(context: RuleContext, row: number): { start: number; end: number } {
  const { goroutines } = context.snapshot;
  const start = goroutines.frameStart[row] ?? 0;
  return { start, end: Math.min(goroutines.frameEnd[row] ?? 0, start + mostFrames) };
}

/** Innermost frames of goroutine `row`, at most `mostFrames`. */
export function framesOf(context: RuleContext, row: number): Frame[] {
  const { start, end } = frameRowsOf(context, row);
  return framesBetween(viewOf(context), start, end);
}

/** Goroutine `row` with at most `mostFrames` frames. */
export function goroutineOf(context: RuleContext, row: number | undefined): Goroutine | undefined {
  const { goroutines } = context.snapshot;
  if (row === undefined || row < 0 || row >= goroutines.length) return undefined;
  const view = viewOf(context);
  const { start, end } = frameRowsOf(context, row);
  if (end === goroutines.frameEnd[row]) return goroutineAt(view, row);
  const none = { ...goroutines, frameStart: new Uint32Array(goroutines.length), frameEnd: new Uint32Array(goroutines.length) };
  return { ...goroutineAt({ ...view, goroutines: none }, row), frames: framesBetween(view, start, end) };
}

export function isUserFrame(frame: Frame): boolean {
  return isUserFunction(frame.function, frame.file);
}

export function firstUser(frames: readonly Frame[]): Frame | undefined {
  return frames.find(isUserFrame);
}

/** Function name of a frame row, without making the frame. */
export function functionAt(context: RuleContext, row: number): string {
  const { strings, frames } = context.snapshot;
  return strings[frames.functionName[row] ?? 0] ?? '';
}
