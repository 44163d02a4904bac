/** `regs`: `    Rip = 0x00000000004494ae`, flags with their names behind (pkg/proc registers, service/api prettyprint). */
import { RegisterColumns, registerOfRun, RegisterRunFact, type RegisterRun } from '../../../model/register-columns.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText, offsetOf } from '../lines.ts';
import { delveRegisterRow, scanDelveRegister } from '../runs/delve-register-row.ts';
import { behindHex, readHex, wide } from '../runs/number.ts';
import { sessionOf, teachArchitecture } from '../session.ts';
import { frameNamedBy } from './command.ts';
import { delveRegistersOf, type DelveRegister, type DelveRegisterNames } from './register-names.ts';
import { delveOf, isDelveOutput } from './session.ts';

const row = /^[ \t]{0,16}([A-Z][A-Za-z]{0,6}[0-9]{0,2}(?:_base)?) = (0x[0-9a-f]{8,32})(?:[ \t]+\S.*)?$/;
const wordDigits = 16;

/** Signals whose numbers are the same on every system with signals. */
const signals: Readonly<Record<string, string>> = {
  '4': 'SIGILL',
  '5': 'SIGTRAP',
  '6': 'SIGABRT',
  '8': 'SIGFPE',
  '11': 'SIGSEGV',
};

/** Reads line `index` into `delveRegisterRow`; null when it is no register. */
function readRow(cursor: LineCursor, sink: RecordSink, index: number, names: DelveRegisterNames): DelveRegister | null {
  const { bytes } = cursor;
  if (sink.closely !== true && scanDelveRegister(cursor, index))
    return names.at(bytes, delveRegisterRow.nameStart, delveRegisterRow.nameEnd);
  return mayBeRow(cursor, index) ? readClosely(cursor, index, names) : null;
}

/** Does line `index` begin with a capital behind its blanks? */
function mayBeRow(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  let at = cursor.start(index);
  while (cursor.bytes[at] === 32 || cursor.bytes[at] === 9) at++;
  const byte = cursor.bytes[at] ?? 0;
  return byte >= 65 && byte <= 90;
}

function readClosely(cursor: LineCursor, index: number, names: DelveRegisterNames): DelveRegister | null {
  const line = lineText(cursor, index);
  const match = row.exec(line.trimEnd());
  if (match === null) return null;
  const [, name = '', hex = ''] = match;
  const from = line.indexOf(name);
  const start = offsetOf(cursor, index, line, from);
  const number = line.indexOf(hex, from);
  delveRegisterRow.nameStart = start;
  delveRegisterRow.nameEnd = start + name.length;
  delveRegisterRow.isVector = hex.length - 2 > wordDigits;
  const numberStart = offsetOf(cursor, index, line, number);
  delveRegisterRow.numberEnd = behindHex(cursor.bytes, numberStart);
  readHex(cursor.bytes, numberStart);
  delveRegisterRow.high = wide.high;
  delveRegisterRow.low = wide.low;
  return names.at(cursor.bytes, start, start + name.length);
}

/** runtime.fatalsignal(sig, …) was stopped at before its first instruction: register ABI, so RAX holds the number (Go 1.17+). */
function nameSignal(sink: RecordSink, run: RegisterRun): void {
  const event = delveOf(sink).fatalSignal;
  if (event === undefined) return;
  const of = (name: string) => registerOfRun(run, sink.columns.strings.intern(name));
  const number = of('rax');
  if (number === undefined || of('rip') !== event.stop?.pc) return;
  const name = signals[number.toString()];
  if (name === undefined) return;
  event.signal = { name };
  event.text = `fatal signal ${name}`;
}

const stores = new WeakMap<RecordSink, RegisterColumns>();

function columnsOf(cursor: LineCursor, sink: RecordSink): RegisterColumns {
  let columns = stores.get(sink);
  if (columns === undefined)
    stores.set(sink, (columns = new RegisterColumns(cursor.document, cursor.origin, sink.columns.strings)));
  return columns;
}

export const delveRegisterReader: TextReader = {
  name: 'Delve registers',
  contains: [' = 0x'],
  begins: 'RXSPLFGECDVKYZMOT',
  recognise(cursor, index, sink) {
    const names = delveRegistersOf(sink.columns.strings);
    if (readRow(cursor, sink, index, names) === null) return false;
    return isDelveOutput(sink) || readRow(cursor, sink, index + 1, names) !== null;
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const columns = columnsOf(cursor, sink);
    const names = delveRegistersOf(sink.columns.strings);
    const frame = frameNamedBy(sink.command) ?? session.frame;
    const from = columns.length;
    let next = index;
    for (; next < cursor.count; next++) {
      const register = readRow(cursor, sink, next, names);
      if (register === null) break;
      if (register.isSide || delveRegisterRow.isVector) continue;
      const { nameStart, numberEnd, high, low } = delveRegisterRow;
      columns.add(register.name, high, low, nameStart + cursor.base, numberEnd + cursor.base);
      const { architecture } = register;
      if (architecture === undefined || session.arch === architecture) continue;
      const printed = cursor.slice(nameStart, delveRegisterRow.nameEnd);
      teachArchitecture(sink, next, architecture, `register ${printed}`, columns.sourceAt(columns.length - 1));
    }
    if (columns.length > from) {
      const run = { columns, from, to: columns.length };
      sink.facts.push(new RegisterRunFact(index, run, frame, sink.step));
      if (frame === 0) {
        session.registers.setRun(run);
        nameSignal(sink, run);
      }
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
