import { forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { holdsStackRecord } from '../bare.ts';
import { isAnchor } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Lines of a window that begin with the mark, when none of them has a known form. */
const share = 0.8;
const fewestLines = 3;
const longestQuote = 64;
const longestRecord = 1 << 24;
/** Between them the mark of a file's byte order; a blank at a line's end is encoded in mails. */
const marks = /^(?:>(?: |=20$)?(?:\u00ef\u00bb\u00bf)?){1,16}/;

/**
 * Quoting of mails and Markdown: `> `, repeated. A single line is no quote (delve's stop line begins with `> `), unless
 * a whole record of a log stands in it.
 */
export const quoted: Layer = {
  name: 'quoted',
  onEveryLine: true,
  detect({ bytes, windows }) {
    const records = windows.some(({ lines }) => lines.some((line) => line.startsWith('>') && holdsStackRecord(line)));
    if (!records && !windows.some(isQuoted)) return undefined;
    return {
      remove(out) {
        let before: { start: number; past: number; marks: number; record: boolean } | undefined;
        let beforeQuoted = false;
        const flush = (alone: boolean) => {
          if (before !== undefined) out.copy(before.start + (alone && !before.record ? 0 : before.marks), before.past);
        };
        forEachLine(bytes, records ? longestRecord : longestQuote, (line, start, end) => {
          const length = marks.exec(line)?.[0].length ?? 0;
          const hadMarks = (before?.marks ?? 0) > 0;
          flush(!beforeQuoted && length === 0);
          beforeQuoted = hadMarks;
          const past = end < bytes.length ? end + 1 : end;
          before = { start, past, marks: length, record: length > 0 && holdsStackRecord(line.slice(length)) };
        });
        flush(!beforeQuoted);
      },
    };
  },
};

function isQuoted({ lines }: Window): boolean {
  let marked = 0;
  let filled = 0;
  let readable = 0;
  let plain = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    filled++;
    const length = marks.exec(line)?.[0].length ?? 0;
    if (length > 0) marked++;
    if (length > 0 && isAnchor(line.slice(length))) readable++;
    else if (isAnchor(line)) plain++;
  }
  if (marked < fewestLines) return false;
  return marked >= filled * share || (readable >= fewestLines && readable > plain);
}
