import { forEachLine } from '../lines.ts';
import { isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

const leading = /^(?:#011)+/;
const fewestLines = 2;
/** A whole stack in one record: line ends are `#012`. */
const joined =
  /goroutine \d{1,19} (?:gp=\S{1,24} m=\S{1,12} (?:mp=\S{1,24} )?)?\[[^\]]{1,200}\]:#012|fatal error: [^#]{1,300}#012#012/;
const octal = /#01[12]/g;
const longest = 1 << 24;

/** rsyslog writes control characters as `#ooo`: a location line then begins with `#011`, lines of one record end with `#012`. */
export const octalTabs: Layer = {
  name: 'octal-tabs',
  detect({ bytes, windows }) {
    const escaped = windows.some(
      ({ lines }) => lines.filter((line) => leading.test(line) && isLocation(line.replace(leading, ''))).length >= fewestLines,
    );
    const inOne = windows.some(({ lines }) => lines.some((line) => line.includes('#012') && joined.test(line)));
    if (!escaped && !inOne) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, inOne ? longest : 64, (line, start, end) => {
          if (inOne && joined.test(line)) {
            let from = start;
            for (const { index, 0: sign } of line.matchAll(octal)) {
              out.copy(from, start + index);
              from = start + index + sign.length;
              out.make(sign === '#012' ? '\n' : '\t', start + index, from);
            }
            out.copy(from, end < bytes.length ? end + 1 : end);
            return;
          }
          const length = leading.exec(line)?.[0].length ?? 0;
          for (let at = 0; at < length; at += 4) out.make('\t', start + at, start + at + 4);
          out.copy(start + length, end < bytes.length ? end + 1 : end);
        });
      },
    };
  },
};
