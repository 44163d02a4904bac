/** Frames as a list: what a default panic has to show, where no addresses say where the frames lie. */
import type { AnalysedSnapshot } from '../model/case.ts';
import { isUserFunction } from '../model/function-name.ts';
import type { Frame } from '../model/goroutine.ts';
import { goroutineAt, type TableView } from '../model/tables.ts';
import type { Paint } from './paint.ts';
import { fit, fitEnd, pad, printable, widthOf } from './plain.ts';

const framesShown = 60;
/** Part of the width that a function's name may take before its place is cut. */
const nameShare = 0.6;

interface OwnedFrames {
  title: string;
  frames: Frame[];
  /** Frames that the runtime left out, and how many printed ones stand before them. */
  elided?: { count: number; after: number };
}

/** Frames of goroutine id or thread name `owner`. */
export function framesOf({ snapshot }: AnalysedSnapshot, tables: TableView, owner: string): OwnedFrames | undefined {
  const thread = snapshot.threads.find(({ name }) => name === owner);
  if (thread !== undefined) return { title: thread.name, frames: thread.frames };
  const { crash, goroutines } = snapshot;
  const candidates = [crash?.goroutine, crash?.victim, ...Array.from({ length: goroutines.length }, (_, row) => row)];
  const row = candidates.find((at) => at !== undefined && (goroutines.id[at] ?? -1n).toString() === owner);
  if (row === undefined) return undefined;
  const goroutine = goroutineAt(tables, row);
  return {
    title: `goroutine ${goroutine.id} (${goroutine.waitReason ?? goroutine.status})`,
    frames: goroutine.frames,
    ...(goroutine.elided !== undefined && { elided: goroutine.elided }),
  };
}

export interface ListOptions {
  width: number;
  paint: Paint;
  ascii: boolean;
}

/** One line per frame. Marked is the frame at row `blamed`, or else the first one of the user's own code. */
export function listFrames({ frames, elided }: OwnedFrames, blamed: number | undefined, options: ListOptions): string[] {
  const { width, paint, ascii } = options;
  const atFault = frames.findIndex((frame) => frame.row === blamed);
  const first = atFault >= 0 ? atFault : frames.findIndex((frame) => isUserFunction(frame.function, frame.file));
  const longest = frames.slice(0, framesShown).reduce((most, frame) => Math.max(most, widthOf(frame.function ?? '??')), 0);
  const nameWidth = Math.min(longest, Math.floor((width - 5) * nameShare));
  const lines = frames.slice(0, framesShown).map((frame, index) => {
    const name = pad(fit(printable(frame.function ?? '??'), nameWidth), nameWidth);
    const inlined = frame.inlined ? ' (inlined)' : '';
    const file = frame.file === undefined ? '' : printable(frame.file);
    const place = `${file}${frame.line === undefined ? '' : `:${frame.line}`}${inlined}`;
    const mark = index === first ? (ascii ? '>' : '▶') : ' ';
    const shown = fitEnd(place, width - nameWidth - 5);
    return `${paint('accent', ` ${mark} `)}${paint(index === first ? 'accent' : 'plain', name)}  ${paint('quiet', shown)}`.trimEnd();
  });
  if (elided !== undefined && elided.after <= lines.length) {
    lines.splice(
      elided.after,
      0,
      paint('quiet', `   ${elided.count > 0 ? `${elided.count} ` : ''}frames left out by the runtime`),
    );
  }
  if (frames.length > framesShown) lines.push(`   ${frames.length - framesShown} more frames`);
  if (first >= 0)
    lines.push(
      `${ascii ? '>' : '▶'} ${atFault >= 0 ? 'is where your own code was at the crash' : 'is the first frame of your own code'}.`,
    );
  return lines;
}

/** What gives more than the text at hand, for someone who can run the program again. */
export const moreDetail: readonly { why: string; command: string }[] = [
  { why: 'Frames with their stack places (fp=, sp=, pc=), the runtime frames included', command: 'GOTRACEBACK=system' },
  { why: 'A core file, which holds all stacks and the heap', command: 'ulimit -c unlimited; GOTRACEBACK=crash' },
  { why: 'The words of the stack, from gdb at the crash', command: 'x/100xg $sp' },
];
