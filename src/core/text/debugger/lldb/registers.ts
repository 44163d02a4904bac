/** `register read`: `     rip = 0x000000000047ed9a  inventory`runtime.f + 26`. */
import { parseAddress } from '../../../model/address.ts';
import type { RegisterValue } from '../../../model/thread.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { columns, lineText } from '../lines.ts';
import { provenArchitecture, registerName } from '../register-name.ts';
import { sessionOf, teachArchitecture } from '../session.ts';
import { isLldbOutput } from './command.ts';
import { teachPlace } from './symbol.ts';

const row = /^[ \t]{0,16}([a-z][a-z0-9]{1,6}) = (0x[0-9a-f]{8,16})(?:[ \t]{1,8}(\S.*))?$/;
const known = /^(?:r(?:[a-d]x|[sd]i|[sb]p|ip|[89]|1[0-5])|x(?:[0-9]|[12][0-9]|30)|fp|lr|sp|pc)$/;
const side = /^(?:rflags|cpsr|[c-gs]s|[fg]s_base|w\d{1,2}|mxcsr|fpsr|fpcr)$/;
const heading = /^[ \t]{0,16}(?:General Purpose|Floating Point|Exception State|Advanced Vector Extensions) Registers:$/;

/** LLDB calls x29 and x30 by their use on arm64. */
function nameOf(printed: string): string {
  return printed === 'fp' ? 'r29' : registerName(printed);
}

export const lldbRegisterReader: TextReader = {
  name: 'LLDB registers',
  contains: [' = 0x', ' Registers:'],
  begins: 'rxflspcwdeghGFEA',
  recognise(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    if (heading.test(line)) return true;
    const match = row.exec(line);
    const name = match?.[1] ?? '';
    if (match === null || !(known.test(name) || side.test(name))) return false;
    return isLldbOutput(sink) || row.test(lineText(cursor, index + 1).trimEnd()) || match[3]?.includes('`') === true;
  },
  parse(cursor, index, sink) {
    const values: RegisterValue[] = [];
    const session = sessionOf(sink);
    let next = index;
    for (; next < cursor.count; next++) {
      const line = lineText(cursor, next).trimEnd();
      const match = row.exec(line);
      const value = match === null ? undefined : parseAddress(match[2] ?? '');
      const printed = match?.[1] ?? '';
      if (match === null || value === undefined || !(known.test(printed) || side.test(printed))) {
        if (heading.test(line)) continue;
        break;
      }
      if (side.test(printed)) continue;
      const from = line.indexOf(printed);
      const source = columns(cursor, next, line, from, line.indexOf(match[2] ?? '') + (match[2] ?? '').length);
      const name = nameOf(printed);
      values.push({ name, value, source });
      session.registers.set(name, value);
      if (match[3] !== undefined) teachPlace(sink, next, value, match[3], cursor.lineRange(next));
      const arch = printed === 'fp' ? 'arm64' : provenArchitecture(printed);
      if (arch !== undefined) teachArchitecture(sink, next, arch, `register ${printed}`, source);
    }
    if (values.length > 0)
      sink.facts.push({
        kind: 'registers',
        textLine: index,
        values,
        origin: 'debugger',
        frame: session.frame,
        step: sink.step,
      });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
