/** Rows of the Frames view: frames, folded runs, the elided mark, the creator. */
import { isUserFunction } from '../../../core/model/function-name.ts';
import type { Frame } from '../../../core/model/goroutine.ts';
import { repeatsIn, type Repeat } from './repeats.ts';

export type FrameItem =
  | { kind: 'frame'; frame: Frame; index: number; user: boolean; quiet: boolean }
  /** Runtime frames, or (with `period`) rounds of a recursion after its first. */
  | { kind: 'fold'; key: number; frames: Frame[]; period?: number }
  | { kind: 'elided'; count: number }
  | { kind: 'created'; frame: Frame; inGoroutine: string | undefined }
  /** Over a stack that belongs to no goroutine: the line that was printed before it. */
  | { kind: 'heading'; text: string; key: number };

export interface FrameListInput {
  frames: readonly Frame[];
  createdBy?: Frame | undefined;
  createdIn?: string | undefined;
  elided?: { count: number; after: number } | undefined;
}

/** A run of fewer runtime frames is shown: folding it would save no line. */
const minimumRun = 3;
/** The innermost frame says how it died, whatever code it is of. */
const alwaysShown = 1;

function isQuiet(frame: Frame): boolean {
  return frame.kind === 'runtime' || frame.kind === 'signal';
}

function itemOf(frame: Frame, index: number): FrameItem {
  return { kind: 'frame', frame, index, quiet: isQuiet(frame), user: isUserFunction(frame.function, frame.file) };
}

/** Frames [from, to), with recursions and runs of runtime frames folded. */
function stretch(frames: readonly Frame[], from: number, to: number, opened: ReadonlySet<number>, keep: number | undefined) {
  const items: FrameItem[] = [];
  const isOpen = (key: number, run: readonly Frame[]) => opened.has(key) || run.some((frame) => frame.row === keep);
  const quietAt = (index: number) => {
    const frame = frames[index];
    return frame !== undefined && isQuiet(frame);
  };
  const plain = (start: number, end: number) => {
    let at = start;
    while (at < end) {
      let past = at;
      while (past < end && past >= alwaysShown && quietAt(past)) past++;
      const run = frames.slice(at, past);
      if (run.length >= minimumRun && !isOpen(at, run)) items.push({ kind: 'fold', key: at, frames: run });
      else {
        past = Math.max(past, at + 1);
        frames.slice(at, past).forEach((frame, offset) => items.push(itemOf(frame, at + offset)));
      }
      at = past;
    }
  };
  const shown = (repeat: Repeat) => isOpen(repeat.start, frames.slice(repeat.start, repeat.end));
  let at = from;
  for (const repeat of repeatsIn(frames, from, to)) {
    if (shown(repeat)) continue;
    plain(at, repeat.start);
    const { start, end, period } = repeat;
    items.push({ kind: 'fold', key: start, frames: frames.slice(start, end), period });
    at = end;
  }
  plain(at, to);
  return items;
}

/** `opened`: keys (index of the first frame) of runs that are not folded; `keep`: a row that must be visible. */
export function frameItems(input: FrameListInput, opened: ReadonlySet<number>, keep?: number): FrameItem[] {
  const { frames, elided, createdBy } = input;
  const cut = elided === undefined ? frames.length : Math.min(frames.length, elided.after === 0 ? frames.length : elided.after);
  const items = stretch(frames, 0, cut, opened, keep);
  if (elided !== undefined) items.push({ kind: 'elided', count: elided.count });
  items.push(...stretch(frames, cut, frames.length, opened, keep));
  if (createdBy !== undefined) items.push({ kind: 'created', frame: createdBy, inGoroutine: input.createdIn });
  return items;
}

/** A stack without a goroutine: an access of a race, where a goroutine was created. */
export interface FrameSection {
  heading: string;
  frames: readonly Frame[];
}

/** Rows of several stacks, each under its heading; frames count from 0 in each. */
export function sectionItems(sections: readonly FrameSection[], opened: ReadonlySet<number>, keep?: number): FrameItem[] {
  let before = 0;
  return sections.flatMap(({ heading, frames }) => {
    const start = before;
    before += frames.length;
    // Runs are known by a number of their own in the whole list.
    const own = new Set([...opened].map((key) => key - start));
    const items = frameItems({ frames }, own, keep).map((item) =>
      item.kind === 'fold' ? { ...item, key: item.key + start } : item,
    );
    return heading === '' ? items : [{ kind: 'heading' as const, text: heading, key: start }, ...items];
  });
}

/** First frame of the user's own code; -1 when there is none. */
export function firstUserRow(frames: readonly Frame[]): number {
  return frames.find((frame) => isUserFunction(frame.function, frame.file))?.row ?? -1;
}
