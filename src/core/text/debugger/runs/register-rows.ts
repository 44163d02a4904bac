/** Rows of `info registers` (`register-row.ts`) straight from bytes to columns: what `registersReader` gives for these. */
import { LineClass } from '../../../model/line-class.ts';
import { ListedRegisters, RegisterRunFact } from '../../../model/register-columns.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { firstByte } from '../lines.ts';
import { teachArchitecture } from '../session.ts';
import { RegisterKind } from './register-names.ts';
import { registerRow, scanRegisterRow } from './register-row.ts';
import { sharedOf } from './shared.ts';

function isLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

/** Reads rows from line `index` on as one fact; returns the lines consumed, 0 = none is one, or a closer look is needed. */
export function readRegisterRows(cursor: LineCursor, index: number, sink: RecordSink): number {
  const { session, symbols, registers: columns, registerNames: names } = sharedOf(cursor, sink);
  const from = columns.length;
  const { base } = cursor;
  let next = index;
  for (; next < cursor.count && scanRegisterRow(cursor, next); next++) {
    const { nameStart, nameEnd, numberEnd, high, low, symbolStart, symbolEnd } = registerRow;
    const printed = names.indexOf(cursor.bytes, nameStart, nameEnd);
    const kind = names.kindOf(printed);
    if (kind === RegisterKind.other) break;
    if (kind === RegisterKind.side) continue;
    columns.add(names.nameOf(printed), high, low, nameStart + base, numberEnd + base);
    if (symbolEnd > symbolStart) symbols.teach(cursor, sink, next, high, low, symbolStart, symbolEnd);
    const arch = names.architectureOf(printed);
    if (arch !== undefined && session.arch !== arch)
      teachArchitecture(sink, next, arch, `register ${sink.columns.strings.at(printed)}`, columns.sourceAt(columns.length - 1));
  }
  // Rows of vectors and of other names begin with a letter, too.
  if (next === index || isLetter(firstByte(cursor, next))) {
    columns.length = from;
    return 0;
  }
  if (columns.length > from) {
    const run = new ListedRegisters(columns, from, columns.length);
    session.registers.setRun(run);
    sink.facts.push(new RegisterRunFact(index, run, session.frame, sink.step));
  }
  const { lineClass } = sink;
  for (let at = index; at < next; at++) lineClass[at] = LineClass.recognised;
  return next - index;
}
