/** Stacks without goroutines, as in a race report: frames that were printed one under the other, and the line before the first. */
import { textBytes } from '../../../core/model/bytes.ts';
import type { Frame } from '../../../core/model/goroutine.ts';
import type { Race } from '../../../core/model/race.ts';
import type { TableView } from '../../../core/model/tables.ts';
import type { FrameSection } from './frame-items.ts';

/** A printed frame has two lines: the function's, then its place. */
const linesPerFrame = 2;
/** Bytes of a line that stand over a stack. */
const headingBytes = 120;

const decoder = new TextDecoder('utf-8');

/** The unwrapped line before the frame as printed, without its colon; '' where there is none. */
function lineBefore({ documents, frames }: TableView, row: number): string {
  const document = documents[frames.document[row] ?? 0];
  const line = frames.textLine[row] ?? 0;
  if (document === undefined || line === 0) return '';
  const start = document.text.lineStarts[line - 1] ?? 0;
  const end = Math.min(document.text.lineStarts[line] ?? start, start + headingBytes);
  return decoder
    .decode(textBytes(document, start, end))
    .trim()
    .replace(/:$/, '');
}

/** 'Race 2 of 4', of the frame with which its first access begins. */
function raceNames(races: readonly Race[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const [index, race] of races.entries()) {
    const first = race.accesses[0]?.frames[0]?.row;
    if (first !== undefined && races.length > 1) names.set(first, `Race ${index + 1} of ${races.length} · `);
  }
  return names;
}

export function sectionsOf(view: TableView, loose: readonly Frame[], races: readonly Race[]): FrameSection[] {
  const { textLine, document } = view.frames;
  const names = raceNames(races);
  const sections: { heading: string; frames: Frame[] }[] = [];
  let before: number | undefined;
  for (const frame of loose) {
    const { row } = frame;
    const follows =
      before !== undefined &&
      document[before] === document[row] &&
      (textLine[row] ?? 0) - (textLine[before] ?? 0) <= linesPerFrame;
    if (!follows) sections.push({ heading: `${names.get(row) ?? ''}${lineBefore(view, row)}`, frames: [] });
    sections.at(-1)?.frames.push(frame);
    before = row;
  }
  return sections;
}
