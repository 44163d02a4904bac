/** `info registers`: name, hexadecimal, natural form (gdb/infcmd.c). The runtime's own register dump has no third column. */
import { parseAddress } from '../../model/address.ts';
import { ListedRegisters, RegisterRunFact, type RegisterColumns } from '../../model/register-columns.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { isKnownRegister, isSideRegister, provenArchitecture, registerName } from './register-name.ts';
import { firstByte, lineText, offsetOf, startsWithPlainWord } from './lines.ts';
import { knownSymbolsOf } from './runs/known-symbols.ts';
import { RegisterKind, registerNamesOf, type RegisterNames } from './runs/register-names.ts';
import { registerRow, scanRegisterRow } from './runs/register-row.ts';
import { sharedOf } from './runs/shared.ts';
import { sessionOf, teachArchitecture, teachSymbol } from './session.ts';

const row = /^[ \t]{0,16}([a-z][a-z0-9_]{0,15})[ \t]+(0x[0-9a-f]{1,16})(?:[ \t]+(\S.*))?$/;
const natural = /^(?:-?\d{1,20}|0x[0-9a-f]{1,16}(?: <(.*)>)?|\[[A-Z0-9= _]*\]|\(void.*\) 0x[0-9a-f]+.*)$/;
const vector = /^[ \t]{0,16}(?:[xyz]mm\d{1,2}|[vqdshbz]\d{1,2}|st\d|[fv]\d{1,2}|k\d)[ \t]+(?:\{|-?\d|<)/;
const infoRegisters = /^(?:info[ \t]+(?:all-)?reg|i(?:nf)?[ \t]+r)/;

interface Row {
  printed: string;
  hex: string;
  natural: string;
  lines: number;
}

/** The row at line `index`; its third column may have been wrapped to the next line. */
function readRow(cursor: LineCursor, index: number, sink: RecordSink): Row | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  if (match === null) return undefined;
  const [, printed = '', hex = '', last] = match;
  const third = last ?? lineText(cursor, index + 1).trim();
  if (!natural.test(third)) return undefined;
  if (!isKnownRegister(printed) && !isSideRegister(printed) && !infoRegisters.test(sink.command)) return undefined;
  return { printed, hex, natural: third, lines: last === undefined ? 2 : 1 };
}

function isLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

/** A plain row whose name alone tells that it is a register's. */
function scanKnown(cursor: LineCursor, index: number, sink: RecordSink, names: RegisterNames): number {
  if (sink.closely === true || !scanRegisterRow(cursor, index)) return 0;
  const name = names.indexOf(cursor.bytes, registerRow.nameStart, registerRow.nameEnd);
  return names.kindOf(name) === RegisterKind.other ? 0 : name;
}

/** Writes the row in `registerRow`, whose printed name is `printed`. */
function addPlain(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  columns: RegisterColumns,
  names: RegisterNames,
  printed: number,
): void {
  if (names.kindOf(printed) === RegisterKind.side) return;
  const { nameStart, numberEnd, high, low, symbolStart, symbolEnd } = registerRow;
  columns.add(names.nameOf(printed), high, low, nameStart + cursor.base, numberEnd + cursor.base);
  if (symbolEnd > symbolStart) knownSymbolsOf(sink).teach(cursor, sink, index, high, low, symbolStart, symbolEnd);
  const arch = names.architectureOf(printed);
  if (arch !== undefined && sessionOf(sink).arch !== arch)
    teachArchitecture(sink, index, arch, `register ${sink.columns.strings.at(printed)}`, columns.sourceAt(columns.length - 1));
}

/** Writes a row that expressions read. */
function addRow(cursor: LineCursor, sink: RecordSink, index: number, columns: RegisterColumns, found: Row): void {
  const line = lineText(cursor, index);
  const value = parseAddress(found.hex);
  if (isSideRegister(found.printed) || value === undefined) return;
  const from = line.indexOf(found.printed);
  const to = line.indexOf(found.hex, from + found.printed.length) + found.hex.length;
  const [start, end] = [offsetOf(cursor, index, line, from), offsetOf(cursor, index, line, to)];
  const name = sink.columns.strings.intern(registerName(found.printed));
  columns.add(name, Number(value >> 32n), Number(value & 0xffffffffn), start + cursor.base, end + cursor.base);
  const symbol = /^0x[0-9a-f]+ <(.*)>$/.exec(found.natural);
  if (symbol?.[1] !== undefined) teachSymbol(sink, index, value, symbol[1], cursor.lineRange(index, index + found.lines - 1));
  const arch = provenArchitecture(found.printed);
  if (arch !== undefined) teachArchitecture(sink, index, arch, `register ${found.printed}`, cursor.range(start, end));
}

/** The columns of a document's registers. */
export function registerColumnsOf(cursor: LineCursor, sink: RecordSink): RegisterColumns {
  return sharedOf(cursor, sink).registers;
}

export const registersReader: TextReader = {
  name: 'debugger registers',
  begins: 'abcdefghijklmnopqrstuvwxyz',
  recognise(cursor, index, sink) {
    if (!isLetter(firstByte(cursor, index)) || !startsWithPlainWord(cursor, index, 16)) return false;
    return (
      scanKnown(cursor, index, sink, registerNamesOf(sink.columns.strings)) > 0 || readRow(cursor, index, sink) !== undefined
    );
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const columns = registerColumnsOf(cursor, sink);
    const names = registerNamesOf(sink.columns.strings);
    const from = columns.length;
    let next = index;
    while (next < cursor.count) {
      const printed = scanKnown(cursor, next, sink, names);
      if (printed > 0) {
        addPlain(cursor, sink, next, columns, names, printed);
        next++;
        continue;
      }
      if (!mayBeRow(cursor, next)) break;
      const found = readRow(cursor, next, sink);
      if (found === undefined) {
        if (next === index || !vector.test(lineText(cursor, next))) break;
        next++;
        continue;
      }
      addRow(cursor, sink, next, columns, found);
      next += found.lines;
    }
    if (columns.length > from) {
      const run = new ListedRegisters(columns, from, columns.length);
      session.registers.setRun(run);
      sink.facts.push(new RegisterRunFact(index, run, session.frame, sink.step));
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

/** Rows, of vectors too, begin with a letter. */
function mayBeRow(cursor: LineCursor, index: number): boolean {
  return isLetter(firstByte(cursor, index));
}
