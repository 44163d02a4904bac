/** `info locals`, `info args` and the locals of `bt full`: variables by name, one row per value. */
import { LineClass } from '../../model/line-class.ts';
import type { TypedField } from '../../model/struct.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { commandTest, firstByte, lineText } from './lines.ts';
import { printedFields } from './print-value.ts';
import { joinLines, pushVariables, typedFields } from './struct-fact.ts';
import { braceLines } from './value.ts';

const asked = /^(?:info|i|inf)[ \t]+(lo[a-z]*|ar[a-z]*)$/;
const isAsked = commandTest(asked);
const variable = /^[ \t]{0,16}([~A-Za-z_][\w.$]{0,100}) = (\S.*)$/;

/** Rows of the variables on lines [from, to); lines that are none are passed over. */
export function variablesOn(cursor: LineCursor, sink: RecordSink, from: number, to: number): TypedField[] {
  const fields: TypedField[] = [];
  for (let at = from; at < to;) {
    const line = lineText(cursor, at).trimEnd();
    const match = variable.exec(line);
    if (match === null) {
      at++;
      continue;
    }
    const count = Math.min(braceLines(cursor, at), to - at);
    const value = match[2] ?? '';
    const joined = joinLines(cursor, at, count, line.length - value.length);
    fields.push(...typedFields(cursor, sink, joined, printedFields(joined.text, match[1] ?? '')));
    at += count;
  }
  return fields;
}

export const localsReader: TextReader = {
  name: 'debugger variables',
  accepts: ({ first }) => first > 57,
  recognise(cursor, index, sink) {
    if (!isAsked(sink.command) || firstByte(cursor, index) === 0) return false;
    return sink.lineClass[index - 1] === LineClass.recognised && variable.test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    let next = index;
    while (next < cursor.count && variable.test(lineText(cursor, next))) next += braceLines(cursor, next);
    const what = asked.exec(sink.command)?.[1]?.startsWith('ar') === true ? 'arguments' : 'locals';
    pushVariables(sink, index, what, variablesOn(cursor, sink, index, next), cursor.lineRange(index, next - 1));
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
