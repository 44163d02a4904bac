import { holdsAnchor, holdsStackRecord } from '../bare.ts';
import { decodedLines, looksEncoded } from '../encoded-lines.ts';
import { hidesPrefix } from '../find-prefix.ts';
import { byteOrderMark, forEachLine } from '../lines.ts';
import type { Window } from '../sample.ts';
import { isAnchor, isHead, isHeader } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Lines that stand at column 0 in a dump and must all be shifted alike. */
const share = 0.8;
const fewestLines = 2;
const longestIndentation = 64;
const shifted = /^([ \t]{0,32}(?:\/\/|\|)[ \t]?|[ \t]{1,64}(?=\S))/;

/** A whole block shifted to the right: issue comments, mails, source comments. */
export const indentation: Layer = {
  name: 'indentation',
  onEveryLine: true,
  detect({ bytes, windows }) {
    const found = windows.map(shiftOf).find((shift) => shift !== undefined);
    if (found === undefined) return undefined;
    const blank = found.trimEnd();
    return {
      remove(out) {
        forEachLine(bytes, longestIndentation, (line, start, end) => {
          const past = end < bytes.length ? end + 1 : end;
          if (line.startsWith(found)) out.copy(start + found.length, past);
          else if (line.replace(byteOrderMark, '').startsWith(found)) out.copy(start + found.length + byteOrderMark.length, past);
          else if (blank !== '' && line.trimEnd() === blank) out.copy(end, past);
          else out.copy(start, past);
        });
      },
    };
  },
};

function shiftOf({ lines }: Window): string | undefined {
  if (!looksEncoded(lines)) return shiftOfHeads(lines) ?? commonShift(lines, hidesPrefix);
  return (
    commonShift(
      lines,
      (rest) => rest.some((line) => isHead(line) || (!isAnchor(line) && holdsAnchor(line))) || hidesPrefix(rest),
    ) ?? shiftOfHeads(lines)
  );
}

/** The shift most header lines have; undefined when lines of the same forms stand at column 0. */
function shiftOfHeads(lines: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  let anchors = 0;
  let headers = 0;
  let records = 0;
  for (const line of lines) {
    const front = frontOf(line);
    const rest = line.slice(front.length);
    if (!isHead(rest) && (isAnchor(rest) || !holdsAnchor(rest))) continue;
    anchors++;
    counts.set(front, (counts.get(front) ?? 0) + 1);
    if (front !== '' && (isHeader(rest) || !rest.endsWith(')'))) headers++;
    if (front !== '' && holdsStackRecord(rest)) records++;
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[0] === '' || headers === 0) return undefined;
  // A single line tells enough when a whole record of a log stands in it.
  return (best[1] >= fewestLines || records > 0) && best[1] >= anchors * share ? best[0] : undefined;
}

function frontOf(line: string): string {
  return shifted.exec(line)?.[1] ?? '';
}

/** What every line begins with, where that hides something. */
function commonShift(lines: readonly string[], hides: (rest: readonly string[]) => boolean): string | undefined {
  const filled = lines.filter((line) => line.trim() !== '');
  let front = frontOf(filled[0] ?? '');
  for (const line of filled) while (!line.startsWith(front) && line.trimEnd() !== front.trimEnd()) front = front.slice(0, -1);
  if (front === '') return undefined;
  return hides(decodedLines(lines.map((line) => line.slice(front.length)))) ? front : undefined;
}
