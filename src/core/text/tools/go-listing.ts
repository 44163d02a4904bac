/**
 * Listings with a file and line on every row: `go tool objdump` (cmd/internal/objfile/disasm.go) in Go's syntax, and Delve's
 * `disassemble` in Intel's, with `=>` before the current instruction and `*` behind the address of a breakpoint.
 */
import { parseAddress, type Address } from '../../model/address.ts';
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { LineCursor } from '../cursor.ts';
import { bytesOfHex, isIndented } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { syntaxOf } from '../debugger/instruction-line.ts';
import { afterNumber, columns, holds, lineText } from '../debugger/lines.ts';
import { sessionOf } from '../debugger/session.ts';

const header = /^[ \t]{0,16}TEXT (\S.{0,400})\(SB\)(?: (\S.{0,1000}))?$/;
const row =
  /^[ \t]{0,16}(=>)?[ \t]{0,16}(\S{1,400}:\d{1,9}|:0|\?:-?\d)[ \t]{1,16}(0x[0-9a-f]{1,16})(\*)?[ \t]{1,16}(?:([0-9a-f]{2,32})[ \t]{1,16})?(\S.*)$/;
const mnemonic = /^(?:[A-Za-z?][A-Za-z0-9._?]{0,23}(?=[ \t,]|$)|\(bad\))/;

interface Row {
  address: Address;
  instruction: Instruction;
}

function readRow(cursor: LineCursor, index: number): Row | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[3] ?? '');
  const text = (match?.[6] ?? '').trim().replace(/[ \t]+/g, ' ');
  if (match === null || address === undefined || !mnemonic.test(text)) return undefined;
  const from = line.indexOf(match[3] ?? '', line.indexOf(match[2] ?? ''));
  const instruction: Instruction = {
    address,
    text,
    current: match[1] !== undefined,
    source: columns(cursor, index, line, from, line.length),
  };
  const digits = match[5] ?? '';
  if (digits !== '' && digits.length % 2 === 0) instruction.bytes = bytesOfHex(digits);
  return { address, instruction };
}

/** `disassemble -a START END` shows a part: its first row is not the function's first instruction. */
function isPart(sink: RecordSink): boolean {
  return /^disass\w*[ \t]+.*-a\b/.test(sink.command);
}

function syntaxFor(sink: RecordSink, instructions: readonly Instruction[]): CodeListing['syntax'] {
  const texts = instructions.map((instruction) => instruction.text);
  if (texts.every((text) => !/^[a-z]/.test(text))) return 'go';
  return syntaxOf(texts, sessionOf(sink).arch, 'intel');
}

export const goListingReader: TextReader = {
  name: 'listing with source lines',
  accepts: ({ first, isIndented: indented }) => indented || first === 84 || first === 61,
  recognise(cursor, index) {
    const byte = cursor.bytes[cursor.start(index)];
    // Rows are indented, or begin with the arrow of the current instruction.
    if (byte !== 84 && byte !== 61 && !isIndented(cursor, index)) return false;
    // gdb's rows begin with their address.
    if (afterNumber(cursor, index) >= 0 || !holds(cursor, index, byte === 84 ? '(SB)' : '0x')) return false;
    const line = lineText(cursor, index);
    if (header.test(line.trimEnd())) return readRow(cursor, index + 1) !== undefined;
    return readRow(cursor, index) !== undefined;
  },
  parse(cursor, index, sink) {
    const head = header.exec(lineText(cursor, index).trimEnd());
    const rows: Row[] = [];
    let next = head === null ? index : index + 1;
    for (; next < cursor.count; next++) {
      const read = readRow(cursor, next);
      if (read === undefined) break;
      rows.push(read);
    }
    const [first] = rows;
    if (first === undefined) return 0;
    const name = head === null ? undefined : withoutAbi(head[1] ?? '');
    const instructions = rows.map(({ address, instruction }) => {
      if (name === undefined) return instruction;
      const offset = address >= first.address && !isPart(sink) ? { offset: Number(address - first.address) } : {};
      return { ...instruction, function: name, ...offset };
    });
    const source = cursor.lineRange(index, next - 1);
    const listing: CodeListing = {
      ...(name === undefined ? {} : { function: name }),
      syntax: syntaxFor(sink, instructions),
      origin: 'disassembly',
      instructions,
      source,
    };
    sink.facts.push({ kind: 'listing', textLine: index, listing });
    if (name !== undefined && !isPart(sink))
      sink.facts.push({
        kind: 'symbol',
        textLine: index,
        symbol: { name, start: first.address, source: cursor.lineRange(index) },
      });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
