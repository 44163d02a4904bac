/** `disassemble`: `inventory`runtime.f:` and `->  0x47ed9a <+26>: cmpq   $-0xfff, %rax    ; imm = 0xF001`; offsets are decimal. */
import { parseAddress } from '../../../model/address.ts';
import type { CodeListing } from '../../../model/code.ts';
import type { Instruction } from '../../../model/instruction.ts';
import type { LineCursor } from '../../cursor.ts';
import { isIndented } from '../../bytes.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { syntaxOf } from '../instruction-line.ts';
import { columns, lineText } from '../lines.ts';
import { sessionOf, teachSymbol } from '../session.ts';
import { symbolIn } from './symbol.ts';

const heading = /^[ \t]{0,16}[^\s`]{1,400}`\S.{0,400}:$/;
const row = /^[ \t]{0,16}(->)?[ \t]{0,16}(0x[0-9a-f]{1,16})(?: <\+(\d{1,12})>)?: +([a-z(.]\S.*)$/;

function readRow(cursor: LineCursor, index: number, name: string | undefined): Instruction | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[2] ?? '');
  if (match === null || address === undefined) return undefined;
  const instruction: Instruction = {
    address,
    text: (match[4] ?? '')
      .replace(/[ \t]+;.*$/, '')
      .replace(/[ \t]+/g, ' ')
      .trimEnd(),
    current: match[1] !== undefined,
    source: columns(cursor, index, line, line.indexOf(match[2] ?? ''), line.length),
  };
  if (name !== undefined) instruction.function = name;
  if (match[3] !== undefined) instruction.offset = Number(match[3]);
  return instruction;
}

export const lldbListingReader: TextReader = {
  name: 'LLDB disassembly',
  accepts: ({ first, isIndented: indented, last }) => indented || last === 58 || last === 32 || last === 13 || first === 45,
  recognise(cursor, index) {
    if (!isIndented(cursor, index)) {
      const byte = cursor.bytes[cursor.end(index) - 1];
      const arrow = cursor.bytes[cursor.start(index)] === 45;
      if (byte !== 58 && byte !== 32 && byte !== 13 && !arrow) return false;
    }
    const line = lineText(cursor, index).trimEnd();
    if (line.endsWith(':') && heading.test(line)) return row.test(lineText(cursor, index + 1).trimEnd());
    // A row without its heading is told from gdb's by the arrow or the offset alone.
    return /^[ \t]{0,16}->|<\+\d{1,12}>: {1}\S/.test(line) && row.test(line);
  },
  parse(cursor, index, sink) {
    const headed = heading.test(lineText(cursor, index).trimEnd());
    const name = headed ? symbolIn(lineText(cursor, index).trimEnd().slice(0, -1)).name : undefined;
    const instructions: Instruction[] = [];
    let next = headed ? index + 1 : index;
    for (; next < cursor.count; next++) {
      const instruction = readRow(cursor, next, name === '' ? undefined : name);
      if (instruction === undefined) break;
      instructions.push(instruction);
    }
    const [first] = instructions;
    if (first === undefined) return 0;
    const listing: CodeListing = {
      ...(first.function === undefined ? {} : { function: first.function }),
      syntax: syntaxOf(
        instructions.map((instruction) => instruction.text),
        sessionOf(sink).arch,
      ),
      origin: 'disassembly',
      instructions,
      source: cursor.lineRange(index, next - 1),
    };
    if (first.address !== undefined && first.function !== undefined && first.offset !== undefined)
      teachSymbol(sink, index, first.address, `${first.function}+${first.offset.toString()}`, first.source);
    sink.facts.push({ kind: 'listing', textLine: index, listing });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
