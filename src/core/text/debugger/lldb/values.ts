/** `p`, `expr` and `frame variable`: `(SchemaOut) $0 = {` with one member a line, `(int[2]) a = ([0] = 9, [1] = 8)`, `(long) h = 17`. */
import { plainTypeName, type TypedField, type TypedStruct } from '../../../model/struct.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { goesOn, lineText } from '../lines.ts';
import { printedFields } from '../print-value.ts';
import { provenArchitecture, registerName } from '../register-name.ts';
import { sessionOf, teachArchitecture } from '../session.ts';
import { joinLines, printedExpression, pushVariables, typedFields } from '../struct-fact.ts';
import { braceLines } from '../value.ts';
import { isLldbOutput } from './command.ts';
import { braced } from './braced.ts';
import { lldbStringBytes } from './escapes.ts';

const form = /^[ \t]{0,16}\(([^()]{1,200}(?:\([^()]{0,100}\)[^()]{0,100}){0,2})\) ((?:\$\w{1,20}|[A-Za-z_]\w{0,100})) = (\S.*)$/;

interface Printed {
  type: string;
  /** `$0` for the result of an expression, else the variable's name. */
  name: string;
  fields: TypedField[];
  isStruct: boolean;
  lines: number;
}

/** Members stand on lines of their own, without commas. */
function comma(before: string): string {
  return /[{,] *$/.test(before) ? '' : ', ';
}

function readPrinted(cursor: LineCursor, sink: RecordSink, index: number): Printed | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = form.exec(line);
  if (match === null) return undefined;
  const [, type = '', name = '', value = ''] = match;
  const lines = value.startsWith('{') ? braceLines(cursor, index) : 1;
  const joined = joinLines(cursor, index, lines, line.length - value.length, comma);
  joined.text = braced(joined.text).replace(/, \}/g, '  }');
  const fields = typedFields(cursor, sink, joined, printedFields(joined.text, name.startsWith('$') ? '' : name, lldbStringBytes));
  return { type, name, fields, isStruct: joined.text.startsWith('{'), lines };
}

function push(cursor: LineCursor, sink: RecordSink, index: number, printed: Printed): void {
  const source = cursor.lineRange(index, index + printed.lines - 1);
  const expression = printed.name.startsWith('$') ? printedExpression(sink.command) : printed.name;
  const [first] = printed.fields;
  if (printed.isStruct) {
    const struct: TypedStruct = {
      type: plainTypeName(printed.type),
      expression,
      fields: printed.fields,
      step: sink.step,
      source,
    };
    const known = expression.startsWith('*') ? sessionOf(sink).variables.get(expression.slice(1)) : undefined;
    if (known !== undefined) struct.address = known.address;
    if (first !== undefined && !first.name.includes('[')) first.offset = 0;
    sink.facts.push({ kind: 'struct', textLine: index, struct });
    return;
  }
  const register = /^\$([a-z]\w{0,8})$/.exec(expression)?.[1];
  if (register !== undefined && first?.value !== undefined) {
    const arch = provenArchitecture(register);
    if (arch !== undefined) teachArchitecture(sink, index, arch, `register ${register}`, source);
    const { frame } = sessionOf(sink);
    const name = registerName(register);
    sessionOf(sink).registers.set(name, first.value);
    sink.facts.push({
      kind: 'value',
      textLine: index,
      name,
      value: first.value,
      ...(frame > 0 ? { frame } : {}),
      step: sink.step,
      source,
    });
    return;
  }
  if (printed.type.endsWith('*') && first?.value !== undefined)
    sessionOf(sink).variables.set(expression, { type: plainTypeName(printed.type), address: first.value });
  pushVariables(sink, index, expression, printed.fields, source);
}

export const lldbValueReader: TextReader = {
  name: 'LLDB value',
  begins: '(',
  recognise(cursor, index, sink) {
    const match = form.exec(lineText(cursor, index).trimEnd());
    if (match === null) return false;
    // Without a prompt only a numbered result is told from source.
    return /^\$\d/.test(match[2] ?? '') || (isLldbOutput(sink) && goesOn(cursor, index, sink));
  },
  parse(cursor, index, sink) {
    const locals: TypedField[] = [];
    let next = index;
    for (;;) {
      const printed = next < cursor.count ? readPrinted(cursor, sink, next) : undefined;
      if (printed === undefined || (next > index && printed.name.startsWith('$'))) break;
      if (printed.name.startsWith('$') || printed.isStruct) push(cursor, sink, next, printed);
      else locals.push(...printed.fields);
      next += printed.lines;
    }
    pushVariables(sink, index, 'locals', locals, cursor.lineRange(index, Math.max(index, next - 1)));
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
