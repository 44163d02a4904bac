/** Lines that LLDB prints for people: process notes, `image list` rows, errors; and whatever else stands between two prompts. */
import { parseAddress } from '../../../model/address.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { goesOn, lineText } from '../lines.ts';
import { parseNumber } from '../session.ts';
import { isLldbOutput, lldbOf } from './command.ts';

const forms: readonly RegExp[] = [
  /^Process \d{1,10} (?:stopped|launched|resuming|exited)\b/,
  /^(?:Target \d{1,4}: \(|Current executable set to |This version of LLDB has no plugin for the language |Breakpoint \d{1,9}: where = |Watchpoint created: |Watchpoint \d{1,9} hit:|Core file '.{1,400}' \(.{1,40}\) was loaded\.$)/,
  /^(?:old|new) value: \S/,
  /^\[ {0,4}\d{1,5}\] [0-9A-F]{8}-[0-9A-F-]{4,60} (?:0x[0-9a-f]{1,16} )?\S/,
  /^error: (?:address expression|memory read failed|invalid|use of undeclared|no |'.{1,100}' is not)/,
];
const crash =
  /^(?:panic: |fatal error: |goroutine \d|runtime: |runtime stack:|SIG[A-Z]+: |\[signal |PC=|[ \t]{0,16}```|\((?:gdb|rr|dlv)\))/;

export const lldbEchoReader: TextReader = {
  name: 'LLDB echo',
  begins: '[',
  opens: ['Pr', 'Ta', 'Cu', 'Th', 'Br', 'Wa', 'Co', 'ol', 'ne', 'er'],
  recognise(cursor, index) {
    const line = lineText(cursor, index).trim();
    return forms.some((form) => form.test(line));
  },
  parse(cursor, index, sink) {
    noteWatch(sink, lineText(cursor, index).trim());
    markRecognised(sink, index, 1);
    return 1;
  },
};

const created = /^Watchpoint created: Watchpoint (\d{1,9}): addr = (0x[0-9a-f]{1,16}) /;
const changed = /^(old|new) value: (-?0x[0-9a-f]{1,16}|-?\d{1,20})$/;

/** Where a watchpoint lies, and the values of a hit, which are printed before its stop. */
function noteWatch(sink: RecordSink, line: string): void {
  const session = lldbOf(sink);
  const made = created.exec(line);
  const address = made === null ? undefined : parseAddress(made[2] ?? '');
  if (address !== undefined) session.watched.set(made?.[1] ?? '', address);
  const value = changed.exec(line);
  const number = value === null ? undefined : parseNumber(value[2] ?? '');
  if (number === undefined) return;
  if (value?.[1] === 'old') session.oldValue = number;
  else session.newValue = number;
}

const silent = /^(?:c|continue|process (?:continue|launch)|r|run)(?:[ \t]|$)/;

export const lldbOutputReader: TextReader = {
  name: 'LLDB output',
  accepts: ({ speaker }) => speaker === 'lldb',
  recognise(cursor, index, sink) {
    if (index === 0 || !isLldbOutput(sink) || silent.test(sink.command)) return false;
    return goesOn(cursor, index, sink) && !crash.test(lineText(cursor, index));
  },
  parse(_cursor, index, sink) {
    markRecognised(sink, index, 1);
    return 1;
  },
};
