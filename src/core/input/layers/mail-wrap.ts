import { looksEncoded } from '../encoded-lines.ts';
import { isRow } from '../listing.ts';
import { continues, recordColumns } from '../line-joins.ts';
import { forEachLine } from '../lines.ts';
import { separatorOf } from '../token-joins.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';

/** Lines joined into one record; arguments of a deep call take a handful. */
const mostJoined = 16;

/** Hard line breaks of mail programs inside records. A line joins the one before only where both demand it. */
export const mailWrap: Layer = {
  name: 'mail-wrap',
  detect({ bytes, windows }) {
    if (!windows.some(isWrapped) || windows.some(({ lines }) => looksEncoded(lines))) return undefined;
    return {
      remove(out) {
        let record = '';
        let joined = 0;
        // The line before is written up to `end`; its line feed waits for what comes next.
        let end = 0;
        let past = 0;
        forEachLine(bytes, recordColumns, (line, start, lineEnd) => {
          const rest = lineEnd - start > line.length ? '' : line.trim();
          if (joined < mostJoined && record.length < recordColumns && continues(record, rest)) {
            const first = start + (line.length - line.trimStart().length);
            const made = isBlank(bytes[end - 1]) ? '' : separatorOf(record, rest);
            out.make(made, end, first);
            out.copy(first, lineEnd);
            record = `${record}${isBlank(bytes[end - 1]) ? ' ' : made}${rest}`;
            joined++;
          } else {
            out.copy(end, past);
            out.copy(start, lineEnd);
            record = rest;
            joined = 0;
          }
          end = lineEnd;
          past = lineEnd < bytes.length ? lineEnd + 1 : lineEnd;
        });
        out.copy(end, past);
      },
    };
  },
};

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

function isWrapped({ lines }: Window): boolean {
  let before = '';
  for (const line of lines) {
    const rest = line.length > recordColumns ? '' : line.trim();
    if (!isRow(line) && continues(before, rest)) return true;
    before = rest;
  }
  return false;
}
