/** `regs`: `    Rip = 0x00000000004494ae`, flags with their names behind (pkg/proc registers, service/api prettyprint). */
import { parseAddress } from '../../../model/address.ts';
import type { RegisterValue } from '../../../model/thread.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { columns, lineText } from '../lines.ts';
import { provenArchitecture, registerName } from '../register-name.ts';
import { sessionOf, teachArchitecture } from '../session.ts';
import { frameNamedBy } from './command.ts';
import { delveOf, isDelveOutput } from './session.ts';

const row = /^[ \t]{0,16}([A-Z][A-Za-z]{0,6}[0-9]{0,2}(?:_base)?) = (0x[0-9a-f]{8,32})(?:[ \t]+\S.*)?$/;
const general = /^(?:R(?:[a-d]x|[sd]i|[sb]p|ip|[89]|1[0-5])|X(?:[0-9]|[12][0-9]|30)|SP|PC|LR|[FG]s_base)$/i;
const side =
  /^(?:Rflags|Eflags|[C-GS]s|XMM\d{1,2}|YMM\d{1,2}|ZMM\d{1,2}|ST\d?|CW|SW|TW|FOP|FIP|FDP|MXCSR\w*|Cpsr|Pstate|V\d{1,2}|K\d|Orig_rax)$/i;

/** Signals whose numbers are the same on every system with signals. */
const signals: Readonly<Record<string, string>> = {
  '4': 'SIGILL',
  '5': 'SIGTRAP',
  '6': 'SIGABRT',
  '8': 'SIGFPE',
  '11': 'SIGSEGV',
};

function readRow(line: string): { name: string; hex: string } | undefined {
  const match = row.exec(line.trimEnd());
  const name = match?.[1] ?? '';
  return match !== null && (general.test(name) || side.test(name)) ? { name, hex: match[2] ?? '' } : undefined;
}

/** runtime.fatalsignal(sig, …) was stopped at before its first instruction: register ABI, so RAX holds the number (Go 1.17+). */
function nameSignal(sink: RecordSink, values: readonly RegisterValue[]): void {
  const event = delveOf(sink).fatalSignal;
  const of = (name: string) => values.find((value) => value.name === name)?.value;
  const number = of('rax');
  if (event === undefined || number === undefined || of('rip') !== event.stop?.pc) return;
  const name = signals[number.toString()];
  if (name === undefined) return;
  event.signal = { name };
  event.text = `fatal signal ${name}`;
}

export const delveRegisterReader: TextReader = {
  name: 'Delve registers',
  contains: [' = 0x'],
  begins: 'RXSPLFGECDVKYZMOT',
  recognise(cursor, index, sink) {
    if (readRow(lineText(cursor, index)) === undefined) return false;
    return isDelveOutput(sink) || readRow(lineText(cursor, index + 1)) !== undefined;
  },
  parse(cursor, index, sink) {
    const values: RegisterValue[] = [];
    const session = sessionOf(sink);
    const frame = frameNamedBy(sink.command) ?? session.frame;
    let next = index;
    for (; next < cursor.count; next++) {
      const line = lineText(cursor, next);
      const read = readRow(line);
      if (read === undefined) break;
      const value = parseAddress(read.hex);
      if (value === undefined || side.test(read.name)) continue;
      const from = line.indexOf(read.name);
      const source = columns(cursor, next, line, from, line.indexOf(read.hex, from) + read.hex.length);
      const name = registerName(read.name.toLowerCase());
      values.push({ name, value, source });
      if (frame === 0) session.registers.set(name, value);
      const arch = provenArchitecture(read.name.toLowerCase());
      if (arch !== undefined) teachArchitecture(sink, next, arch, `register ${read.name}`, source);
    }
    if (values.length > 0)
      sink.facts.push({ kind: 'registers', textLine: index, values, origin: 'debugger', frame, step: sink.step });
    if (frame === 0) nameSignal(sink, values);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
