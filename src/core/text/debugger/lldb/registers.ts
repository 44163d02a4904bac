/** `register read`: `     rip = 0x000000000047ed9a  inventory`runtime.f + 26`. */
import { parseAddress } from '../../../model/address.ts';
import { RegisterRunFact, type RegisterColumns } from '../../../model/register-columns.ts';
import { wordSizeOf } from '../../../model/word-form.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText, offsetOf } from '../lines.ts';
import { registerColumnsOf } from '../registers.ts';
import { lldbRegisterRow, scanLldbRegister } from '../runs/lldb-register-row.ts';
import { lldbSymbolsOf } from '../runs/lldb-symbols.ts';
import { sessionOf, teachArchitecture } from '../session.ts';
import { isLldbOutput } from './command.ts';
import { lldbName, lldbRegisterAt, type LldbRegister } from './register-names.ts';
import { teachPlace } from './symbol.ts';

const row = /^[ \t]{0,16}([a-z][a-z0-9]{1,6}) = (0x[0-9a-f]{8,16})(?:[ \t]{1,8}(\S.*))?$/;
/** Parts of registers and vectors, `register read -a`. */
const rest = /^[ \t]{0,16}([a-z][a-z0-9_]{1,9}) = (?:0x[0-9a-f]{1,16}|\{0x[0-9a-f x]*\})(?:[ \t].*)?$/;
const heading = /^[ \t]{0,16}(?:General Purpose|Floating Point|Exception State|Advanced Vector Extensions) Registers:$/;
/** Of newer processors, without a word behind. */
const wideHeading = /^[ \t]{0,16}(?:Advanced Vector Extensions|Memory Protection Extensions):$/;

function isHeading(line: string): boolean {
  return heading.test(line) || wideHeading.test(line);
}

/** The registers of one listing. */
interface Listing {
  columns: RegisterColumns;
  from: number;
  /** A 64-bit register was printed: narrow ones are parts of them. */
  wide: boolean;
}

/** Is the register one to keep, and no part of another? */
function isKept(sink: RecordSink, listing: Listing, { kind }: LldbRegister): boolean {
  if (kind === 'known') listing.wide = true;
  const { arch } = sessionOf(sink);
  return kind === 'known' || (kind === 'narrow' && !listing.wide && (arch === undefined || wordSizeOf(arch) === 4));
}

/** The architecture that the register added last proves. */
function teachArch(sink: RecordSink, index: number, { columns }: Listing, { name, arch }: LldbRegister): void {
  if (arch === undefined || sessionOf(sink).arch === arch) return;
  const source = columns.sourceAt(columns.length - 1);
  teachArchitecture(sink, index, arch, `register ${lldbName(name)}`, source);
}

/** Writes the row in `lldbRegisterRow`; false where it holds no register. */
function addPlain(cursor: LineCursor, sink: RecordSink, index: number, listing: Listing): boolean {
  const { strings } = sink.columns;
  const { nameStart, nameEnd, high, low, numberEnd, textStart, textEnd } = lldbRegisterRow;
  const register = lldbRegisterAt(strings, namesOf(strings).intern(cursor.bytes, nameStart, nameEnd));
  if (register.kind === 'other') return false;
  if (!isKept(sink, listing, register)) return true;
  listing.columns.add(register.index, high, low, nameStart + cursor.base, numberEnd + cursor.base);
  if (textEnd > textStart) lldbSymbolsOf(sink).teach(cursor, sink, index, high, low, textStart, textEnd);
  teachArch(sink, index, listing, register);
  return true;
}

/** Writes the row on line `index`; false where it is none. */
function addRow(cursor: LineCursor, sink: RecordSink, index: number, listing: Listing): boolean {
  if (sink.closely !== true && scanLldbRegister(cursor, index)) return addPlain(cursor, sink, index, listing);
  const { strings } = sink.columns;
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const value = match === null ? undefined : parseAddress(match[2] ?? '');
  if (match === null || value === undefined) return false;
  const [, printed = '', digits = '', beside] = match;
  const register = lldbRegisterAt(strings, strings.intern(printed));
  if (register.kind === 'other') return false;
  if (!isKept(sink, listing, register)) return true;
  const from = line.indexOf(printed);
  const to = line.indexOf(digits) + digits.length;
  const [start, end] = [offsetOf(cursor, index, line, from), offsetOf(cursor, index, line, to)];
  const [high, low] = [Number(value >> 32n), Number(value & 0xffffffffn)];
  listing.columns.add(register.index, high, low, start + cursor.base, end + cursor.base);
  if (beside?.includes('`') === true) teachPlace(sink, index, value, beside, cursor.lineRange(index));
  teachArch(sink, index, listing, register);
  return true;
}

/** A line of a listing that holds no register of its own. */
function isBeside(sink: RecordSink, line: string): boolean {
  if (isHeading(line)) return true;
  const printed = rest.exec(line)?.[1];
  return printed !== undefined && lldbRegisterAt(sink.columns.strings, sink.columns.strings.intern(printed)).kind === 'side';
}

export const lldbRegisterReader: TextReader = {
  name: 'LLDB registers',
  contains: [' = 0x', ' Registers:', ' Extensions:', ' = {0x'],
  begins: 'abcdefghiklmpqrsvwxyzGFEAM',
  recognise(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    if (isHeading(line)) return true;
    const match = row.exec(line);
    const { strings } = sink.columns;
    if (match === null) return isLldbOutput(sink) && isBeside(sink, line);
    if (lldbRegisterAt(strings, strings.intern(match[1] ?? '')).kind === 'other') return false;
    return isLldbOutput(sink) || row.test(lineText(cursor, index + 1).trimEnd()) || match[3]?.includes('`') === true;
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const columns = registerColumnsOf(cursor, sink);
    const listing: Listing = { columns, from: columns.length, wide: false };
    let next = index;
    for (; next < cursor.count; next++)
      if (!addRow(cursor, sink, next, listing) && !isBeside(sink, lineText(cursor, next).trimEnd())) break;
    if (next === index) return 0;
    if (columns.length > listing.from) {
      const run = { columns, from: listing.from, to: columns.length };
      session.registers.setRun(run);
      sink.facts.push(new RegisterRunFact(index, run, session.frame, sink.step));
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
