import { forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isFunctionLine, isHeader, isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Every second line of a window must be blank. */
const share = 0.98;
const fewestFrames = 2;

/** An empty line after every line, as copying from some pages and terminals makes. */
export const doubleSpaced: Layer = {
  name: 'double-spaced',
  detect({ bytes, windows }) {
    const [window] = windows;
    if (window === undefined || !isSpaced(window)) return undefined;
    return {
      remove(out) {
        let row = 0;
        forEachLine(bytes, 1, (_head, start, end) => {
          const past = end < bytes.length ? end + 1 : end;
          if (row++ % 2 === 0 || end > start + 1 || (end === start + 1 && bytes[start] !== 13)) out.copy(start, past);
        });
      },
    };
  },
};

function isSpaced({ lines }: Window): boolean {
  let blank = 0;
  let frames = 0;
  let headers = 0;
  for (let index = 1; index < lines.length; index += 2) if (lines[index]?.trim() === '') blank++;
  if (blank < Math.floor(lines.length / 2) * share) return false;
  for (let index = 0; index < lines.length; index += 2) {
    const line = lines[index] ?? '';
    if (isHeader(line)) headers++;
    else if (isFunctionLine(line) && isLocation((lines[index + 2] ?? '').trim())) frames++;
  }
  return headers > 0 && frames >= fewestFrames;
}
