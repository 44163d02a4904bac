/** Register blocks of the runtime (runtime/signal_*.go dumpregs and runtime/defs_windows): reference §4. One or two registers a line. */
import type { ArchitectureName } from '../../model/process.ts';
import { RegisterRunFact, type RegisterColumns } from '../../model/register-columns.ts';
import { ProcessFact, RowRun } from '../facts.ts';
import { isSpace, skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { dumpColumnsOf, nameOfRegister, type DumpColumns } from './dump-columns.ts';
import { number, readPrefixed } from './fixed-hex.ts';
import { longestName, registerOf, registerTells, Tells } from './register-table.ts';

const deepestIndent = 8;
const mostOfLine = 2;

/** The line scanned last. */
const scanned = {
  count: 0,
  register: new Uint32Array(mostOfLine),
  start: new Uint32Array(mostOfLine),
  end: new Uint32Array(mostOfLine),
  high: new Uint32Array(mostOfLine),
  low: new Uint32Array(mostOfLine),
};

/** Offset behind a name that can be a register's, -1 = none stands at `at`. */
function nameEnd(bytes: Uint8Array, at: number): number {
  let end = at;
  for (
    let byte = bytes[end] ?? 0;
    (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57 && end > at);
    byte = bytes[++end] ?? 0
  )
    if (end - at >= longestName) return -1;
  return end > at && (bytes[end] === 32 || bytes[end] === 9) ? end : -1;
}

/** Reads `rax    0x1`, or two of them, into `scanned`; false when line `index` is something else. */
function scanLine(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  let at = start;
  while (at - start < deepestIndent && isSpace(bytes[at])) at++;
  // Most lines are no registers: seen before the line's end is looked for.
  let end = nameEnd(bytes, at);
  if (end < 0) return false;
  const lineEnd = cursor.end(index);
  for (let count = 0; ;) {
    const register = registerOf(bytes, at, end);
    const from = skipSpace(bytes, end, lineEnd);
    const behind = register < 0 ? -1 : readPrefixed(bytes, from, lineEnd);
    if (behind < 0) return false;
    scanned.register[count] = register;
    scanned.start[count] = at;
    scanned.end[count] = behind;
    scanned.high[count] = number.high;
    scanned.low[count] = number.low;
    at = skipSpace(bytes, behind, lineEnd);
    scanned.count = ++count;
    if (at >= lineEnd) return true;
    if (at === behind || count === mostOfLine) return false;
    end = nameEnd(bytes, at);
    if (end < 0) return false;
  }
}

/** gdb pads names to this column; the runtime to fewer. */
const widestPadding = 14;

/** Is line `index` a row as the runtime alone prints it: at the line's start, its number near the name? */
export function beginsBlock(cursor: LineCursor, index: number): boolean {
  if (!scanLine(cursor, index)) return false;
  const start = cursor.start(index);
  if (scanned.start[0] !== start) return false;
  let at = nameEnd(cursor.bytes, start);
  while (isSpace(cursor.bytes[at])) at++;
  return at - start < widestPadding;
}

/** Adds what `scanned` holds; returns the bits of `Tells` that its names have. */
function addScanned(cursor: LineCursor, columns: RegisterColumns, dumps: DumpColumns): number {
  const { base } = cursor;
  let tells = 0;
  for (let i = 0; i < scanned.count; i++) {
    const register = scanned.register[i] ?? 0;
    tells |= registerTells(register);
    columns.add(
      nameOfRegister(dumps, register),
      scanned.high[i] ?? 0,
      scanned.low[i] ?? 0,
      (scanned.start[i] ?? 0) + base,
      (scanned.end[i] ?? 0) + base,
    );
  }
  return tells;
}

/** The architecture whose names these are (`Tells`); undefined where several share them. `whole`: the block was not cut. */
function architectureOf(tells: number, whole: boolean): ArchitectureName | undefined {
  const has = (bit: number): boolean => (tells & bit) !== 0;
  if (has(Tells.amd64)) return 'amd64';
  if (has(Tells.i386)) return '386';
  if (has(Tells.r29) && has(Tells.lr)) return 'arm64';
  if (has(Tells.cpsr) && !has(Tells.r29)) return 'arm';
  if (has(Tells.ra) && has(Tells.tp)) return 'riscv64';
  if (!has(Tells.link) || !has(Tells.r15) || !whole) return undefined;
  if (!has(Tells.r16)) return 's390x';
  return has(Tells.special) || !has(Tells.r31) ? undefined : 'loong64';
}

export const registerReader: TextReader = {
  name: 'registers',
  begins: 'acdefghiloprstx',

  recognise: scanLine,

  parse(cursor, index, sink) {
    const dumps = dumpColumnsOf(cursor, sink);
    const columns = dumps.registers;
    const from = columns.length;
    let tells = 0;
    let next = index;
    for (; next < cursor.count && scanLine(cursor, next); next++) tells |= addScanned(cursor, columns, dumps);
    // One line alone may be a debugger's answer or prose: at least two make a block.
    if (next - index < 2 && columns.length - from < 2) {
      columns.length = from;
      return 0;
    }
    markRecognised(sink, index, next - index);
    sink.facts.push(new RegisterRunFact(index, new RowRun(columns, from, columns.length), 0, 0, 'runtime'));
    const whole = next < cursor.count || cursor.endsWithFeed();
    const arch = architectureOf(tells, whole);
    if (arch !== undefined) {
      const source = cursor.lineRange(index, next - 1);
      sink.facts.push(new ProcessFact({ arch }, 'register names', index, source));
    }
    return next - index;
  },
};
