/** `info registers`: name, hexadecimal, natural form (gdb/infcmd.c). The runtime's own register dump has no third column. */
import { parseAddress } from '../../model/address.ts';
import type { RegisterValue } from '../../model/thread.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { columns, firstByte, lineText, startsWithPlainWord } from './lines.ts';
import { sessionOf, teachArchitecture, teachSymbol } from './session.ts';

const row = /^[ \t]{0,16}([a-z][a-z0-9_]{0,15})[ \t]+(0x[0-9a-f]{1,16})(?:[ \t]+(\S.*))?$/;
const natural = /^(?:-?\d{1,20}|0x[0-9a-f]{1,16}(?: <(.*)>)?|\[[A-Z0-9= _]*\]|\(void.*\) 0x[0-9a-f]+.*)$/;
const vector = /^[ \t]{0,16}(?:[xyz]mm\d{1,2}|[vqdshbz]\d{1,2}|st\d|[fv]\d{1,2}|k\d)[ \t]+(?:\{|-?\d|<)/;
/** Flags, segments and masks: read, but no pointers. */
const side =
  /^(?:eflags|rflags|cpsr|fpsr|fpcr|[cdefgs]s|k[0-7]|fctrl|fstat|ftag|fiseg|fioff|foseg|fooff|fop|mxcsr|orig_[re]ax|pstate|xer|cr|vrsave)$/;
const known =
  /^(?:r[abcd]x|r[sd]i|r[sb]p|rip|r(?:[0-9]|[12][0-9]|3[01])|e[abcd]x|e[sd]i|e[sb]p|eip|x(?:[0-9]|[12][0-9]|30)|sp|pc|lr|fp|ra|gp|tp|[ast](?:[0-9]|1[01])|[fg]s_base|ctr|msr)$/;
const infoRegisters = /^(?:info[ \t]+(?:all-)?reg|i(?:nf)?[ \t]+r)/;

/** gdb's names to the runtime's: x29 → r29, x30 → lr. */
export function registerName(name: string): string {
  if (name === 'x30') return 'lr';
  return /^x\d{1,2}$/.test(name) ? `r${name.slice(1)}` : name;
}

const proofs = new Map<string, 'amd64' | '386' | 'arm64'>([
  ['rip', 'amd64'],
  ['rax', 'amd64'],
  ['rbp', 'amd64'],
  ['rsp', 'amd64'],
  ['eip', '386'],
  ['x29', 'arm64'],
  ['x30', 'arm64'],
]);

export function provenArchitecture(register: string) {
  return proofs.get(register);
}

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
  if (!known.test(printed) && !side.test(printed) && !infoRegisters.test(sink.command)) return undefined;
  return { printed, hex, natural: third, lines: last === undefined ? 2 : 1 };
}

function isLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

export const registersReader: TextReader = {
  name: 'debugger registers',
  begins: 'abcdefghijklmnopqrstuvwxyz',
  recognise(cursor, index, sink) {
    return (
      isLetter(firstByte(cursor, index)) && startsWithPlainWord(cursor, index, 16) && readRow(cursor, index, sink) !== undefined
    );
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const values: RegisterValue[] = [];
    let next = index;
    while (next < cursor.count) {
      const found = readRow(cursor, next, sink);
      if (found === undefined) {
        if (next === index || !vector.test(lineText(cursor, next))) break;
        next++;
        continue;
      }
      const at = next;
      next += found.lines;
      const line = lineText(cursor, at);
      const value = parseAddress(found.hex);
      if (side.test(found.printed) || value === undefined) continue;
      const from = line.indexOf(found.printed);
      const to = line.indexOf(found.hex, from + found.printed.length) + found.hex.length;
      const source = columns(cursor, at, line, from, to);
      const name = registerName(found.printed);
      values.push({ name, value, source });
      session.registers.set(name, value);
      const symbol = /^0x[0-9a-f]+ <(.*)>$/.exec(found.natural);
      if (symbol?.[1] !== undefined) teachSymbol(sink, at, value, symbol[1], cursor.lineRange(at, next - 1));
      const arch = provenArchitecture(found.printed);
      if (arch !== undefined) teachArchitecture(sink, at, arch, `register ${found.printed}`, source);
    }
    if (values.length > 0)
      sink.facts.push({ kind: 'registers', textLine: index, values, origin: 'debugger', frame: session.frame, step: sink.step });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
