/** The whole stack in a strip: at most one mark per pixel line, the loudest word of the line wins. */
import { toneOf } from './names.ts';
import type { StackItem, StackLayout } from './items.ts';

export type MarkTone = 'quiet' | 'local' | 'ptr' | 'arg' | 'ret' | 'fp' | 'warn' | 'bad';

export interface MinimapMark {
  y: number;
  height: number;
  tone: MarkTone;
}

const loudness: readonly MarkTone[] = ['quiet', 'local', 'ptr', 'arg', 'ret', 'fp', 'warn', 'bad'];

function markTone(item: StackItem): MarkTone | undefined {
  if (item.kind === 'gap') return undefined;
  if (item.kind === 'fold') return 'quiet';
  if (item.kind === 'callout') return 'bad';
  const tone = toneOf(item.row);
  return tone === 'zero' || tone === 'local' ? 'quiet' : tone === 'absent' ? undefined : tone;
}

/** Design pixels of the layout per pixel of the strip; 1 when all of it fits. */
export function minimapScale(layoutHeight: number, stripHeight: number): number {
  return layoutHeight <= stripHeight || stripHeight <= 0 ? 1 : layoutHeight / stripHeight;
}

export function minimapMarks(layout: StackLayout, stripHeight: number): MinimapMark[] {
  const scale = minimapScale(layout.height, stripHeight);
  const marks: MinimapMark[] = [];
  for (const item of layout.items) {
    const tone = markTone(item);
    if (tone === undefined) continue;
    const y = item.top / scale;
    const height = Math.max(1, item.height / scale - (scale > 4 ? 0 : 1));
    const last = marks.at(-1);
    if (last !== undefined && Math.floor(y) === Math.floor(last.y) && scale > 4) {
      if (loudness.indexOf(tone) > loudness.indexOf(last.tone)) last.tone = tone;
      last.height = Math.max(last.height, y + height - last.y);
    } else if (last !== undefined && scale > 4 && last.tone === tone && y <= last.y + last.height + 0.5) {
      last.height = y + height - last.y;
    } else marks.push({ y, height, tone });
  }
  return marks;
}
