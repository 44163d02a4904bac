/** `disassemble`: `inventory`runtime.f:` and `->  0x47ed9a <+26>: cmpq   $-0xfff, %rax    ; imm = 0xF001`; offsets are decimal. */
import { parseAddress } from '../../../model/address.ts';
import { InstructionFlag, type InstructionColumns } from '../../../model/instruction-columns.ts';
import { isIndented, trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { firstByte, lineText, longestLine, offsetOf } from '../lines.ts';
import { lldbInstructionRow, scanLldbInstruction } from '../runs/lldb-instruction-row.ts';
import { instructionsOf, pushListing } from '../runs/listing-run.ts';
import { symbolIn } from './symbol.ts';

const heading = /^[ \t]{0,16}[^\s`]{1,400}`\S.{0,400}:$/;
/** Behind the address: its printed bytes, or the word of an instruction, as `disassemble -b` shows them. */
const row =
  /^[ \t]{0,16}(->)?[ \t]{0,16}(0x[0-9a-f]{1,16})(?: <\+(\d{1,12})>)?: +(?:((?:[0-9a-f]{2} ){1,16}) +|0x([0-9a-f]{8}) +)?([a-z(.]\S.*)$/;
const comment = /[ \t]+;.*$/;
const colon = 58;
const zero = 48;
const minus = 45;

/** Writes the row in `lldbInstructionRow`. */
function addPlain(cursor: LineCursor, columns: InstructionColumns, name: number): void {
  const { base } = cursor;
  const { current, high, low, offset, start, end, textStart, textEnd, bytesStart, bytesEnd } = lldbInstructionRow;
  const flags = (current ? InstructionFlag.current : 0) | (offset < 0 ? 0 : InstructionFlag.hasOffset);
  const [codeStart, codeEnd] = bytesEnd > bytesStart ? [bytesStart + base, bytesEnd + base] : [0, 0];
  const at = Math.max(0, offset);
  const added = columns.add(high, low, name, at, flags, start + base, end + base, textStart + base, codeStart, codeEnd);
  columns.data.textEnd[added] = textEnd + base;
}

/** Writes the instruction on line `index`; false where it is none. `name`: index of the function, 0 = not known. */
function addRow(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, index: number, name: number): boolean {
  if (sink.closely !== true && scanLldbInstruction(cursor, index)) {
    addPlain(cursor, columns, name);
    return true;
  }
  const byte = firstByte(cursor, index);
  if (byte !== zero && byte !== minus) return false;
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[2] ?? '');
  if (match === null || address === undefined) return false;
  const [, arrow, printed = '', offset, pairs, word, text = ''] = match;
  const at = (column: number) => offsetOf(cursor, index, line, column) + cursor.base;
  const flags = (arrow === undefined ? 0 : InstructionFlag.current) | (offset === undefined ? 0 : InstructionFlag.hasOffset);
  const start = at(line.indexOf(printed));
  const textColumn = line.length - text.length;
  const code = (pairs ?? word ?? '').trimEnd();
  const codeColumn = line.indexOf(code, line.indexOf(': ') + 2);
  const [codeStart, codeEnd] = code === '' ? [0, 0] : [at(codeColumn), at(codeColumn + code.length)];
  const textStart = at(textColumn);
  const textEnd = at(textColumn + text.replace(comment, '').trimEnd().length);
  const [high, low] = [Number(address >> 32n), Number(address & 0xffffffffn)];
  const added = columns.add(high, low, name, Number(offset ?? 0), flags, start, at(line.length), textStart, codeStart, codeEnd);
  columns.data.textEnd[added] = textEnd;
  return true;
}

/** Does line `index` end with a colon, as a heading does? Looks at bytes only. */
function endsWithColon(cursor: LineCursor, index: number): boolean {
  const [start, end] = [cursor.start(index), cursor.end(index)];
  return end - start <= longestLine && cursor.bytes[trimEnd(cursor.bytes, start, end) - 1] === colon;
}

function headingOf(cursor: LineCursor, index: number): string | undefined {
  if (!endsWithColon(cursor, index)) return undefined;
  const line = lineText(cursor, index).trimEnd();
  return heading.test(line) ? line.slice(0, -1) : undefined;
}

export const lldbListingReader: TextReader = {
  name: 'LLDB disassembly',
  accepts: ({ first, isIndented: indented, last }) => indented || last === 58 || last === 32 || last === 13 || first === 45,
  recognise(cursor, index, sink) {
    if (headingOf(cursor, index) !== undefined)
      return (sink.closely !== true && scanLldbInstruction(cursor, index + 1)) || row.test(lineText(cursor, index + 1).trimEnd());
    const byte = firstByte(cursor, index);
    if (byte !== minus && (byte !== zero || !isIndented(cursor, index))) return false;
    // A row without its heading is told from gdb's by the arrow or the offset alone.
    const line = lineText(cursor, index).trimEnd();
    return (byte === minus || /<\+\d{1,12}>: {1}\S/.test(line)) && row.test(line);
  },
  parse(cursor, index, sink) {
    const printed = headingOf(cursor, index);
    const owner = printed === undefined ? '' : symbolIn(printed).name;
    const name = sink.columns.strings.intern(owner);
    const columns = instructionsOf(cursor, sink);
    const from = columns.length;
    let next = printed === undefined ? index : index + 1;
    while (next < cursor.count && addRow(cursor, sink, columns, next, name)) next++;
    if (columns.length === from) return 0;
    const run = { columns, from, to: columns.length };
    pushListing(cursor, sink, run, owner === '' ? undefined : owner, index, next - 1);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
