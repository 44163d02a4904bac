/** `print`: `$6 = 0x7f8e250f93f0` behind `p/x $rsp` is a value; structs and the like are read over all their lines. */
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { isPrompt } from './command.ts';
import { columns, lineText } from './lines.ts';
import { printCommandOf } from './print-command.ts';
import { joinLines, learnPointer, pushNumber, pushStruct } from './struct-fact.ts';
import { parseNumber, teachSymbol } from './session.ts';
import { pushRegisterValue } from './value-fact.ts';

const printed = /^[ \t]{0,16}(?:Value returned is )?\$(\d{1,9}) = (.*)$/;
const number = /^(?:\(.{1,80}?\) )?(-?0x[0-9a-f]{1,16}|-?\d{1,20})(?: <(.{1,400})>)?$/;
/** A printed struct is never followed over more lines. */
const mostLines = 400;

function openBraces(line: string): number {
  let open = 0;
  for (const character of line.replace(/"(?:[^"\\]|\\.){0,800}"/g, '')) {
    if (character === '{') open++;
    else if (character === '}') open--;
  }
  return open;
}

/** Lines of the value that begins at `index`: until its braces close or a prompt or blank line comes. */
export function braceLines(cursor: LineCursor, index: number): number {
  let open = openBraces(lineText(cursor, index));
  let next = index + 1;
  while (open > 0 && next < cursor.count && next - index < mostLines) {
    const line = lineText(cursor, next);
    if (isPrompt(line) || cursor.isBlank(next)) break;
    open += openBraces(line);
    next++;
  }
  return next - index;
}

const castPointer = /^[ \t]{0,16}\*?\) 0x[0-9a-f]{1,16}(?: .*)?$/;

export const valueReader: TextReader = {
  name: 'debugger value',
  begins: '$V',
  recognise: (cursor, index) => printed.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    const whole = printed.exec(line);
    const text = whole?.[2] ?? '';
    let count = braceLines(cursor, index);
    // A mail breaks `(T *) 0x…` inside the type.
    if (count === 1 && /^\([^()]*$/.test(text) && castPointer.test(lineText(cursor, index + 1))) count = 2;
    markRecognised(sink, index, count);
    const returned = /^[ \t]{0,16}Value returned /.test(line);
    if (pushStruct(cursor, sink, index, count, line.length - text.length, returned)) return count;
    learnPointer(sink, count === 1 ? text : joinLines(cursor, index, count, line.length - text.length).text, whole?.[1]);
    const isVariable = printCommandOf(sink.command).variable !== '';
    const match = number.exec(text);
    const value = match === null ? undefined : parseNumber(match[1] ?? '');
    // A pointer is learnt above; that it is nil is a fact of its own.
    if ((returned || !isVariable) && value !== undefined && (returned || value === 0n || !text.startsWith('(')))
      pushNumber(sink, index, value, columns(cursor, index, line, line.indexOf('$'), line.length), returned);
    if (returned || !isVariable || value === undefined) return count;
    const source = columns(cursor, index, line, line.indexOf('$'), line.length);
    if (match?.[2] !== undefined) teachSymbol(sink, index, value, match[2], source);
    pushRegisterValue(sink, index, value, source);
    return count;
  },
};
