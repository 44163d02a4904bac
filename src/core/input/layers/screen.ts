import type { TextBuilder } from '../builder.ts';
import { isRow } from '../listing.ts';
import { forEachLine, indexWithin } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isAnchor } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Widths of terminals, in columns. */
const narrowest = 40;
const widest = 400;
/** Lines that must reach the last column to tell the width, and their share of the lines. */
const fewestFull = 3;
const share = 0.5;
const blankBytes = / {2,}$/;

/** A screen that was copied with the blanks behind its lines (tmux, screen, Windows consoles): lines filled up to one width. */
export const padding: Layer = {
  name: 'padding',
  detect({ bytes, windows }) {
    return windows.some(isPadded) ? { remove: (out) => removePadding(bytes, out) } : undefined;
  },
};

function isPadded({ lines }: Window): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const padded = filled.filter((line) => blankBytes.test(line));
  if (padded.length < fewestFull || padded.length < filled.length * share) return false;
  const widths = new Map<number, number>();
  for (const { length } of padded) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [width, most] = [...widths].reduce((best, one) => (one[1] > best[1] ? one : best));
  // Rows of memory that end with blanks are of one length without them, too (Delve).
  const texts = new Set(padded.filter(({ length }) => length === width).map((line) => line.trimEnd().length));
  return most >= padded.length * share && texts.size >= fewestFull;
}

function removePadding(bytes: Uint8Array, out: TextBuilder): void {
  let from = 0;
  while (from < bytes.length) {
    const feed = indexWithin(bytes, 10, from, bytes.length);
    const end = feed < 0 ? bytes.length : feed;
    let last = end;
    while (last > from && bytes[last - 1] === 32) last--;
    // A single blank belongs to the line: a prompt ends with one.
    out.copy(from, end - last >= 2 ? last : end);
    if (feed >= 0) out.copy(feed, feed + 1);
    from = end + 1;
  }
}

/**
 * Lines that a terminal broke at its last column, wherever that was: no line is longer, several are as long, and what follows them
 * goes on.
 */
export const screenWrap: Layer = {
  name: 'screen-wrap',
  detect({ bytes, windows }) {
    const width = widthOf(windows);
    return width === undefined ? undefined : { remove: (out) => removeWraps(bytes, width, out) };
  },
};

const prompt = /^\((?:gdb|rr|dlv|lldb)\) /;

/** A line that can begin a record of a debugger: then the one before it was full by chance. */
function begins(line: string): boolean {
  return line === '' || isRow(line) || prompt.test(line) || isAnchor(line.trim());
}

/** A frame that does not end where frames end. */
const cutFrame = /^(?:#\d{1,6} +|0x[0-9a-f]{4,16} in )\S.*$/;
const frameEnd = /(?::\d+|\)|from \S+)$/;
const goesOn = /^\S*(?::\d+$|\)|, | at |=)/;

function widthOf(windows: readonly Window[]): number | undefined {
  let width = 0;
  for (const { lines } of windows) for (const line of lines) width = Math.max(width, line.length);
  if (width < narrowest || width > widest) return undefined;
  let full = 0;
  let proved = 0;
  for (const { lines } of windows) {
    for (const [index, line] of lines.entries()) {
      const next = lines[index + 1];
      if (line.length !== width || next === undefined || begins(next)) continue;
      full++;
      if (cutFrame.test(line) && !frameEnd.test(line) && goesOn.test(next)) proved++;
    }
  }
  return full >= fewestFull && proved >= fewestFull ? width : undefined;
}

function removeWraps(bytes: Uint8Array, width: number, out: TextBuilder): void {
  let before = { full: false, end: 0, past: 0 };
  forEachLine(bytes, width + 1, (line, start, end) => {
    if (!before.full || begins(line)) out.copy(before.end, before.past);
    out.copy(start, end);
    before = { full: end - start === width, end, past: end < bytes.length ? end + 1 : end };
  });
  out.copy(before.end, before.past);
}
