/** A printed value as one text that can be traced back to its lines, and how far its lines go. */
import type { TypedField } from '../../../model/struct.ts';
import { toAddress } from '../../../model/address.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { lineText } from '../lines.ts';
import type { PrintedField } from '../print-value.ts';
import { joinLines, typedFields } from '../struct-fact.ts';
import { isDelvePrompt } from './command.ts';

/** A printed value is never followed over more lines; Delve itself prints 64 elements of an array. */
const mostLines = 400;
/** Characters of a string, escaped ones counted once. */
const longestString = 4000;
const space = 32;
const quote = 34;
const open = 40;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Position of the quote that closes the one at `at`; -1 when there is none near enough. */
function closingQuote(line: string, at: number): number {
  let next = at + 1;
  for (let passed = 0; next < line.length && passed <= longestString; passed++) {
    const code = line.charCodeAt(next);
    if (code === quote) return next;
    next += code === backslash ? 2 : 1;
  }
  return -1;
}

/** Brackets that `line` opens and does not close; those in strings do not count. */
function openBrackets(line: string): number {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === openBrace || code === openBracket) depth++;
    else if (code === closeBrace || code === closeBracket) depth--;
    else if (code === quote) {
      const closing = closingQuote(line, at);
      if (closing > 0) at = closing;
    }
  }
  return depth;
}

/** Is line `index` a prompt? One has its parenthesis behind its blanks. */
function isPrompt(cursor: LineCursor, index: number): boolean {
  let at = cursor.start(index);
  while (cursor.bytes[at] === space || cursor.bytes[at] === 9) at++;
  return cursor.bytes[at] === open && isDelvePrompt(lineText(cursor, index));
}

/** Lines of the value that begins at `index`: until its brackets close, or a prompt or blank line comes. */
export function valueLines(cursor: LineCursor, index: number): number {
  let depth = openBrackets(lineText(cursor, index));
  let next = index + 1;
  for (; depth > 0 && next < cursor.count && next - index < mostLines; next++) {
    if (isPrompt(cursor, next) || cursor.isBlank(next)) break;
    depth += openBrackets(lineText(cursor, next));
  }
  return next - index;
}

export interface ValueText {
  text: string;
  /** Of each line: where it begins in `text`, its offset in the window, and where its trimmed text ends there. */
  at: number[];
  start: number[];
  end: number[];
  index: number;
  skip: number;
  /** No line has other than ASCII characters: columns are bytes. */
  isAscii: boolean;
}

/** Lines [index, index + count), the first from column `skip` on; a break and its indentation become one blank. */
export function valueText(cursor: LineCursor, index: number, count: number, skip: number): ValueText {
  const value: ValueText = { text: '', at: [], start: [], end: [], index, skip, isAscii: true };
  let text = '';
  for (let next = index; next < index + count; next++) {
    const line = lineText(cursor, next);
    const first = cursor.start(next);
    if (cursor.end(next) - first !== line.length) value.isAscii = false;
    const trimmed = line.trimEnd();
    const column = next === index ? skip : trimmed.length - trimmed.trimStart().length;
    if (next > index && text !== '' && text.charCodeAt(text.length - 1) !== space) text += ' ';
    value.at.push(text.length);
    value.start.push(first + column);
    value.end.push(first + trimmed.length);
    text += trimmed.slice(column);
  }
  value.text = text;
  return value;
}

/** `fields` of `value` with their places in the document. */
export function placedFields(
  cursor: LineCursor,
  sink: RecordSink,
  value: ValueText,
  printed: readonly PrintedField[],
): TypedField[] {
  const { index, skip, at, start, end, isAscii } = value;
  if (!isAscii) return typedFields(cursor, sink, joinLines(cursor, index, at.length, skip), printed);
  const fields: TypedField[] = [];
  let part = 0;
  for (const one of printed) {
    // Fields stand in the order of the text.
    while ((at[part + 1] ?? Infinity) <= one.start) part++;
    const from = Math.min(end[part] ?? 0, (start[part] ?? 0) + one.start - (at[part] ?? 0));
    const last = Math.max(one.start, one.end - 1);
    let lastPart = part;
    while ((at[lastPart + 1] ?? Infinity) <= last) lastPart++;
    const to = Math.min(end[lastPart] ?? 0, (start[lastPart] ?? 0) + last - (at[lastPart] ?? 0));
    const source = cursor.range(from, from + 1);
    source.end = Math.max(source.start, cursor.range(to, to + 1).end);
    const field: TypedField = { name: one.name, source };
    if (one.value !== undefined) field.value = toAddress(one.value);
    if (one.text !== undefined) field.text = one.text;
    if (one.bytes !== undefined) field.bytes = one.bytes;
    if (one.decimal === true) field.decimal = true;
    fields.push(field);
  }
  return fields;
}
