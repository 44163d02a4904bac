import { byteOrderMark } from '../lines.ts';
import type { Layer } from './layer.ts';

const length = 3;
const lineFeed = 10;

/** UTF-8 byte order marks: of the text, and of files that were put together into one, each at the start of a line. */
export const bom: Layer = {
  name: 'bom',
  detect({ bytes, windows }) {
    if (!isMark(bytes, 0) && !windows.some(({ lines }) => lines.some((line) => line.startsWith(byteOrderMark)))) return undefined;
    return {
      remove(out) {
        let from = 0;
        for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
          if ((at > 0 && bytes[at - 1] !== lineFeed) || !isMark(bytes, at)) continue;
          out.copy(from, at);
          from = at + length;
        }
        out.copy(from, bytes.length);
      },
    };
  },
};

function isMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}
