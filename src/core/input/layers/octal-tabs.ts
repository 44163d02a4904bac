import { forEachLine } from '../lines.ts';
import { isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

const leading = /^(?:#011)+/;
const fewestLines = 2;

/** rsyslog writes control characters as `#ooo`: a location line then begins with `#011`. */
export const octalTabs: Layer = {
  name: 'octal-tabs',
  detect({ bytes, windows }) {
    const escaped = windows.some(
      ({ lines }) => lines.filter((line) => leading.test(line) && isLocation(line.replace(leading, ''))).length >= fewestLines,
    );
    if (!escaped) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, 64, (line, start, end) => {
          const length = leading.exec(line)?.[0].length ?? 0;
          for (let at = 0; at < length; at += 4) out.make('\t', start + at, start + at + 4);
          out.copy(start + length, end < bytes.length ? end + 1 : end);
        });
      },
    };
  },
};
