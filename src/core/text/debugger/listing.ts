/** Listings of what ran: `disassemble` between its two lines, and the rows of `x/i`. */
import type { InstructionColumns } from '../../model/instruction-columns.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { isPrompt } from './command.ts';
import { readInstruction } from './instruction-line.ts';
import { bytesOf, firstByte, lineText, offsetOf } from './lines.ts';
import { scanInstructionRow } from './runs/instruction-row.ts';
import { addInstruction, addPlainInstruction, instructionsOf, ownerOfRun, pushListing } from './runs/listing-run.ts';

const dumpOf = /^[ \t]{0,16}Dump of assembler code (?:for function (.{1,400}):|from 0x[0-9a-f]{1,16} to 0x[0-9a-f]{1,16}:)$/;
const dumpEnd = /^[ \t]{0,16}End of assembler dump\.$/;
const rangeLine = /^[ \t]{0,16}Address range 0x[0-9a-f]{1,16} to 0x[0-9a-f]{1,16}:$/;
const wordX = bytesOf('0=');
/** Source lines and blanks that `/s` puts between two instructions. */
const mostSourceLines = 200;

/** Writes the instruction on line `index`; false when it is none. */
function readRow(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, index: number, inside: number): boolean {
  if (sink.closely !== true && scanInstructionRow(cursor, index)) {
    addPlainInstruction(cursor, sink, columns, inside);
    return true;
  }
  // Source of `/s` and `/m` begins otherwise.
  if (!wordX.has(firstByte(cursor, index))) return false;
  const line = lineText(cursor, index);
  const read = readInstruction(line);
  if (read === undefined) return false;
  addInstruction(cursor, sink, columns, index, line, read, inside);
  return true;
}

/** `'main.mix'`, `main.mix.abi0`, `main.f(int)` → the name. */
function functionOf(printed: string): string {
  return withoutAbi(printed.replace(/^['"](.*)['"]$/, '$1'));
}

/** Shorter lines are not wrapped. */
const shortestWrapped = 50;

/** Is `line` the end of the long instruction before it? Source lines of `/s` begin with a number, file names end in a colon. */
function isWrapped(cursor: LineCursor, before: number, line: string): boolean {
  if (lineText(cursor, before).length < shortestWrapped || /^[ \t]*(?:\d+\b.*|.*:)?$/.test(line)) return false;
  return readInstruction(lineText(cursor, before)) !== undefined;
}

export const disassemblyReader: TextReader = {
  name: 'debugger disassembly',
  begins: 'D',
  recognise: (cursor, index) => dumpOf.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const match = dumpOf.exec(lineText(cursor, index).trimEnd());
    if (match === null) return 0;
    const name = match[1] === undefined ? undefined : functionOf(match[1]);
    const columns = instructionsOf(cursor, sink);
    const from = columns.length;
    const inside = name === undefined ? 0 : sink.columns.strings.intern(name);
    let last = index;
    let gap = 0;
    for (let at = index + 1; at < cursor.count && gap <= mostSourceLines; at++) {
      if (readRow(cursor, sink, columns, at, inside)) {
        last = at;
        gap = 0;
        continue;
      }
      const line = lineText(cursor, at);
      if (dumpEnd.test(line.trimEnd())) {
        last = at;
        break;
      } else if (isPrompt(line) || dumpOf.test(line.trimEnd())) break;
      else if (rangeLine.test(line)) last = at;
      else if (gap === 0 && isWrapped(cursor, last, line)) {
        if (columns.length > from)
          columns.data.textEnd[columns.length - 1] = offsetOf(cursor, at, line, line.trimEnd().length) + cursor.base;
        last = at;
      } else gap++;
    }
    if (columns.length > from) pushListing(cursor, sink, { columns, from, to: columns.length }, name, index, last);
    markRecognised(sink, index, last - index + 1);
    return last - index + 1;
  },
};

export const instructionsReader: TextReader = {
  name: 'debugger instructions',
  begins: '0=',
  recognise(cursor, index, sink) {
    if (!wordX.has(firstByte(cursor, index))) return false;
    return (sink.closely !== true && scanInstructionRow(cursor, index)) || readInstruction(lineText(cursor, index)) !== undefined;
  },
  parse(cursor, index, sink) {
    const columns = instructionsOf(cursor, sink);
    const from = columns.length;
    let next = index;
    while (next < cursor.count && wordX.has(firstByte(cursor, next)) && readRow(cursor, sink, columns, next, 0)) next++;
    if (next === index) return 0;
    const run = { columns, from, to: columns.length };
    pushListing(cursor, sink, run, ownerOfRun(run), index, next - 1);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
