import { forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isAnchor } from '../shapes.ts';
import type { Layer } from './layer.ts';

const fenceColumns = 512;
/** Marks, and an info string of one word. */
const line = /^([ \t]{0,8}(?:`{3,32}|~{3,32}))[ \t]*([\w+.-]{0,32})[ \t]*$/;
/** Marks glued to the first or last line of the code. */
const glued = /^([ \t]{0,8}`{3,32})(?=\S)/;
const gluedEnd = /`{3,32}[ \t]*$/;

/** Markdown code fences. A fence line becomes an empty one, so that blocks stay apart. */
export const fence: Layer = {
  name: 'fence',
  detect({ bytes, windows }) {
    if (!windows.some(fencesCode)) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, fenceColumns, (text, start, end) => {
          const past = end < bytes.length ? end + 1 : end;
          const whole = end - start === text.length;
          if (whole && line.test(text)) {
            out.copy(end, past);
            return;
          }
          const front = glued.exec(text)?.[0].length ?? 0;
          const opens = front > 0 && isAnchor(text.slice(front).trimEnd().replace(gluedEnd, ''));
          const back = whole && text.endsWith(')```') ? text.length - 3 : -1;
          out.copy(start + (opens ? front : 0), back > 0 ? start + back : end);
          out.copy(end, past);
        });
      },
    };
  },
};

/** A fence with a known form between it and the next. */
function fencesCode({ lines }: Window): boolean {
  let open = false;
  for (const text of lines) {
    const info = line.exec(text)?.[2];
    if (info !== undefined) {
      // A closing fence has no info string.
      open = info !== '' || !open;
      continue;
    }
    const front = glued.exec(text)?.[0].length ?? 0;
    if (front > 0) {
      open = true;
      if (isAnchor(text.slice(front))) return true;
    } else if (open && isAnchor(text.trimStart())) return true;
  }
  return false;
}
