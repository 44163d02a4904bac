import type { TextBuilder } from '../builder.ts';
import { hasBareSign, isEncodedUpwards } from '../encoded-lines.ts';
import { isFunctionLine, isHeader } from '../shapes.ts';
import { lineStartsOf } from '../lines.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';

/** Log viewers that print the newest line first: the header then stands below its frames. */
export const reversed: Layer = {
  name: 'reversed',
  detect({ bytes, windows }) {
    if (!windows.some((window) => direction(window) < 0) || windows.some((window) => direction(window) > 0)) return undefined;
    return { remove: (out) => turnRound(bytes, out) };
  },
};

/** The same around a mail that is still encoded: its lines are not whole, so that nothing else may be taken off before. */
export const reversedMail: Layer = {
  name: 'reversed',
  detect({ bytes, windows }) {
    // Signs that the mail would have encoded were put around it later: they come off before.
    const turned = windows.some(({ lines }) => isEncodedUpwards(lines) && !lines.some(hasBareSign));
    return turned ? { remove: (out) => turnRound(bytes, out) } : undefined;
  },
};

function turnRound(bytes: Uint8Array, out: TextBuilder): void {
  const starts = lineStartsOf(bytes);
  for (let line = starts.length - 2; line >= 0; line--) {
    const start = starts[line] ?? 0;
    const past = starts[line + 1] ?? bytes.length;
    out.copy(start, past);
    // The last line has no line feed of its own.
    if (bytes[past - 1] !== 10) out.make('\n', past, past);
  }
}

/** A location's front: what follows may be encoded or broken still. */
const location = /^[ \t]*[^\s:][^:]{0,1000}\.(?:go|s|c|h|cc|cpp):\d+(?:[ \r]|$)/;

/** Headers above their frames minus headers below them. */
function direction({ lines }: Window): number {
  let balance = 0;
  for (const [index, line] of lines.entries()) {
    if (!isHeader(line)) continue;
    const above = lines[index - 1] ?? '';
    const below = lines[index + 1] ?? '';
    if (isFunctionLine(below) && location.test(lines[index + 2] ?? '')) balance++;
    else if (isFunctionLine(above) && location.test(lines[index - 2] ?? '')) balance--;
  }
  return balance;
}
