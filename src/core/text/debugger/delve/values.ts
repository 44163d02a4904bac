/** `print`, `display`, `locals`, `args` and `vars` of Delve: structs, variables and single values, one row per value. */
import { plainTypeName, type TypedField, type TypedStruct } from '../../../model/struct.ts';
import { toAddress, type Address } from '../../../model/address.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { goesOn, lineText } from '../lines.ts';
import { sessionOf } from '../session.ts';
import { pushVariables } from '../struct-fact.ts';
import { isDelvePrompt } from './command.ts';
import { delveFields } from './print-value.ts';
import { delveOf, isDelveOutput } from './session.ts';
import { placedFields, valueLines, valueText } from './value-text.ts';

const printing = /^(?:print|p|eval)[ \t]+(?:(%\w{1,3})[ \t]+)?(\S.{0,400})$/;
const listing = /^(?:frame[ \t]+\d{1,7}[ \t]+|goroutine[ \t]+\d{1,19}[ \t]+)?(locals|args|vars|display)(?:[ \t]|$)/;
const variable = /^[ \t]{0,24}(?:\d{1,6}: )?([~A-Za-z_][\w./$·~*()-]{0,300}) = (\S.*)$/;
/** `*main.store {` above an indented member: a printed struct whose command was left out. */
const opening = /^[ \t]{0,16}(\*?(?:[A-Za-z_][\w/-]{0,60}\.)?[A-Za-z_][\w.]{0,100}(?:\[[^\]]{0,200}\])?) \{$/;
const member = /^[ \t]{1,24}[A-Za-z_$][\w$]{0,100}: \S.*(?:,|\{|\[|\})$/;
/** Begins with a parenthesis. */
const pointer = /^\("?\*"?(.{1,300}?)"?\)\((0x[0-9a-f]{1,16})\)$/;
const firstMember = /^[^{]{1,300} \{[ \t]*([A-Za-z_$][\w$]{0,200}): /;

interface Variables {
  fields: TypedField[];
  next: number;
}

/** Variables from line `index` on, as far as the lines are such. */
export function delveVariables(cursor: LineCursor, sink: RecordSink, index: number, end: number): Variables {
  const fields: TypedField[] = [];
  let next = index;
  while (next < end) {
    const line = lineText(cursor, next).trimEnd();
    const match = variable.exec(line);
    if (match === null) break;
    const count = Math.min(valueLines(cursor, next), end - next);
    const value = match[2] ?? '';
    const joined = valueText(cursor, next, count, line.length - value.length);
    for (const field of placedFields(cursor, sink, joined, delveFields(joined.text, match[1] ?? ''))) fields.push(field);
    const known = value.startsWith('(') ? pointer.exec(value) : null;
    if (known !== null && match[1] !== undefined)
      sessionOf(sink).variables.set(match[1], { type: typeOf(known[1] ?? ''), address: toAddress(BigInt(known[2] ?? '0')) });
    next += count;
  }
  return { fields, next };
}

function typeOf(printed: string): string {
  return plainTypeName(printed.replace(/^"?\*?/, '').replace(/"$/, ''));
}

interface Asked {
  expression: string;
  hexadecimal: boolean;
}

/** What was asked to be printed, when line `index` is the first of the answer. */
function askedAt(sink: RecordSink, index: number): Asked | undefined {
  if (!isDelveOutput(sink) || delveOf(sink).commandLine !== index - 1) return undefined;
  const match = printing.exec(sink.command);
  return match === null ? undefined : { expression: (match[2] ?? '').trim(), hexadecimal: /^%#?[xX]$/.test(match[1] ?? '') };
}

/** Type and address of `*x`, where `x` was printed before. */
function addressOf(sink: RecordSink, expression: string): { type: string; address: Address } | undefined {
  if (!expression.startsWith('*')) return undefined;
  return sessionOf(sink).variables.get(expression.slice(1).replace(/^\((.*)\)$/, '$1'));
}

/** Reads the value of a `print` that begins at line `index`; the number of its lines. */
function readPrinted(cursor: LineCursor, sink: RecordSink, index: number, asked: Asked): number {
  const line = lineText(cursor, index).trim();
  const head = line.startsWith('(') ? pointer.exec(line) : null;
  const address = head === null ? undefined : toAddress(BigInt(head[2] ?? '0'));
  if (address !== undefined) sessionOf(sink).variables.set(asked.expression, { type: typeOf(head?.[1] ?? ''), address });
  // A pointer to a struct is printed first, the struct below it.
  const body = address !== undefined && opening.test(lineText(cursor, index + 1).trimEnd()) ? index + 1 : index;
  const count = valueLines(cursor, body);
  const joined = valueText(cursor, body, count, 0);
  const fields = placedFields(cursor, sink, joined, delveFields(joined.text, '', asked.hexadecimal));
  const source = cursor.lineRange(index, body + count - 1);
  const printed = joined.text.includes('{')
    ? (opening.exec(lineText(cursor, body).trimEnd())?.[1] ?? /^([\w./*]{1,300}) \{/.exec(joined.text)?.[1])
    : undefined;
  if (printed === undefined) pushVariables(sink, index, asked.expression, fields, source);
  else {
    const struct: TypedStruct = { type: typeOf(printed), expression: asked.expression, fields, step: sink.step, source };
    const place = address ?? addressOf(sink, asked.expression)?.address;
    if (place !== undefined) struct.address = place;
    // An empty first member has no row.
    const [first] = fields;
    if (first !== undefined && first.name === firstMember.exec(joined.text)?.[1]) first.offset = 0;
    sink.facts.push({ kind: 'struct', textLine: index, struct });
  }
  return body + count - index;
}

export const delveValueReader: TextReader = {
  name: 'Delve value',
  accepts: ({ speaker, last }) => speaker === 'delve' || last === 123 || last === 13,
  recognise(cursor, index, sink) {
    if (isDelveOutput(sink)) {
      const line = lineText(cursor, index);
      if (line.startsWith('Command failed') || isDelvePrompt(line)) return false;
      if (askedAt(sink, index) !== undefined) return true;
      if (goesOn(cursor, index, sink) && listing.test(sink.command)) return variable.test(line);
    }
    const last = cursor.bytes[cursor.end(index) - 1];
    if (last !== 123 && last !== 13) return false;
    return opening.test(lineText(cursor, index).trimEnd()) && member.test(lineText(cursor, index + 1).trimEnd());
  },
  parse(cursor, index, sink) {
    const asked = askedAt(sink, index);
    let next = index;
    if (asked !== undefined) next += readPrinted(cursor, sink, index, asked);
    else if (isDelveOutput(sink) && variable.test(lineText(cursor, index))) {
      const read = delveVariables(cursor, sink, index, cursor.count);
      const what = listing.exec(sink.command)?.[1];
      const expression = what === 'args' ? 'arguments' : what === 'display' ? 'displayed' : (what ?? 'locals');
      next = read.next;
      pushVariables(sink, index, expression, read.fields, cursor.lineRange(index, next - 1));
    } else next += readPrinted(cursor, sink, index, { expression: '', hexadecimal: false });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
