/** What a call instruction calls, in the syntaxes of gdb, objdump, Delve and Go's assembler. */
import { withoutAbi } from '../model/function-name.ts';

const call = /^(?:callq?|bl|CALL|BL)\s+(?:\S*\s*<([^<>+]{1,300})>|(\S{1,300}?)(?:\(SB\))?$)/;

/** Target of a call instruction as text, without ABI suffix; '' for indirect calls and everything else. */
export function callTarget(text: string): string {
  const match = call.exec(text);
  const name = withoutAbi(match?.[1] ?? match?.[2] ?? '');
  return /^[*%$0-9[]/.test(name) ? '' : name;
}
