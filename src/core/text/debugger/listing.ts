/** Listings of what ran: `disassemble` between its two lines, and the rows of `x/i`. */
import type { CodeListing, Instruction } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { isPrompt } from './command.ts';
import { readInstruction, syntaxOf, type InstructionLine } from './instruction-line.ts';
import { bytesOf, columns, firstByte, lineText } from './lines.ts';
import { parseSymbol, sessionOf, teachStart } from './session.ts';

const dumpOf = /^[ \t]{0,16}Dump of assembler code (?:for function (.{1,400}):|from 0x[0-9a-f]{1,16} to 0x[0-9a-f]{1,16}:)$/;
const dumpEnd = /^[ \t]{0,16}End of assembler dump\.$/;
const rangeLine = /^[ \t]{0,16}Address range 0x[0-9a-f]{1,16} to 0x[0-9a-f]{1,16}:$/;
const wordX = bytesOf('0=');
/** Source lines and blanks that `/s` puts between two instructions. */
const mostSourceLines = 200;

interface Place {
  /** '' = not known. */
  name: string;
  offset: number;
}

const plus = 43;

function place(instruction: InstructionLine, inside: string | undefined): Place | undefined {
  const { symbol } = instruction;
  if (symbol === undefined) return undefined;
  const relative = symbol.charCodeAt(0) === plus ? /^\+(0x[0-9a-f]{1,12}|\d{1,12})$/.exec(symbol) : null;
  return relative === null ? parseSymbol(symbol) : { name: inside ?? '', offset: Number(relative[1]) };
}

function toInstruction(cursor: LineCursor, index: number, read: InstructionLine, inside: string | undefined): Instruction {
  const { address, text, current } = read;
  const source = columns(cursor, index, lineText(cursor, index), read.from, read.to);
  const at = place(read, inside);
  let instruction: Instruction;
  if (at === undefined) instruction = { address, text, current, source };
  else if (at.name === '') instruction = { address, offset: at.offset, text, current, source };
  else instruction = { address, function: at.name, offset: at.offset, text, current, source };
  if (read.bytes !== undefined) instruction.bytes = read.bytes;
  return instruction;
}

function push(
  cursor: LineCursor,
  sink: RecordSink,
  instructions: Instruction[],
  name: string | undefined,
  first: number,
  last: number,
) {
  const listing: CodeListing = {
    ...(name === undefined ? {} : { function: name }),
    syntax: syntaxOf(
      instructions.map((instruction) => instruction.text),
      sessionOf(sink).arch,
    ),
    origin: 'disassembly',
    instructions,
    source: cursor.lineRange(first, last),
  };
  for (const { address, offset, function: owner, source } of instructions)
    if (address !== undefined && owner !== undefined && offset !== undefined)
      teachStart(sink, first, address, { name: owner, offset }, source);
  sink.facts.push({ kind: 'listing', textLine: first, listing });
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
    const instructions: Instruction[] = [];
    let last = index;
    let gap = 0;
    for (let at = index + 1; at < cursor.count && gap <= mostSourceLines; at++) {
      const line = lineText(cursor, at);
      const read = readInstruction(line);
      if (read !== undefined) {
        instructions.push(toInstruction(cursor, at, read, name));
        last = at;
        gap = 0;
      } else if (dumpEnd.test(line.trimEnd())) {
        last = at;
        break;
      } else if (isPrompt(line) || dumpOf.test(line.trimEnd())) break;
      else if (rangeLine.test(line)) last = at;
      else if (gap === 0 && isWrapped(cursor, last, line)) {
        const previous = instructions.at(-1);
        if (previous !== undefined) previous.text = `${previous.text} ${line.trim().replace(/[ \t]+/g, ' ')}`;
        last = at;
      } else gap++;
    }
    if (instructions.length > 0) push(cursor, sink, instructions, name, index, last);
    markRecognised(sink, index, last - index + 1);
    return last - index + 1;
  },
};

export const instructionsReader: TextReader = {
  name: 'debugger instructions',
  begins: '0=',
  recognise(cursor, index) {
    return wordX.has(firstByte(cursor, index)) && readInstruction(lineText(cursor, index)) !== undefined;
  },
  parse(cursor, index, sink) {
    const instructions: Instruction[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const read = wordX.has(firstByte(cursor, next)) ? readInstruction(lineText(cursor, next)) : undefined;
      if (read === undefined) break;
      instructions.push(toInstruction(cursor, next, read, undefined));
    }
    if (next === index) return 0;
    const names = new Set(instructions.map((instruction) => instruction.function));
    const [name] = names;
    push(cursor, sink, instructions, names.size === 1 ? name : undefined, index, next - 1);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
