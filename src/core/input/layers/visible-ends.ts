import { holdsAnchor } from '../bare.ts';
import { forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Filled lines that must end with the mark. */
const share = 0.9;
const fewestReadable = 2;
const longest = 1 << 20;
const tab = /\^I/g;

/** `cat -A`, vi's `:set list`: line ends shown as `$`, tabs as `^I`. */
export const visibleEnds: Layer = {
  name: 'visible-ends',
  detect({ bytes, windows }) {
    if (!windows.some(isListed)) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, longest, (line, start, end) => {
          const past = end < bytes.length ? end + 1 : end;
          let from = start;
          if (line.includes('^I')) {
            for (const { index } of line.matchAll(tab)) {
              out.copy(from, start + index);
              out.make('\t', start + index, start + index + 2);
              from = start + index + 2;
            }
          }
          const ended = line.endsWith('$') && line.length === end - start;
          out.copy(from, ended ? end - 1 : end);
          out.copy(end, past);
        });
      },
    };
  },
};

function isListed({ lines }: Window): boolean {
  const ended = lines.filter((line) => line.endsWith('$'));
  if (ended.length < lines.length * share) return false;
  const readable = ended.filter((line) => {
    const bare = line.slice(0, -1);
    return holdsAnchor(bare) || (bare.includes('^I') && isLocation(bare.replace(tab, '\t').trim()));
  });
  return readable.length >= fewestReadable;
}
