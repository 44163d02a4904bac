/** `info registers`: name, hexadecimal, natural form (gdb/infcmd.c). The runtime's own register dump has no third column. */
import { parseAddress, type Address } from '../../model/address.ts';
import type { RegisterValue } from '../../model/thread.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { columns, firstByte, lineText, startsWithPlainWord } from './lines.ts';
import { sessionOf, teachArchitecture, teachSymbol } from './session.ts';

const row = /^[ \t]{0,16}([a-z][a-z0-9_]{0,15})[ \t]+(0x[0-9a-f]{1,16})[ \t]+(\S.*)$/;
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

const proofs: Record<string, { arch: 'amd64' | '386' | 'arm64' }> = {
  rip: { arch: 'amd64' },
  rax: { arch: 'amd64' },
  rbp: { arch: 'amd64' },
  rsp: { arch: 'amd64' },
  eip: { arch: '386' },
  x29: { arch: 'arm64' },
  x30: { arch: 'arm64' },
};

export function provenArchitecture(register: string) {
  return Object.hasOwn(proofs, register) ? proofs[register]?.arch : undefined;
}

function matchRow(line: string, sink: RecordSink): RegExpExecArray | null {
  const match = row.exec(line);
  if (match === null || !natural.test(match[3] ?? '')) return null;
  const name = match[1] ?? '';
  return known.test(name) || side.test(name) || infoRegisters.test(sink.command) ? match : null;
}

function isLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

export const registersReader: TextReader = {
  name: 'debugger registers',
  recognise(cursor, index, sink) {
    return (
      isLetter(firstByte(cursor, index)) &&
      startsWithPlainWord(cursor, index, 16) &&
      matchRow(lineText(cursor, index), sink) !== null
    );
  },
  parse(cursor, index, sink) {
    const session = sessionOf(sink);
    const values: RegisterValue[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const line = lineText(cursor, next);
      const match = matchRow(line, sink);
      if (match === null) {
        if (next > index && vector.test(line)) continue;
        break;
      }
      const printed = match[1] ?? '';
      const hex = match[2] ?? '';
      const value: Address | undefined = parseAddress(hex);
      if (side.test(printed) || value === undefined) continue;
      const at = line.indexOf(hex, line.indexOf(printed) + printed.length);
      const source = columns(cursor, next, line, line.indexOf(printed), at + hex.length);
      const name = registerName(printed);
      values.push({ name, value, source });
      session.registers.set(name, value);
      const symbol = /^0x[0-9a-f]+ <(.*)>$/.exec(match[3] ?? '');
      if (symbol?.[1] !== undefined) teachSymbol(sink, next, value, symbol[1], cursor.lineRange(next));
      const arch = provenArchitecture(printed);
      if (arch !== undefined) teachArchitecture(sink, next, arch, `register ${printed}`, source);
    }
    if (values.length > 0)
      sink.facts.push({ kind: 'registers', textLine: index, values, origin: 'debugger', frame: session.frame, step: sink.step });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
