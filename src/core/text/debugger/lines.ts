/** Cheap looks at lines: the first byte without decoding, decoded text kept for the readers that ask after each other. */
import type { SourceRange } from '../../model/source.ts';
import type { LineCursor } from '../cursor.ts';

/** Longer lines are no debugger output; they are left to others undecoded. */
export const longestLine = 65_536;
/** Blanks that a paste may have put in front of a form. */
const deepestIndent = 32;

/** First byte of line `index` that is no blank; 0 for blank, deeply indented and overlong lines. */
export function firstByte(cursor: LineCursor, index: number): number {
  if (index < 0 || index >= cursor.count) return 0;
  const start = cursor.start(index);
  const end = cursor.end(index);
  if (end - start > longestLine) return 0;
  const limit = Math.min(end, start + deepestIndent);
  for (let at = start; at < limit; at++) {
    const byte = cursor.bytes[at] ?? 0;
    if (byte !== 32 && byte !== 9) return byte;
  }
  return 0;
}

const kept = new WeakMap<LineCursor, { index: number; text: string }>();

/** Decoded text of line `index`; '' for overlong lines. */
export function lineText(cursor: LineCursor, index: number): string {
  const last = kept.get(cursor);
  if (last?.index === index) return last.text;
  const text = index >= 0 && cursor.end(index) - cursor.start(index) <= longestLine ? cursor.line(index) : '';
  if (last === undefined) kept.set(cursor, { index, text });
  else {
    last.index = index;
    last.text = text;
  }
  return text;
}

/** Range of columns [from, to) of line `index`, whose text is `line`. */
export function columns(cursor: LineCursor, index: number, line: string, from: number, to: number): SourceRange {
  const start = cursor.start(index);
  if (cursor.end(index) - start === line.length) return cursor.range(start + from, start + to);
  return cursor.columnRange(index, from, to);
}

const encoder = new TextEncoder();

/** Offset in the text of column `column` of line `index`. */
export function offsetOf(cursor: LineCursor, index: number, line: string, column: number): number {
  const start = cursor.start(index);
  if (cursor.end(index) - start === line.length) return start + column;
  return start + encoder.encode(line.slice(0, column)).length;
}

/** The set of bytes of ASCII characters. */
export function bytesOf(characters: string): ReadonlySet<number> {
  return new Set(encoder.encode(characters));
}
