/** What `p $rsp` printed, as a fact of the register or convenience variable. */
import type { Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RecordSink } from '../reader.ts';
import { printCommandOf } from './print-command.ts';
import { provenArchitecture } from './register-name.ts';
import { sessionOf, teachArchitecture } from './session.ts';

/** Writes `value` where the last command asked for a variable; false where it did not. */
export function pushRegisterValue(sink: RecordSink, textLine: number, value: Address, source: SourceRange): boolean {
  const { variable, name } = printCommandOf(sink.command);
  if (variable === '') return false;
  const session = sessionOf(sink);
  const arch = provenArchitecture(variable);
  if (arch !== undefined) teachArchitecture(sink, textLine, arch, `register ${variable}`, source);
  session.registers.set(name, value);
  const { frame } = session;
  const { step } = sink;
  if (frame > 0) sink.facts.push({ kind: 'value', textLine, name, value, frame, step, source });
  else sink.facts.push({ kind: 'value', textLine, name, value, step, source });
  return true;
}
