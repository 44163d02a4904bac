/** The fact of a printed stack, made by a constructor, which the engine compiles once (`Place` of `model/origin.ts`). */
import type { SourceRange } from '../../model/source.ts';

export class StackFact {
  readonly kind = 'debugger-stack';
  readonly textLine: number;
  /** Rows of the frame columns. */
  readonly frameStart: number;
  readonly frameEnd: number;
  readonly thread: string | undefined;
  readonly tid: number | undefined;
  readonly unwindFailed: true | undefined;
  readonly step: number;
  readonly source: SourceRange;

  constructor(
    textLine: number,
    frameStart: number,
    frameEnd: number,
    thread: string | undefined,
    tid: number | undefined,
    unwindFailed: boolean,
    step: number,
    source: SourceRange,
  ) {
    this.textLine = textLine;
    this.frameStart = frameStart;
    this.frameEnd = frameEnd;
    this.thread = thread;
    this.tid = tid;
    this.unwindFailed = unwindFailed ? true : undefined;
    this.step = step;
    this.source = source;
  }
}
