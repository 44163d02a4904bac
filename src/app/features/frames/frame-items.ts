/** Rows of the Frames view: frames, folded runs of runtime frames, the elided mark, the creator. */
import { isUserFunction } from '../../../core/model/function-name.ts';
import type { Frame } from '../../../core/model/goroutine.ts';

export type FrameItem =
  | { kind: 'frame'; frame: Frame; index: number; user: boolean; quiet: boolean }
  | { kind: 'fold'; key: number; frames: Frame[] }
  | { kind: 'elided'; count: number }
  | { kind: 'created'; frame: Frame; inGoroutine: string | undefined };

export interface FrameListInput {
  frames: readonly Frame[];
  createdBy?: Frame | undefined;
  createdIn?: string | undefined;
  elided?: { count: number; after: number } | undefined;
}

/** A run of fewer runtime frames is shown: folding it would save no line. */
const minimumRun = 3;
/** The innermost frames say how it died, whatever code they are of. */
const alwaysShown = 1;

function isQuiet(frame: Frame): boolean {
  return frame.kind === 'runtime' || frame.kind === 'signal';
}

/** `opened`: keys (index of the first frame) of runs that are not folded; `keep`: a row that must be visible. */
export function frameItems(input: FrameListInput, opened: ReadonlySet<number>, keep?: number): FrameItem[] {
  const items: FrameItem[] = [];
  let run: FrameItem[] = [];
  const flush = () => {
    const frames = run.flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
    const first = run[0];
    const key = first?.kind === 'frame' ? first.index : -1;
    if (frames.length < minimumRun || opened.has(key) || frames.some((frame) => frame.row === keep)) items.push(...run);
    else items.push({ kind: 'fold', key, frames });
    run = [];
  };
  const elide = () => {
    flush();
    if (input.elided !== undefined) items.push({ kind: 'elided', count: input.elided.count });
  };
  input.frames.forEach((frame, index) => {
    if (input.elided?.after === index && index > 0) elide();
    const quiet = isQuiet(frame);
    const item: FrameItem = { kind: 'frame', frame, index, quiet, user: isUserFunction(frame.function, frame.file) };
    if (quiet && index >= alwaysShown) run.push(item);
    else {
      flush();
      items.push(item);
    }
  });
  flush();
  if (input.elided !== undefined && (input.elided.after >= input.frames.length || input.elided.after === 0)) elide();
  if (input.createdBy !== undefined) items.push({ kind: 'created', frame: input.createdBy, inGoroutine: input.createdIn });
  return items;
}

/** First frame of the user's own code; -1 when there is none. */
export function firstUserRow(frames: readonly Frame[]): number {
  return frames.find((frame) => isUserFunction(frame.function, frame.file))?.row ?? -1;
}
