import { forEachLine } from '../lines.ts';
import type { Layer } from './layer.ts';

/** One prompt or several: a command that prints nothing leaves its prompt in front of the next one's output. */
const prompts = /^(?:\((?:gdb|rr|dlv)\) )+/;
/** First lines that debuggers print and nobody types. */
const outputs: readonly RegExp[] = [
  /^(?:=>|[ ]{2})? ?0x[0-9a-f]{1,16}(?: <[^\t]{1,400}>)?(?::[\t ]| in \S|$)/,
  /^#\d{1,6} {1,2}\S/,
  /^\$\d{1,9} = /,
  /^[a-z][a-z0-9_]{1,15} {2,}0x[0-9a-f]{1,16} {2,}\S/,
  /^(?:Temporary b|B|Hardware assisted b)reakpoint \d{1,6}(?: at |, | set at )/,
  /^(?:Hardware )?(?:read |access \(read\/write\) )?[Ww]atchpoint \d{1,6}: /,
  /^(?:Continuing\.$|Starting program: |Run till exit from |Stack level \d|Dump of assembler code |Mapped address spaces:|process \d{1,10}$)/,
  /^(?: {2}Id {1,4}Target Id|\* \d{1,6} {1,8}(?:Thread|LWP) |Num {1,8}Type )/,
  /^(?:Line \d{1,9} of "|Symbol "|No symbol |Value returned is |type = |\/\* offset |Cannot access memory at |Pattern not found|\d{1,9} patterns? found)/,
  /^\d{1,5}: (?:\/[a-z] |x\/)?\S{1,200} (?:= |\$)/,
  /^\[(?:New |Switching to |Inferior |Thread )|^Thread \d{1,6} (?:"[^"]{0,64}" )?(?:hit|received) /,
  /^> .{1,400}\(PC: 0x[0-9a-f]{1,16}\)$|^ ?\d{1,4} {2}0x[0-9a-f]{16} in |^(?:\* | {2})?Goroutine \d{1,19} - | {2,8}R(?:ip|sp|ax) = 0x/,
];
const fewestLines = 2;
/** Bytes of a line that are looked at. */
const looked = 512;

function promptsOf(line: string): number {
  const length = prompts.exec(line)?.[0].length ?? 0;
  if (length === 0) return 0;
  const rest = line.slice(length).trimEnd();
  return outputs.some((form) => form.test(rest)) ? length : 0;
}

/** `gdb < commands`: the commands are not echoed, so that each prompt stands in front of what was printed. */
export const promptsInFront: Layer = {
  name: 'prompts',
  detect({ bytes, windows }) {
    if (!windows.some(({ lines }) => lines.filter((line) => promptsOf(line) > 0).length >= fewestLines)) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, looked, (line, start, end) => {
          out.copy(start + promptsOf(line), end < bytes.length ? end + 1 : end);
        });
      },
    };
  },
};
