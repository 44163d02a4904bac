/** All requests as one script that runs as it is: `gdb -x`, `rr replay -x`, `dlv --init`, `lldb -s`. */
import type { Snapshot } from '../model/snapshot.ts';
import { memoryRequests } from './heap.ts';
import { allRegions, type DebuggerName, type Request } from './request.ts';
import { stackRequests } from './stack.ts';

/** What is missing, most telling first; what answers a crash's stack comes before what only a recording can tell. */
export function requestsOf(snapshot: Snapshot): Request[] {
  if (snapshot.crash === undefined && snapshot.chains.length === 0) return [];
  return [...stackRequests(snapshot), ...memoryRequests(snapshot)];
}

/**
 * gdb stops a script at the first error, and prints no commands: each is echoed behind a prompt, so that the output can be read
 * back, and an error is printed and passed over.
 */
const gdbHead = (prompt: string): string[] => [
  'set pagination off',
  'set width 0',
  'set style enabled off',
  'set language c',
  'python',
  'def ask(command):',
  `    print("(${prompt}) " + command)`,
  '    try:',
  '        gdb.execute(command)',
  '    except gdb.error as problem:',
  '        print(problem)',
  'end',
];

function gdbScript(requests: readonly Request[], prompt: 'gdb' | 'rr'): string[] {
  const lines = gdbHead(prompt);
  for (const request of requests) {
    const runs = request.runs === true && prompt === 'gdb';
    lines.push(`# ${request.why}${runs ? ': needs a recording, so take the marks away only under rr' : ''}`);
    for (const command of request.gdb) lines.push(`${runs ? '# ' : ''}python ask(${JSON.stringify(command)})`);
  }
  return lines;
}

/** Delve runs a script without printing its commands (pkg/terminal/command.go executeFile); LLDB prints them. */
const delveEcho = (command: string): string => `print %s ${JSON.stringify(`(dlv) ${command}`)}`;

/** LLDB ends a script at its first error otherwise (LLDB 14 even then), and knows no expressions, not even `$rsp`, where the frame is one of Go. */
const lldbHead = ['settings set interpreter.stop-command-source-on-error false', 'settings set target.language c'];

/** The script for `debuggerName`; '' when nothing is missing. Ends with a line feed. */
export function scriptFor(snapshot: Snapshot, debuggerName: DebuggerName): string {
  return scriptOf(requestsOf(snapshot), debuggerName);
}

export function scriptOf(requests: readonly Request[], debuggerName: DebuggerName): string {
  if (requests.length === 0) return '';
  if (debuggerName === 'gdb' || debuggerName === 'rr') return `${gdbScript(requests, debuggerName).join('\n')}\n`;
  const lines = requests.flatMap((request) => {
    const commands = debuggerName === 'delve' ? request.delve : request.lldb;
    if (commands.length === 0) return [];
    return [
      `# ${request.why}`,
      ...commands.flatMap((command) => {
        if (command === allRegions) return [];
        if (command.startsWith('#')) return [command];
        if (request.runs === true) return [`# ${command}`];
        return debuggerName === 'delve' ? [delveEcho(command), command] : [command];
      }),
    ];
  });
  if (lines.length === 0) return '';
  const head = debuggerName === 'lldb' ? lldbHead : [];
  const last = debuggerName === 'lldb' && requests.some(({ lldb }) => lldb.includes(allRegions)) ? [allRegions] : [];
  return `${[...head, ...lines, ...last].join('\n')}\n`;
}
