/**
 * Which kernel ran: `uname -a`, `uname -sr` as `go bug` prints it, `Linux version …` of the boot log, the `Not tainted …` line of an oops,
 * and whether it was started without a timer tick on some processors (Documentation/admin-guide/kernel-parameters.txt, nohz_full).
 */
import type { TextReader } from '../reader.ts';
import { markRecognised } from '../reader.ts';

const release = String.raw`(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:[-+_.][\w.+~-]{1,80})?)`;
const stamp = String.raw`(?:^|\] |: |\s)`;
const forms: readonly RegExp[] = [
  new RegExp(`^(?:uname -(?:a|sr|srm|srvm|r): )?Linux (?:\\S{1,64} )?${release}(?: #\\d|\\s*$)`),
  new RegExp(`^uname -r: ${release}\\s*$`),
  new RegExp(`${stamp}Linux version ${release} \\(`),
  new RegExp(
    `${stamp}CPU: \\d{1,4} (?:UID: \\d{1,10} )?PID: \\d{1,10} Comm: .{1,40} (?:Not tainted|Tainted: [A-Z() _-]{1,60}) ${release}(?: |$)`,
  ),
  new RegExp(`^\\s{0,8}(?:Kernel|kernel|Kernel [Vv]ersion|Kernel release): {1,20}(?:Linux )?${release}\\s*$`),
];
const asked = /^(?:\S{0,80}[$#>] ?)uname -r\s*$/;
const alone = new RegExp(`^${release}\\s*$`);
const dynticks = new RegExp(`(?:${stamp}NO_HZ: Full dynticks CPUs: [\\d,-]+|\\bnohz_full=[\\w,-]+|^CONFIG_NO_HZ_FULL=y)`);
/** Words of which a line must have one, tested before the expressions: this reader is asked about every line of a log. */
const telling = ['Linux', 'uname', 'ernel', 'ainted', 'NO_HZ', 'nohz_full'];
const longestLine = 4000;

function releaseIn(line: string): string | undefined {
  for (const form of forms) {
    const match = form.exec(line);
    if (match?.[1] !== undefined) return match[1];
  }
  return undefined;
}

export const kernelReleaseReader: TextReader = {
  name: 'kernel release',
  holds: telling,
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > longestLine) return false;
    const line = cursor.line(index);
    if (!telling.some((word) => line.includes(word))) return false;
    if (asked.test(line)) return alone.test(cursor.line(index + 1));
    return dynticks.test(line) || releaseIn(line) !== undefined;
  },
  parse(cursor, index, sink) {
    const line = cursor.line(index);
    const source = cursor.lineRange(index);
    const lines = asked.test(line) ? 2 : 1;
    const found = lines === 2 ? alone.exec(cursor.line(index + 1))?.[1] : releaseIn(line);
    markRecognised(sink, index, lines);
    if (found !== undefined) {
      const at = cursor.lineRange(index + lines - 1);
      sink.facts.push({ kind: 'system', system: { kind: 'kernel', release: found, source: at }, textLine: index });
    }
    if (dynticks.test(line)) sink.facts.push({ kind: 'system', system: { kind: 'full-dynticks', source }, textLine: index });
    return lines;
  },
};
