/**
 * Commands of findings in the words of the debugger that the session was held with. Rules write gdb's; a step of which one line has no
 * counterpart stays as it is, under gdb's name.
 */
import type { NextStep } from '../model/finding.ts';
import type { DebuggerName } from '../model/session.ts';

type Translation = readonly [RegExp, (...parts: string[]) => string];

const examine = /^x\/(\d+)gx (0x[0-9a-f]+)$/;
const watch = /^watch -l \*\(long \*\)(0x[0-9a-f]+)$/;
const quotedName = "'([^']+)'";

const delve: readonly Translation[] = [
  [examine, (count = '', at = '') => `examinemem -fmt hex -count ${count} -size 8 ${at}`],
  [watch, (at = '') => `watch -w *(*uint64)(${at})`],
  [/^reverse-continue$/, () => 'rewind'],
  [/^x\/i \$pc$/, () => 'disassemble'],
  [/^info registers$/, () => 'regs'],
  [/^p\/x \$\w+$/, () => 'regs'],
  [/^bt$/, () => 'stack'],
  [/^thread apply all bt$/, () => 'goroutines -t'],
  [/^info args$/, () => 'args'],
  [/^run$/, () => 'continue'],
  [/^finish$/, () => 'stepout'],
  [new RegExp(`^disassemble ${quotedName}$`), (name = '') => `disassemble -l ${name}`],
  [new RegExp(`^break ${quotedName}$`), (name = '') => `break ${name}`],
];

const lldb: readonly Translation[] = [
  [examine, (count = '', at = '') => `memory read --format x --size 8 --count ${count} ${at}`],
  [watch, (at = '') => `watchpoint set expression -s 8 -- ${at}`],
  [/^x\/i \$pc$/, () => 'disassemble --start-address $pc --count 1'],
  [/^info registers$/, () => 'register read'],
  [/^p\/x \$(\w+)$/, (name = '') => `register read ${name}`],
  [/^bt$/, () => 'thread backtrace'],
  [/^thread apply all bt$/, () => 'thread backtrace all'],
  [/^info args$/, () => 'frame variable'],
  [/^info proc mappings$/, () => 'memory region --all'],
  [/^run$/, () => 'run'],
  [/^finish$/, () => 'finish'],
  [new RegExp(`^disassemble ${quotedName}$`), (name = '') => `disassemble --name '${name}'`],
  [new RegExp(`^break ${quotedName}$`), (name = '') => `breakpoint set --name '${name}'`],
];

function translated(line: string, table: readonly Translation[]): string | undefined {
  for (const [form, into] of table) {
    const match = form.exec(line);
    if (match !== null) return into(...(match.length === 1 ? [match[0]] : match.slice(1)));
  }
  return undefined;
}

/** `(gdb)`, `(gdb, from a core)`, `(rr)`, `(rr, or gdb after record full)`. */
const label = / \((?:gdb|rr)[^)]*\)/;

/** Steps that speak of gdb or rr, in the words of `spoken`; undefined = not known, gdb's stay. */
export function inWordsOf(spoken: DebuggerName | undefined, steps: readonly NextStep[]): NextStep[] {
  if (spoken !== 'delve' && spoken !== 'lldb') return [...steps];
  const table = spoken === 'delve' ? delve : lldb;
  return steps.map((step) => {
    if (step.command === undefined || !label.test(step.why)) return step;
    const lines = step.command.split('\n').map((line) => translated(line, table));
    if (lines.some((line) => line === undefined)) return step;
    const distinct = lines.filter((line, index) => index === 0 || line !== lines[index - 1]);
    return { why: step.why.replace(label, ` (${spoken === 'delve' ? 'Delve' : 'LLDB'})`), command: distinct.join('\n') };
  });
}
