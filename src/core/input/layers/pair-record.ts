import type { TextBuilder } from '../builder.ts';
import { unescapeInto } from '../json-scan.ts';
import { byteString, forEachLine } from '../lines.ts';
import { recordContext } from '../record-context.ts';
import { pairFront } from '../records.ts';
import type { Layer } from './layer.ts';

const quote = 0x22;
const backslash = 0x5c;
/** Longer records keep their pairs. */
const longest = 1 << 24;
/** Bare pairs behind the string go with the record; anything else stays, on a line of its own. */
const pairsBehind = /^(?:[ \t]+[A-Za-z_][\w.@/-]{0,63}=[^\s"=]{0,200}){0,16}[ \t\r]*$/;
const behindColumns = 4096;

/**
 * A record of bare pairs and one string with a whole stack in it: `level=ERROR code=2 stack="goroutine 1 [running]:\n…"`.
 * The stack stands in place of the record, as it does for records in JSON.
 */
export const pairRecord: Layer = {
  name: 'logfmt',
  detect(text) {
    if (!text.windows.some(({ lines }) => lines.some((line) => line.includes('="') && pairFront(line) > 0))) return undefined;
    const context = recordContext(text, (line) => pairFront(line) > 0);
    return { remove: (out) => openRecords(text.bytes, out), ...(context === undefined ? {} : { context }) };
  },
};

function openRecords(bytes: Uint8Array, out: TextBuilder): void {
  forEachLine(bytes, longest, (line, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const front = line.includes('="') ? pairFront(line) : 0;
    if (front === 0) {
      out.copy(start, past);
      return;
    }
    let close = start + front;
    while (close < end && bytes[close] !== quote) close += bytes[close] === backslash ? 2 : 1;
    close = Math.min(close, end);
    unescapeInto(out, bytes, start + front, close);
    if (out.last !== 10) out.make('\n', close, past);
    const behind = Math.min(close + 1, end);
    // An empty line ends the last block of the stack: another stack may follow at once.
    if (past < bytes.length) out.make('\n', behind, behind);
    if (!pairsBehind.test(byteString(bytes, behind, Math.min(end, behind + behindColumns)))) out.copy(behind, past);
  });
}
