/** Printed structs to facts: rows with their places in the text, and the type and address of what was printed. */
import { toAddress, type Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import { plainTypeName, type TypedField, type TypedStruct } from '../../model/struct.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import { columns, lineText } from './lines.ts';
import { printedFields, type PrintedField } from './print-value.ts';
import { printCommandOf } from './print-command.ts';
import { registerName } from './register-name.ts';
import { sessionOf, teachSymbol, type Session } from './session.ts';

/** Several lines as one text that can be traced back. */
export interface JoinedLines {
  text: string;
  parts: { at: number; index: number; line: string; column: number }[];
}

function oneBlank(before: string): string {
  return before === '' || before.endsWith(' ') ? '' : ' ';
}

/** Lines [index, index + count), the first from column `skip` on; a break and its indentation become `glue(line before)`. */
export function joinLines(
  cursor: LineCursor,
  index: number,
  count: number,
  skip: number,
  glue: (before: string) => string = oneBlank,
): JoinedLines {
  const joined: JoinedLines = { text: '', parts: [] };
  for (let at = index; at < index + count; at++) {
    const line = lineText(cursor, at).trimEnd();
    const column = at === index ? skip : line.length - line.trimStart().length;
    if (at > index) joined.text += glue(joined.text);
    joined.parts.push({ at: joined.text.length, index: at, line, column });
    joined.text += line.slice(column);
  }
  return joined;
}

function place(joined: JoinedLines, at: number): { index: number; line: string; column: number } | undefined {
  let part = joined.parts[0];
  for (const candidate of joined.parts) {
    if (candidate.at > at) break;
    part = candidate;
  }
  if (part === undefined) return undefined;
  return { index: part.index, line: part.line, column: Math.min(part.line.length, part.column + at - part.at) };
}

function rangeOf(cursor: LineCursor, joined: JoinedLines, from: number, to: number): SourceRange {
  const first = place(joined, from);
  const last = place(joined, Math.max(from, to - 1));
  if (first === undefined || last === undefined) return cursor.lineRange(0);
  const start = columns(cursor, first.index, first.line, first.column, first.column + 1);
  const end = columns(cursor, last.index, last.line, last.column, last.column + 1);
  return { document: start.document, start: start.start, end: Math.max(start.end, end.end) };
}

export function typedFields(
  cursor: LineCursor,
  sink: RecordSink,
  joined: JoinedLines,
  printed: readonly PrintedField[],
): TypedField[] {
  const fields: TypedField[] = [];
  for (const { name, value, text, bytes, symbol, repeats, decimal, start, end } of printed) {
    const field: TypedField = { name, source: rangeOf(cursor, joined, start, end) };
    if (value !== undefined) field.value = toAddress(value);
    if (text !== undefined) field.text = text;
    if (bytes !== undefined) field.bytes = bytes;
    if (symbol !== undefined) field.symbol = symbol;
    if (repeats !== undefined) field.repeats = repeats;
    if (decimal === true) field.decimal = true;
    fields.push(field);
    if (value !== undefined && symbol !== undefined) teachSymbol(sink, joined.parts[0]?.index ?? 0, value, symbol, field.source);
  }
  return fields;
}

const casted = /^\((.{1,200}?)[ ]?\*\)[ ]?(\S.*)$/;

/** The expression of `Value returned is $1 = …`. */
const whatFinishReturned = 'value returned';

/** What `print` was asked for; '' without a command. */
export function printedExpression(command: string): string {
  return printCommandOf(command).expression;
}

function valueOfName(session: Session, name: string): { address: Address; type: string } | undefined {
  if (/^0x[0-9a-f]{1,16}$/.test(name)) return { address: toAddress(BigInt(name)), type: '' };
  const register = /^\$([a-z]\w{0,8})$/.exec(name)?.[1];
  const value = register === undefined ? undefined : session.registers.get(registerName(register));
  if (value !== undefined) return { address: toAddress(value), type: '' };
  return session.variables.get(name);
}

/** Type and address of `*out`, `*(T *) 0x…`, `*$rdi`, `*$3`; '' and undefined where the session does not tell. */
function targetOf(session: Session, expression: string): { type: string; address?: Address } {
  if (expression === '') {
    // Output without its command: a struct behind a pointer to it is what the pointer points to.
    const last = session.lastPointer;
    return last === undefined ? { type: '' } : last;
  }
  if (!expression.startsWith('*')) return { type: '' };
  const rest = expression
    .slice(1)
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  const cast = casted.exec(rest);
  const known = valueOfName(session, (cast?.[2] ?? rest).trim());
  const type = cast?.[1] === undefined ? (known?.type ?? '') : plainTypeName(cast[1].replaceAll("'", ''));
  return known === undefined ? { type } : { type, address: known.address };
}

/** Writes the struct printed on lines [index, index + count) from column `skip`; false when it is no struct or array. */
export function pushStruct(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  count: number,
  skip: number,
  returned = false,
): boolean {
  const joined = joinLines(cursor, index, count, skip);
  if (!/^(?:[^{}="']{1,200} = )?\{/.test(joined.text)) return false;
  const fields = typedFields(cursor, sink, joined, printedFields(joined.text));
  pushFields(sink, index, fields, cursor.lineRange(index, index + count - 1), returned);
  return true;
}

/** Writes the struct of which `fields` were printed from line `textLine` on. */
export function pushFields(
  sink: RecordSink,
  textLine: number,
  fields: TypedField[],
  source: SourceRange,
  returned: boolean,
): void {
  const session = sessionOf(sink);
  const expression = returned ? whatFinishReturned : printedExpression(sink.command);
  const { type, address } = targetOf(session, expression);
  session.lastPointer = undefined;
  const first = fields[0];
  if (first !== undefined && first.repeats === undefined) first.offset = 0;
  const struct: TypedStruct = { type, expression, fields, step: sink.step, source };
  if (address !== undefined) struct.address = address;
  sink.facts.push({ kind: 'struct', textLine, struct });
}

/** Writes named values, one per printed variable: locals, arguments. */
export function pushVariables(
  sink: RecordSink,
  textLine: number,
  expression: string,
  fields: TypedField[],
  source: SourceRange,
): void {
  if (fields.length === 0) return;
  sink.facts.push({ kind: 'struct', textLine, struct: { type: '', expression, fields, step: sink.step, source } });
}

/** The number that an expression of `print` has: `p/x 'runtime.m0'.p`; a row of its own without a name. */
export function pushNumber(sink: RecordSink, textLine: number, value: bigint, source: SourceRange, returned = false): void {
  const expression = returned ? whatFinishReturned : printedExpression(sink.command);
  if (expression !== '') pushVariables(sink, textLine, expression, [{ name: '', value: toAddress(value), source }], source);
}

const typedPointer = /^\((.{1,300}) \*\) (0x[0-9a-f]{1,16})/;

/** `p out` printed `(T *) 0x…`: later `p *out` shows that place. `number` of `$number` where it was printed. */
export function learnPointer(sink: RecordSink, text: string, number: string | undefined): void {
  const match = typedPointer.exec(text);
  learnPointerTo(sink, match?.[1], toAddress(BigInt(match?.[2] ?? 0)), number === undefined ? '' : `$${number}`);
}

/** Types as printed by their plain names: a program prints few. */
const plainNames = new Map<string, string>();
const mostNames = 1000;

function plainNameOf(type: string): string {
  let name = plainNames.get(type);
  if (name !== undefined) return name;
  name = plainTypeName(type);
  if (plainNames.size < mostNames) plainNames.set(type, name);
  return name;
}

/** The value printed last points to a `type`; undefined = it is no typed pointer. `result` is its number, `$3`, '' where none was printed. */
export function learnPointerTo(sink: RecordSink, type: string | undefined, address: Address, result: string): void {
  const session = sessionOf(sink);
  session.lastPointer = undefined;
  if (type === undefined) return;
  const known = { type: plainNameOf(type), address };
  const { expression } = printCommandOf(sink.command);
  if (expression !== '') session.variables.set(expression, known);
  if (result !== '') session.variables.set(result, known);
  session.lastPointer = known;
}

/** Arguments of a printed frame, `exp=0xc000070bf0, out=0x7f8e…`: what later commands call by name. */
export function learnArguments(sink: RecordSink, printed: string): void {
  const { variables } = sessionOf(sink);
  for (const [, name, value] of printed.matchAll(
    /(?:^|, )([A-Za-z_]\w{0,60})(?:@entry)?=(?:\([^()]{1,100}\) )?(0x[0-9a-f]{1,16})(?=,|$| <)/g,
  )) {
    if (name !== undefined && value !== undefined)
      variables.set(name, { type: variables.get(name)?.type ?? '', address: toAddress(BigInt(value)) });
  }
}
