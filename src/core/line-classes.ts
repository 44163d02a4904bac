/** From classes of unwrapped lines to classes of the lines that a person sees: those of the document itself. */
import { LineClass } from './model/line-class.ts';
import type { SourceDocument } from './model/document.ts';
import { originRange } from './model/origin.ts';

/** Which class wins when several unwrapped lines were made from one line. */
const precedence: Record<LineClass, number> = {
  [LineClass.blank]: 0,
  [LineClass.prose]: 1,
  [LineClass.recognised]: 2,
  [LineClass.unrecognised]: 3,
};

function toClass(value: number | undefined): LineClass {
  return value === LineClass.prose || value === LineClass.recognised || value === LineClass.unrecognised
    ? value
    : LineClass.blank;
}

/** Index of the line that holds byte `at`; `lineStarts` has one entry past the end. */
export function lineOfByte(lineStarts: Uint32Array, at: number): number {
  let low = 0;
  let high = Math.max(0, lineStarts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * LineClass per original line. `classes` has one entry per unwrapped line. A line of which nothing is left without the
 * layers counts as blank.
 */
export function originalLineClasses(document: SourceDocument, classes: Uint8Array): Uint8Array {
  const lines = Math.max(0, document.lineStarts.length - 1);
  const result = new Uint8Array(lines).fill(LineClass.blank);
  const { lineStarts, origin } = document.text;
  for (let line = 0; line + 1 < lineStarts.length; line++) {
    const start = lineStarts[line] ?? 0;
    const range = originRange(origin, document.id, start, Math.max(start + 1, lineStarts[line + 1] ?? 0));
    const value = toClass(classes[line]);
    const first = lineOfByte(document.lineStarts, range.start);
    const last = lineOfByte(document.lineStarts, Math.max(range.start, range.end - 1));
    for (let at = first; at <= last && at < lines; at++) {
      if (precedence[value] > precedence[toClass(result[at])]) result[at] = value;
    }
  }
  return result;
}
