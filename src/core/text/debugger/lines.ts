/** Cheap looks at lines: the first byte without decoding, decoded text kept for the readers that ask after each other. */
import { LineClass } from '../../model/line-class.ts';
import type { SourceRange } from '../../model/source.ts';
import { hexValue } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';

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

/**
 * Does line `index` stand directly behind one that was recognised? Readers of runs have classed a blank line by then, others not: it
 * ends an output either way.
 */
export function goesOn(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  return index > 0 && sink.lineClass[index - 1] === LineClass.recognised && !cursor.isBlank(index - 1);
}

/** Is the first word of line `index` letters, digits and underscores, and followed by a blank? Looks at bytes only. */
export function startsWithPlainWord(cursor: LineCursor, index: number, longest: number): boolean {
  const end = cursor.end(index);
  let at = cursor.start(index);
  while (at < end && isBlankByte(cursor.bytes[at])) at++;
  const from = at;
  while (at < end && at - from <= longest && isWordByte(cursor.bytes[at] ?? 0)) at++;
  return at > from && at - from <= longest && isBlankByte(cursor.bytes[at]);
}

function isBlankByte(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

function isWordByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === 95;
}

/** Does line `index`, after its blanks, begin with the ASCII text `text`? Looks at bytes only. */
export function beginsWith(cursor: LineCursor, index: number, text: string): boolean {
  const end = cursor.end(index);
  let at = cursor.start(index);
  while (at < end && isBlankByte(cursor.bytes[at])) at++;
  for (let i = 0; i < text.length; i++) if (cursor.bytes[at + i] !== text.charCodeAt(i)) return false;
  return at + text.length <= end;
}

/** Decoded text of line `index`; '' for overlong lines. */
export function lineText(cursor: LineCursor, index: number): string {
  return index >= 0 && cursor.end(index) - cursor.start(index) <= longestLine ? cursor.line(index) : '';
}

const encoder = new TextEncoder();

/** Byte offsets in their line found last, so that the pieces of a long line are measured once. */
const measured = new WeakMap<LineCursor, { index: number; column: number; offset: number }>();

/** Offset in the text of column `column` of line `index`, whose text is `line`. */
export function offsetOf(cursor: LineCursor, index: number, line: string, column: number): number {
  const start = cursor.start(index);
  if (cursor.end(index) - start === line.length) return start + column;
  const last = measured.get(cursor);
  const near = last?.index === index && last.column <= column ? last : { index, column: 0, offset: 0 };
  const offset = near.offset + encoder.encode(line.slice(near.column, column)).length;
  measured.set(cursor, { index, column, offset });
  return start + offset;
}

/** Range of columns [from, to) of line `index`, whose text is `line`. */
export function columns(cursor: LineCursor, index: number, line: string, from: number, to: number): SourceRange {
  const start = offsetOf(cursor, index, line, from);
  return cursor.range(start, offsetOf(cursor, index, line, to));
}

/** The set of bytes of ASCII characters. */
export function bytesOf(characters: string): ReadonlySet<number> {
  return new Set(encoder.encode(characters));
}

/** Offset behind the `0x…` number with which line `index` begins behind its blanks, in `cursor.bytes`; -1 = no number. */
export function afterNumber(cursor: LineCursor, index: number): number {
  const { bytes } = cursor;
  const end = cursor.end(index);
  let at = cursor.start(index);
  while (at < end && isBlankByte(bytes[at])) at++;
  if (bytes[at] !== 48 || bytes[at + 1] !== 120) return -1;
  const from = at + 2;
  at = from;
  while (at < end && hexValue(bytes[at]) >= 0) at++;
  return at > from && at <= end ? at : -1;
}

/** Offset of the next `byte` in [from, end) of `cursor.bytes`, or `end`. */
export function seek(cursor: LineCursor, byte: number, from: number, end: number): number {
  const { bytes } = cursor;
  let at = from;
  while (at < end && bytes[at] !== byte) at++;
  return at;
}

/** Does line `index` hold the ASCII text `text`, of which the first character is rare? Looks at bytes only. */
export function holds(cursor: LineCursor, index: number, text: string): boolean {
  const { bytes } = cursor;
  const last = cursor.end(index) - text.length;
  const first = text.charCodeAt(0);
  for (let at = cursor.start(index); at <= last; at++) {
    if (bytes[at] !== first) continue;
    let same = 1;
    while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same++;
    if (same === text.length) return true;
  }
  return false;
}

/** A test of commands that remembers its last answer: every line that a command prints asks again. */
export function commandTest(form: RegExp): (command: string) => boolean {
  let last = '';
  let answer = form.test(last);
  return (command) => {
    if (command !== last) {
      last = command;
      answer = form.test(command);
    }
    return answer;
  };
}
