/**
 * Listings with a file and line on every row: `go tool objdump` (cmd/internal/objfile/disasm.go) in Go's syntax, and Delve's
 * `disassemble` in Intel's, with `=>` before the current instruction and `*` behind the address of a breakpoint.
 */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { CodeListing } from '../../model/code.ts';
import type { InstructionColumns, InstructionRun } from '../../model/instruction-columns.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { LineCursor } from '../cursor.ts';
import { isIndented } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import type { InstructionLine } from '../debugger/instruction-line.ts';
import { afterNumber, firstByte, holds, lineText } from '../debugger/lines.ts';
import {
  addInstruction,
  addBareInstruction,
  instructionsOf,
  placeRun,
  pushRun,
  syntaxOfRun,
} from '../debugger/runs/listing-run.ts';
import { inTurn } from './in-turn.ts';
import { scanGoRow } from './go-listing-row.ts';

const letterT = 84;

const header = /^[ \t]{0,16}TEXT (\S.{0,400})\(SB\)(?: (\S.{0,1000}))?$/;
const row =
  /^[ \t]{0,16}(=>)?[ \t]{0,16}(\S{1,400}:\d{1,9}|:0|\?:-?\d)[ \t]{1,16}(0x[0-9a-f]{1,16})(\*)?[ \t]{1,16}(?:([0-9a-f]{2,32})[ \t]{1,16})?(\S[^]*)$/;
const mnemonic = /^(?:[A-Za-z?][A-Za-z0-9._?]{0,23}(?=[ \t,]|$)|\(bad\))/;

/** Reads a row by expressions. */
function readRow(cursor: LineCursor, index: number): InstructionLine | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const address = match === null ? undefined : parseAddress(match[3] ?? '');
  const printed = match?.[6] ?? '';
  const text = printed.replace(/[ \t]+/g, ' ');
  if (match === null || address === undefined || !mnemonic.test(text)) return undefined;
  const from = line.indexOf(match[3] ?? '', line.indexOf(match[2] ?? ''));
  const textFrom = line.length - printed.length;
  const read: InstructionLine = {
    address,
    text,
    current: match[1] !== undefined,
    from,
    to: line.length,
    textFrom,
    bytesFrom: 0,
    bytesTo: 0,
  };
  const digits = match[5] ?? '';
  if (digits !== '' && digits.length % 2 === 0) {
    read.bytesFrom = line.lastIndexOf(digits, textFrom - 1);
    read.bytesTo = read.bytesFrom + digits.length;
  }
  return read;
}

function isRow(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  return (sink.closely !== true && scanGoRow(cursor, index)) || readRow(cursor, index) !== undefined;
}

/** Writes the rows from line `index` on; returns the line behind them. */
function addRows(cursor: LineCursor, sink: RecordSink, columns: InstructionColumns, index: number): number {
  let next = index;
  for (; next < cursor.count; next++) {
    if (sink.closely !== true && scanGoRow(cursor, next)) {
      addBareInstruction(cursor, columns);
      continue;
    }
    const read = readRow(cursor, next);
    if (read === undefined) break;
    addInstruction(cursor, sink, columns, next, lineText(cursor, next), read, 0);
  }
  return next;
}

/** `disassemble -a START END` shows a part: its first row is not the function's first instruction. */
function isPart(sink: RecordSink): boolean {
  return /^disass\w*[ \t]+.*-a\b/.test(sink.command);
}

/** Go's syntax has no small letters; what Delve prints else is Intel's. */
function syntaxFor(cursor: LineCursor, sink: RecordSink, run: InstructionRun): CodeListing['syntax'] {
  const { textStart } = run.columns.data;
  for (let row = run.from; row < run.to; row++) {
    const byte = cursor.bytes[(textStart[row] ?? 0) - cursor.base] ?? 0;
    if (byte >= 97 && byte <= 122) return syntaxOfRun(cursor, sink, run, 'intel');
  }
  return 'go';
}

/** Reads the listing from line `index` on; returns its lines, 0 = there is none. */
function readListing(cursor: LineCursor, index: number, sink: RecordSink): number {
  const head = header.exec(lineText(cursor, index).trimEnd());
  const columns = instructionsOf(cursor, sink);
  const from = columns.length;
  const next = addRows(cursor, sink, columns, head === null ? index : index + 1);
  const run = { columns, from, to: columns.length };
  if (run.to === from) return 0;
  const name = head === null ? undefined : withoutAbi(head[1] ?? '');
  const syntax = syntaxFor(cursor, sink, run);
  const start = toAddress(columns.data.addresses[from] ?? 0n);
  const part = isPart(sink);
  if (name !== undefined) placeRun(run, sink.columns.strings.intern(name), part ? undefined : start);
  pushRun(cursor, sink, run, name, syntax, index, next - 1);
  if (name !== undefined && !part)
    sink.facts.push({ kind: 'symbol', textLine: index, symbol: { name, start, source: cursor.lineRange(index) } });
  markRecognised(sink, index, next - index);
  return next - index;
}

/** Does line `index` name a function, with a row below it? */
function beginsListing(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  if (cursor.bytes[cursor.start(index)] !== letterT || !header.test(lineText(cursor, index).trimEnd())) return false;
  return isRow(cursor, index + 1, sink);
}

export const goListingReader: TextReader = {
  name: 'listing with source lines',
  accepts: ({ first, isIndented: indented }) => indented || first === letterT || first === 61,
  recognise(cursor, index, sink) {
    const byte = cursor.bytes[cursor.start(index)];
    // Rows are indented, or begin with the arrow of the current instruction.
    if (byte !== letterT && byte !== 61 && !isIndented(cursor, index)) return false;
    // gdb's rows begin with their address.
    if (afterNumber(cursor, index) >= 0 || !holds(cursor, index, byte === letterT ? '(SB)' : '0x')) return false;
    if (firstByte(cursor, index) === letterT && header.test(lineText(cursor, index).trimEnd()))
      return isRow(cursor, index + 1, sink);
    return isRow(cursor, index, sink);
  },
  parse: (cursor, index, sink) => inTurn(cursor, index, sink, readListing, beginsListing),
};
