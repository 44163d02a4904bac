/** `info locals`, `info args` and the locals of `bt full`: variables by name, one row per value. */
import type { TypedField } from '../../model/struct.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { commandTest, firstByte, goesOn, lineText } from './lines.ts';
import { printedFields } from './print-value.ts';
import { readPlainVariable } from './runs/plain-variable.ts';
import { joinLines, pushVariables, typedFields } from './struct-fact.ts';
import { braceLines } from './value.ts';

const asked = /^(?:info|i|inf)[ \t]+(lo[a-z]*|ar[a-z]*)$/;
const isAsked = commandTest(asked);
const variable = /^[ \t]{0,16}([~A-Za-z_][\w.$]{0,100}) = (\S.*)$/;

/** Adds the rows of the variable that begins on line `at` to `fields`; returns its lines before line `to`, 0 = there is none. */
function readVariable(cursor: LineCursor, sink: RecordSink, at: number, to: number, fields: TypedField[]): number {
  if (sink.closely !== true && readPlainVariable(cursor, sink, at, fields)) return 1;
  const line = lineText(cursor, at).trimEnd();
  const match = variable.exec(line);
  if (match === null) return 0;
  const count = Math.min(braceLines(cursor, at), to - at);
  const value = match[2] ?? '';
  const joined = joinLines(cursor, at, count, line.length - value.length);
  for (const field of typedFields(cursor, sink, joined, printedFields(joined.text, match[1] ?? ''))) fields.push(field);
  return count;
}

/** Rows of the variables on lines [from, to); lines that are none are passed over. */
export function variablesOn(cursor: LineCursor, sink: RecordSink, from: number, to: number): TypedField[] {
  const fields: TypedField[] = [];
  for (let at = from; at < to;) at += Math.max(1, readVariable(cursor, sink, at, to, fields));
  return fields;
}

export const localsReader: TextReader = {
  name: 'debugger variables',
  accepts: ({ first }) => first > 57,
  recognise(cursor, index, sink) {
    if (!isAsked(sink.command) || firstByte(cursor, index) === 0) return false;
    return goesOn(cursor, index, sink) && variable.test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    const fields: TypedField[] = [];
    let next = index;
    for (let lines = 1; lines > 0 && next < cursor.count; next += lines)
      lines = readVariable(cursor, sink, next, cursor.count, fields);
    const what = asked.exec(sink.command)?.[1]?.startsWith('ar') === true ? 'arguments' : 'locals';
    pushVariables(sink, index, what, fields, cursor.lineRange(index, next - 1));
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
