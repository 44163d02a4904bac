import { unescapeInto } from '../json-scan.ts';
import { byteString, forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isHeader } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** A goroutine header whose line end was written out. */
const escapedHeader =
  /WARNING: DATA RACE(?:\\r)?\\n|goroutine \d{1,19} (?:gp=\S{1,24} m=\S{1,12} (?:mp=\S{1,24} )?)?\[[^\]\\]{1,200}\]:(?:\\r)?\\n/;
/** What a stack begins with, behind the quote that opens it. */
const quotedStart = /(['"`])(?=panic: |fatal error: |goroutine \d|SIG[A-Z]{2,6}: |runtime: |unexpected fault )/;
const longest = 1 << 24;

/**
 * A stack on one line whose line ends and tabs were written as `\n` and `\t` without quotes around it, or in those of
 * another language (`stderr=b'panic: …\n'`).
 */
export const literalBreaks: Layer = {
  name: 'literal-breaks',
  detect({ bytes, windows }) {
    if (!windows.some(isEscaped)) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, longest, (line, start, end) => {
          const past = end < bytes.length ? end + 1 : end;
          if (!line.includes('\\n') || !escapedHeader.test(line)) {
            out.copy(start, past);
            return;
          }
          const open = quotedStart.exec(line);
          let from = start;
          let to = end;
          if (open !== null) {
            from = start + open.index;
            out.copy(start, from);
            if (from > start) out.make('\n', from, from + 1);
            from++;
            const close = line.lastIndexOf(open[1] ?? '');
            if (close > open.index && line.length - close < longestTail) to = start + close;
          }
          unescapeInto(out, bytes, from, to);
          if (out.last !== 10) out.make('\n', to, Math.min(to + 1, end));
          // Brackets that close a call or record are no text.
          if (to < end && !/^[\s"'`}\]),;]*$/.test(byteString(bytes, to, end))) out.copy(to + 1, past);
        });
      },
    };
  },
};

/** A closing quote stands near the line's end: further away it belongs to the text. */
const longestTail = 256;

/** A crash may print another one in its own words: where a header stands by itself, nothing is opened. */
function isEscaped({ lines }: Window): boolean {
  return lines.some((line) => line.includes('\\n') && escapedHeader.test(line)) && !lines.some((line) => isHeader(line.trim()));
}
