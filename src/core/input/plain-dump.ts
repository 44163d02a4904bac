/**
 * Samples that hold nothing but goroutine blocks as the runtime prints them (runtime/traceback.go): no layer can be around
 * these lines, so that none need be looked for.
 */
import type { Window } from './sample.ts';

const header = /^goroutine \d{1,19} (?:gp=0x[0-9a-f]{1,16} m=(?:nil|\d{1,9} mp=0x[0-9a-f]{1,16}) )?\[[\w ,./():?-]{1,200}\]:$/;
const call = /^[A-Za-z_][\w./*()%[\]~@$-]{0,500}\([0-9a-fx{}?,. _]{0,2000}\)$/;
const creator = /^created by [A-Za-z_][\w./*()%[\]~@$-]{0,500}(?: in goroutine \d{1,19})?$/;
const location =
  /^\t\/[\w./@%+~!-]{1,500}\.(?:go|s):\d{1,9}(?: \+0x[0-9a-f]{1,16})?(?: fp=0x[0-9a-f]{1,16} sp=0x[0-9a-f]{1,16} pc=0x[0-9a-f]{1,16})?$/;
/** What stands around the goroutines of SIGQUIT. */
const around = /^(?:SIGQUIT: quit|PC=0x[0-9a-f]{1,16} m=\d{1,9} sigcode=\d{1,9}|[er][a-z0-9]{1,2} +0x[0-9a-f]{1,16})$/;

/** Headers above their frames, function lines above their places, in each window; the last line of a window may be cut. */
export function isPlainDump(windows: readonly Window[]): boolean {
  return windows.length > 0 && windows.every(isPlain);
}

function isPlain({ lines }: Window): boolean {
  let headers = 0;
  for (let index = 0; index < lines.length - 1; index++) {
    const line = lines[index] ?? '';
    if (line === '' || around.test(line)) continue;
    if (header.test(line)) {
      headers++;
      if (index + 2 < lines.length && !call.test(lines[index + 1] ?? '')) return false;
    } else if (call.test(line) || creator.test(line)) {
      if (index + 2 < lines.length && !location.test(lines[index + 1] ?? '')) return false;
      index++;
    } else if (index > 0 || !location.test(line)) return false;
  }
  return headers > 0;
}
