/** Automatic displays (gdb/printcmd.c do_one_display): `1: x/i $pc` above its rows, `2: /x $rbp = 0x1f2e3d4c`. */
import { markRecognised, type TextReader } from '../reader.ts';
import { examinationOf } from './examine-command.ts';
import { columns, lineText } from './lines.ts';
import { provenArchitecture, registerName } from './register-name.ts';
import { parseNumber, sessionOf, teachArchitecture } from './session.ts';

const examined = /^[ \t]{0,16}\d{1,5}: (x(?:\/-?\d{0,9}[a-z]{1,4})? \S.{0,300})$/;
const shown =
  /^[ \t]{0,16}\d{1,5}: (?:\/[a-z] )?\$([a-z]\w{0,20}) = (?:\([^()]{1,80}(?:\([^()]{0,80}\)[^()]{0,20}){0,2}\) )?(-?0x[0-9a-f]{1,16}|-?\d{1,20})(?: <.{1,400}>)?$/;

export const displayReader: TextReader = {
  name: 'debugger display',
  begins: '123456789',
  accepts: ({ behind }) => behind === 58,
  recognise(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    return shown.test(line) || (sink.command !== '' && examined.test(line));
  },
  parse(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    markRecognised(sink, index, 1);
    const command = examined.exec(line)?.[1];
    const session = sessionOf(sink);
    if (command !== undefined) examinationOf(command, session);
    const match = shown.exec(line);
    const value = match === null ? undefined : parseNumber(match[2] ?? '');
    if (match === null || value === undefined) return 1;
    const printed = match[1] ?? '';
    const name = registerName(printed);
    const source = columns(cursor, index, line, line.indexOf('$'), line.length);
    const arch = provenArchitecture(printed);
    if (arch !== undefined) teachArchitecture(sink, index, arch, `register ${printed}`, source);
    session.registers.set(name, value);
    const { frame } = session;
    sink.facts.push({ kind: 'value', textLine: index, name, value, ...(frame > 0 ? { frame } : {}), step: sink.step, source });
    return 1;
  },
};
