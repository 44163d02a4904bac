/** Registers of a context: GEF `$rax   : 0x0000000000000001`, pwndbg `*RAX  0x1` and ` RBP  0x7ffe… —▸ 0x0`. */
import { parseAddress } from '../../../model/address.ts';
import type { RegisterValue } from '../../../model/thread.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { columns, lineText } from '../lines.ts';
import { provenArchitecture, registerName } from '../register-name.ts';
import { sessionOf, teachArchitecture } from '../session.ts';

const gef = /^[ \t]{0,16}\$([a-z][a-z0-9]{1,5})[ \t]{0,8}: (0x[0-9a-f]{1,16})(?=[ \t]|$)/;
const pwndbg =
  /^[ \t*]{0,16}((?:R(?:[ABCD]X|[SD]I|[SB]P|IP|[89]|1[0-5])|X(?:[0-9]|[12][0-9]|30)|SP|PC|LR))[ \t]{1,8}(0x[0-9a-f]{1,16}|0)(?=[ \t]|$)/;
const side = /^[ \t]{0,16}\$(?:eflags|cpsr|cs|ss|ds|es|fs|gs)[ \t]{0,8}[:[]|^[ \t]{0,16}\$cs: 0x/;

export const contextRegisterReader: TextReader = {
  name: 'context registers',
  begins: '$*RXSPL',
  // `$1 = …` is a value.
  accepts: ({ first, second }) => first !== 36 || second > 57,
  recognise(cursor, index) {
    const line = lineText(cursor, index);
    // Two rows make a context: one alone may be prose.
    const next = lineText(cursor, index + 1);
    return side.test(line) || (gef.test(line) && (gef.test(next) || side.test(next))) || (pwndbg.test(line) && pwndbg.test(next));
  },
  parse(cursor, index, sink) {
    const values: RegisterValue[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const line = lineText(cursor, next);
      const match = gef.exec(line) ?? pwndbg.exec(line);
      const value = match === null ? undefined : parseAddress(match[2] ?? '');
      if (match === null || value === undefined || side.test(line)) {
        if (!side.test(line)) break;
        continue;
      }
      const printed = (match[1] ?? '').toLowerCase();
      const name = registerName(printed);
      const from = line.indexOf(match[1] ?? '');
      const source = columns(cursor, next, line, from, match[0].length);
      values.push({ name, value, source });
      sessionOf(sink).registers.set(name, value);
      const arch = provenArchitecture(printed);
      if (arch !== undefined) teachArchitecture(sink, next, arch, `register ${printed}`, source);
    }
    if (values.length > 0)
      sink.facts.push({
        kind: 'registers',
        textLine: index,
        values,
        origin: 'debugger',
        frame: sessionOf(sink).frame,
        step: sink.step,
      });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
